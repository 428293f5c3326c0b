import { open, type FileHandle } from 'node:fs/promises'
import type { ClipPart } from '../../../src-shared/contract/edits.ts'
import type { MediaInfo } from '../../../src-shared/contract/media-info.ts'
import type { MixPlan } from '../../../src-shared/contract/sound.ts'
import { beginRuns } from './begin-input.ts'
import { partsGraph } from './filter-graph.ts'
import { measureLoudness, type Loudness } from './measure-loudness.ts'
import type { FfmpegRunner } from './runner.ts'
import { soundOf } from './sound-of-plan.ts'
import { fileUrl, type SourceFile } from './source-file.ts'

/** What stems hold: stereo in floating point, without a header. */
export const STEM_RATE = 48_000
const FRAME_BYTES = 8

export interface StemSource {
  readonly source: SourceFile
  readonly media: MediaInfo
  readonly parts: readonly ClipPart[]
}

/** Writes what some of a clip's tracks sound like, mixed, as long as its parts. @throws FfmpegError */
export async function writeStem(
  runner: FfmpegRunner,
  clip: StemSource,
  mix: MixPlan,
  output: string,
  { signal }: { signal: AbortSignal },
): Promise<void> {
  const { inputs, graph, label } = stemGraph(clip, mix)
  const encoding = ['-c:a', 'pcm_f32le', '-ar', String(STEM_RATE), '-ac', '2', '-f', 'f32le', '-y', fileUrl(output)]
  await runner.run([...inputs, '-filter_complex', graph, '-map', `[${label}]`, ...encoding], { signal })
}

/** How loud a clip's sound is as a whole. @throws FfmpegError */
export function measureStem(
  runner: FfmpegRunner,
  clip: StemSource,
  mix: MixPlan,
  { signal }: { signal: AbortSignal },
): Promise<Loudness> {
  const { inputs, graph, label } = stemGraph(clip, mix)
  return measureLoudness(runner, inputs, { graph, output: label }, { signal })
}

function stemGraph({ source, media, parts }: StemSource, mix: MixPlan) {
  const inputs = beginRuns(source, media, parts)
  const asItIs = { ...mix, loudness: null, sampleRate: STEM_RATE }
  const { tracks, graph, labels } = soundOf(media, { parts: [...parts], audio: [asItIs] }, { gainDb: 0, ceiling: null })
  return {
    // Pictures are not decoded for it.
    inputs: inputs.flatMap(({ args }) => ['-vn', ...args]),
    graph: [partsGraph({ media, parts, inputs, tracks }, null), ...graph].join(';'),
    label: labels[0]!.slice(1, -1),
  }
}

/** A stem on the montage's timeline; in samples. */
export interface LaidStem {
  readonly path: string
  readonly at: number
  /** What is longer is cut, what is missing is silence. */
  readonly samples: number
  /** Lengths at its ends, over which it comes and goes with equal power. */
  readonly fadeIn: number
  readonly fadeOut: number
  readonly gainDb: number
}

/** Samples that are held at a time. */
const CHUNK = 65_536

/** Writes stems into one file of `samples`, adding up where they overlap. Memory does not grow with them. */
export async function layStems(
  output: string,
  stems: readonly LaidStem[],
  samples: number,
  { signal }: { signal: AbortSignal },
): Promise<void> {
  const file = await open(output, 'wx+')
  try {
    await file.truncate(samples * FRAME_BYTES)
    for (const stem of stems) {
      const from = await open(stem.path, 'r')
      try {
        await layStem(file, from, stem, samples, signal)
      } finally {
        await from.close()
      }
    }
  } finally {
    await file.close()
  }
}

async function layStem(file: FileHandle, from: FileHandle, stem: LaidStem, end: number, signal: AbortSignal) {
  const length = Math.min(stem.samples, end - stem.at)
  const [own, laid] = [Buffer.alloc(CHUNK * FRAME_BYTES), Buffer.alloc(CHUNK * FRAME_BYTES)]
  for (let done = 0; done < length; done += CHUNK) {
    signal.throwIfAborted()
    const bytes = Math.min(CHUNK, length - done) * FRAME_BYTES
    const { bytesRead } = await from.read(own, 0, bytes, done * FRAME_BYTES)
    own.fill(0, bytesRead, bytes)
    const at = (stem.at + done) * FRAME_BYTES
    await file.read(laid, 0, bytes, at)
    for (let i = 0; i < bytes / FRAME_BYTES; i += 1) {
      const gain = gainAt(stem, length, done + i)
      for (const byte of [8 * i, 8 * i + 4]) {
        laid.writeFloatLE(laid.readFloatLE(byte) + gain * own.readFloatLE(byte), byte)
      }
    }
    await file.write(laid, 0, bytes, at)
  }
}

/** Pure. */
export function gainAt({ fadeIn, fadeOut, gainDb }: LaidStem, length: number, sample: number): number {
  const into = fadeIn === 0 ? 1 : Math.min(1, (sample + 0.5) / fadeIn)
  const out = fadeOut === 0 ? 1 : Math.min(1, (length - sample - 0.5) / fadeOut)
  return 10 ** (gainDb / 20) * Math.sin((Math.PI / 2) * into) * Math.sin((Math.PI / 2) * out)
}
