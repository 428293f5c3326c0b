import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { checkSource } from '../../../src-main/adapters/ffmpeg/check-source.ts'
import { cutClip } from '../../../src-main/adapters/ffmpeg/cut-clip.ts'
import { readCutIndex } from '../../../src-main/adapters/ffmpeg/cut-index.ts'
import { probe } from '../../../src-main/adapters/ffmpeg/probe.ts'
import type { FfmpegRunner } from '../../../src-main/adapters/ffmpeg/runner.ts'
import { verifyMade } from '../../../src-main/adapters/ffmpeg/verify-made.ts'
import { connectMix } from '../../../src-main/engine/connect-mix.ts'
import type { ClipPart } from '../../../src-shared/contract/edits.ts'
import { soundEditsSchema, type SoundEdits } from '../../../src-shared/contract/sound.ts'
import { ticksFromSeconds as s } from '../../../src-shared/domain/time.ts'
import { testRunner } from '../../helpers/ffmpeg.ts'
import { makeMedia, type Recipe } from '../../helpers/make-media.ts'
import { makePlan } from '../../helpers/render-plan.ts'
import { loudnessOfFile, peakLevel, RATE, readPcm, toneLevel } from '../../helpers/sound.ts'
import { tempFolder } from '../../helpers/temp-folder.ts'

const folder = tempFolder('clutchcut-sound-clip')
const demo = fileURLToPath(new URL('../../../resources/demo/openarena-match.mp4', import.meta.url))
let runner: FfmpegRunner
beforeAll(async () => {
  runner = await testRunner()
})

/** 6 s; at 3 s the picture is white for 0.2 s, and the game beeps at 2 kHz. */
const flash = 'between(t,3,3.2)'
const game = `0.02*sin(2*PI*310*t)+0.5*sin(2*PI*2000*t)*${flash}`
const voice = '0.1*sin(2*PI*190*t)*max(0,sin(2*PI*0.7*t))'
const music = '0.1*sin(2*PI*5000*t)*(0.7+0.3*sin(9*t))'
const sound = (exprs: string, seconds = 6): string => `aevalsrc=exprs='${exprs}':s=48000:d=${seconds}`
const white = "nullsrc=s=160x96:r=30:d=6,format=yuv420p,geq=lum='16+219*between(T,2.999,3.199)':cb=128:cr=128"
const stream = (change: Recipe = {}): Recipe => ({
  container: 'mkv',
  seconds: 6,
  video: { source: white },
  audio: [
    { source: sound(`${game}+${voice}+${music}`), channels: 2 },
    { source: sound(game), title: 'Game', channels: 2 },
    { source: sound(voice), title: 'Mic' },
    { source: sound(music), title: 'Music', channels: 2 },
  ],
  ...change,
})

interface Shared {
  readonly file: string
  readonly notes: readonly string[]
  readonly sources: readonly number[]
  readonly left: Float32Array
}

let count = 0

/** As the program makes a share: decides what is heard, encodes, and checks the result (throws where it is not right). */
async function share(recipe: Recipe | string, parts: ClipPart[], change: Partial<SoundEdits> = {}): Promise<Shared> {
  const source = await checkSource(typeof recipe === 'string' ? recipe : await makeMedia(folder, recipe))
  const media = await probe(runner, source)
  const edits: SoundEdits = { ...soundEditsSchema.parse({}), ...change }
  const { signal } = new AbortController()
  const recording = { fingerprint: '0'.repeat(64), path: source.path, size: source.size, mtimeMs: source.mtimeMs }
  const { mix, notes } = await connectMix(runner, source, parts)(
    { recording, media },
    { parts, sound: edits },
    { signal },
  )
  if (mix === null) throw new Error('nothing is heard')
  const [start, end] = [Math.min(...parts.map((part) => part.start)), Math.max(...parts.map((part) => part.end))]
  const plan = makePlan(media, 'encode', start / s(1), end / s(1))
  if (plan.video.action === 'encode' && (parts.length > 1 || parts[0]!.speed !== 1)) {
    const picture = { toneMap: null, fps: media.video!.fps, frame: null, layout: null, zoom: [], overlay: null }
    plan.video = { ...plan.video, picture }
  }
  count += 1
  const file = path.join(folder, `share ${count}.mp4`)
  const whole = { ...plan, parts, audio: [mix] }
  const index = await readCutIndex(runner, source, media, plan.span)
  const files = { output: file, scratch: `${file}.scratch` }
  const result = await cutClip(runner, source, media, whole, files, { index, signal })
  if (result.kind === 'cannot') throw new Error(result.reason)
  const { made } = result
  expect(await verifyMade(runner, source, media, whole, made, files, { index, signal, fonts: null })).toEqual([])
  const clip = await probe(runner, await checkSource(file))
  expect(clip.audio).toMatchObject([{ codec: 'aac', channels: 2, sampleRate: RATE }])
  const [left] = await readPcm(runner, ['-i', `file:${file}`])
  return { file, notes: [...notes, ...made.notes], sources: mix.sources.map(({ track }) => track), left }
}

/** Second at which the picture turns white. */
async function flashOf(file: string): Promise<number> {
  const argv = ['-i', `file:${file}`, '-vf', 'scale=1:1,format=gray', '-f', 'rawvideo', 'pipe:3']
  const running = runner.spawn(argv, { pipes: 1 })
  const bytes: number[] = []
  for await (const chunk of running.pipes[0]!) bytes.push(...(chunk as Buffer))
  await running.done
  return bytes.findIndex((value) => value > 128) / 30
}

/** Second at which a tone begins: where it first has half of its level, in steps of 1 ms. */
function onsetOf(samples: Float32Array, hertz: number, after = 0): number {
  const full = toneLevel(samples, hertz, after, samples.length / RATE)
  for (let at = after; at < samples.length / RATE; at += 0.001) {
    if (toneLevel(samples, hertz, at - 0.002, at + 0.002) > full) return at
  }
  return Number.NaN
}

describe('a share', () => {
  const one = (start: number, end: number, speed = 1): ClipPart => ({ start: s(start), end: s(end), speed })

  it.each<[string, Recipe]>([
    ['mkv', stream()],
    ['mkv with an offset', stream({ offset: 3.3 })],
    ['mp4', stream({ container: 'mp4' })],
    ['fragmented mp4', stream({ container: 'mp4', layout: 'fragmented' })],
  ])('%s: one track at -14 LUFS, in step with the picture', async (_, recipe) => {
    const { file, left, sources, notes } = await share(recipe, [one(1.5, 5.2)], { duckMusic: false })
    expect([sources, notes]).toEqual([[0], []])
    expect(Math.abs(left.length / RATE - 3.7)).toBeLessThan(0.03)
    const flashed = await flashOf(file)
    expect(flashed).toBeCloseTo(1.5, 1)
    expect(Math.abs(onsetOf(left, 2000) - flashed)).toBeLessThan(0.005)
    const { integrated, truePeak } = await loudnessOfFile(runner, file)
    expect(Math.abs((integrated ?? 0) + 14)).toBeLessThan(0.5)
    expect(truePeak).toBeLessThanOrEqual(-1)
  })

  it('music is left out, and bleeps lie where the clip plays them, also through cuts and other speeds', async () => {
    const parts = [one(4, 5.5), one(2.5, 4, 2)]
    const change: Partial<SoundEdits> = {
      tracks: [{ track: 3, gainDb: 0, muted: true }],
      bleeps: [
        { start: s(4.4), end: s(4.9), with: 'tone' },
        { start: s(3.6), end: s(3.8), with: 'silence' },
      ],
    }
    const { file, left, sources } = await share(stream(), parts, change)
    expect(sources).toEqual([1, 2])
    expect(toneLevel(left, 5000, 0.05, 0.35)).toBeLessThan(-60)
    // 4.4 to 4.9 is 0.4 to 0.9 of the clip; 3.6 to 3.8, at twice the speed behind 1.5 s, is 2.05 to 2.15.
    expect(Math.abs(onsetOf(left, 1000) - 0.4)).toBeLessThan(0.01)
    const reversed = left.toReversed()
    expect(Math.abs(left.length / RATE - onsetOf(reversed, 1000) - 0.9)).toBeLessThan(0.01)
    expect(toneLevel(left, 310, 0.42, 0.88)).toBeLessThan(-50)
    expect(peakLevel(left, 2.06, 2.14)).toBeLessThan(0.02)
    expect(peakLevel(left, 1.95, 2.04)).toBeGreaterThan(0.02)
    // The flash of 3 s is seen and heard 0.25 s into the second part.
    const flashed = await flashOf(file)
    expect(flashed).toBeCloseTo(1.75, 1)
    expect(Math.abs(onsetOf(left, 2000, 1.5) - flashed)).toBeLessThan(0.03)
  })

  it('music goes down under the microphone, from the parts of the mix', async () => {
    const { sources, left } = await share(stream(), [one(0, 3)], { normalise: false })
    expect(sources).toEqual([1, 2, 3])
    // Who speaks does so from 0 to 0.71 s, and again from 1.43 s.
    expect(toneLevel(left, 5000, 0.2, 0.6) - toneLevel(left, 5000, 1.25, 1.42)).toBeLessThan(-5)
  })

  it('fills what a short track lacks', async () => {
    const short: Recipe = { ...stream(), audio: [{ source: sound(game, 2), title: 'Game' }] }
    const { left } = await share(short, [one(1, 5)])
    expect(Math.abs(left.length / RATE - 4)).toBeLessThan(0.03)
    expect(toneLevel(left, 310, 0.1, 0.9)).toBeGreaterThan(-30)
    expect(peakLevel(left, 1.1, 3.9)).toBeLessThan(0.001)
  })

  it('of the demo recording', async () => {
    const { file, notes } = await share(demo, [one(100, 104)])
    const { integrated, truePeak } = await loudnessOfFile(runner, file)
    expect(notes).toEqual([])
    expect(Math.abs((integrated ?? 0) + 14)).toBeLessThan(0.5)
    expect(truePeak).toBeLessThanOrEqual(-1)
  })
})
