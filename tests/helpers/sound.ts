import {
  fitLoudness,
  measureMix,
  measureLoudness,
  type Loudness,
} from '../../src-main/adapters/ffmpeg/measure-loudness.ts'
import type { FfmpegRunner } from '../../src-main/adapters/ffmpeg/runner.ts'
import { soundGraph, type LoudnessFix, type SoundInput } from '../../src-main/adapters/ffmpeg/sound-graph.ts'
import type { MixPlan } from '../../src-shared/contract/sound.ts'
import { TICKS_PER_SECOND } from '../../src-shared/domain/time.ts'

export const RATE = 48_000

/** A mix of the given tracks that changes nothing. */
export function makeMix(tracks: readonly number[], change: Partial<MixPlan> = {}): MixPlan {
  return {
    action: 'mix',
    sources: tracks.map((track) => ({ track, gainDb: 0 })),
    duck: null,
    bleeps: [],
    fadeIn: 0,
    fadeOut: 0,
    loudness: null,
    codec: 'aac',
    bitRate: 192_000,
    sampleRate: RATE,
    ...change,
  }
}

export interface Mixed {
  /** Left and right. */
  readonly channels: readonly [Float32Array, Float32Array]
  readonly fix: LoudnessFix
  readonly note: string | null
}

/** Generates each track from a lavfi source and mixes them; `encoder` empty: the samples as they leave the graph. */
export async function mixSources(
  runner: FfmpegRunner,
  sources: readonly { source: string; channels?: number; late?: number }[],
  mix: MixPlan,
  seconds: number,
): Promise<Mixed> {
  const input = sources.flatMap(({ source }) => ['-f', 'lavfi', '-i', source])
  const inputs: SoundInput[] = sources.map(({ channels = 1 }, i) => ({ track: i, label: `in${i}`, channels }))
  const begin = sources.map(({ late = 0 }, i) => `[${i}:a]asetpts=PTS+${late}/TB[in${i}];`).join('')
  const graph = (fix: LoudnessFix | null) => {
    const made = soundGraph(mix, inputs, { length: seconds * TICKS_PER_SECOND, fix })
    return { ...made, graph: begin + made.graph }
  }
  const { fix, note } =
    mix.loudness === null
      ? { fix: { gainDb: 0, ceiling: null }, note: null }
      : await fitLoudness((trial) => measureMix(runner, input, graph(trial), mix, { fix: trial }), mix.loudness)
  const { graph: text, output } = graph(fix)
  const channels = await readPcm(runner, [...input, '-filter_complex', text, '-map', `[${output}]`])
  return { channels, fix, note }
}

/** What FFmpeg makes, as samples of both channels. */
export async function readPcm(
  runner: FfmpegRunner,
  argv: readonly string[],
): Promise<readonly [Float32Array, Float32Array]> {
  const running = runner.spawn(
    [...argv, '-ac', '2', '-ar', String(RATE), '-c:a', 'pcm_f32le', '-f', 'f32le', 'pipe:3'],
    {
      pipes: 1,
    },
  )
  const chunks: Buffer[] = []
  for await (const chunk of running.pipes[0]!) chunks.push(chunk as Buffer)
  await running.done
  const bytes = Buffer.concat(chunks)
  const samples = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length))
  const side = (n: number): Float32Array =>
    Float32Array.from({ length: samples.length / 2 }, (_, i) => samples[2 * i + n]!)
  return [side(0), side(1)]
}

export async function loudnessOfFile(runner: FfmpegRunner, file: string): Promise<Loudness> {
  return measureLoudness(runner, ['-i', `file:${file}`], { graph: '[0:a:0]anull[all]', output: 'all' })
}

/** Level in dB of one frequency between two times in seconds (a sine of amplitude 1 is 0). */
export function toneLevel(samples: Float32Array, hertz: number, from: number, to: number): number {
  const [first, last] = [Math.round(from * RATE), Math.min(samples.length, Math.round(to * RATE))]
  let [re, im, weights] = [0, 0, 0]
  for (let i = first; i < last; i++) {
    const weight = 0.5 - 0.5 * Math.cos((2 * Math.PI * (i - first + 0.5)) / (last - first))
    const angle = (2 * Math.PI * hertz * i) / RATE
    re += weight * samples[i]! * Math.cos(angle)
    im += weight * samples[i]! * Math.sin(angle)
    weights += weight
  }
  return 20 * Math.log10(Math.max(1e-9, (2 * Math.hypot(re, im)) / weights))
}

/** Largest sample between two times, 0 to 1. */
export function peakLevel(samples: Float32Array, from: number, to: number): number {
  return samples
    .subarray(Math.round(from * RATE), Math.round(to * RATE))
    .reduce((most, value) => Math.max(most, Math.abs(value)), 0)
}
