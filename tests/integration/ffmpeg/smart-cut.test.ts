import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkSource } from '../../../src-main/adapters/ffmpeg/check-source.ts'
import type { FfmpegRunner } from '../../../src-main/adapters/ffmpeg/runner.ts'
import { readCutIndex } from '../../../src-main/adapters/ffmpeg/cut-index.ts'
import { probe } from '../../../src-main/adapters/ffmpeg/probe.ts'
import { smartClip } from '../../../src-main/adapters/ffmpeg/smart-clip.ts'
import { readSmartSource } from '../../../src-main/adapters/ffmpeg/smart-source.ts'
import { secondsFromTicks } from '../../../src-shared/domain/time.ts'
import { testRunner } from '../../helpers/ffmpeg.ts'
import { makeMedia, type Recipe, type VideoRecipe } from '../../helpers/make-media.ts'
import { numberedSource } from '../../helpers/numbered.ts'
import { cutNumbered, openGop, planSmart, type Opened } from '../../helpers/smart-cut.ts'
import { tempFolder } from '../../helpers/temp-folder.ts'

const folder = tempFolder()
const runner = await testRunner()
/** Six seconds at 30 fps, a keyframe each second, and B-frames, unless said otherwise. */
const numbered = (video: VideoRecipe = {}, recipe: Recipe = {}): Recipe => ({
  seconds: 6,
  ...recipe,
  video: { source: numberedSource(video.fps === undefined ? {} : { fps: video.fps }), ...video },
})

async function open(recipe: Recipe): Promise<Opened> {
  const source = await checkSource(await makeMedia(folder, recipe))
  return { source, media: await probe(runner, source) }
}

const planFor = (opened: Opened, start: number, end: number) => planSmart(runner, opened, start, end)
const cut = (opened: Opened, start: number, end: number) => cutNumbered(runner, opened, start, end, folder)
const range = (first: number, end: number): number[] => Array.from({ length: end - first }, (_, i) => first + i)

describe('smart cut', () => {
  it.each<[string, Recipe]>([
    ['mp4', numbered()],
    ['mp4 with an offset', numbered({}, { offset: 100 })],
    ['fragmented mp4', numbered({}, { layout: 'fragmented' })],
    ['mkv', numbered({}, { container: 'mkv' })],
    ['mkv with an offset', numbered({}, { container: 'mkv', offset: 3.3 })],
    ['flv', numbered({}, { container: 'flv' })],
    ['ts', numbered({}, { container: 'ts' })],
    ['without B-frames', numbered({ bFrames: 0 })],
    ['many B-frames', numbered({ bFrames: 6 }, { extra: ['-b-pyramid', 'normal', '-refs', '4'] })],
    ['HEVC', numbered({ codec: 'hevc' })],
    ['HEVC in ts', numbered({ codec: 'hevc' }, { container: 'ts' })],
    ['HEVC with CRA leading pictures', numbered({ codec: 'hevc' }, { extra: [...openGop] })],
  ])('%s: every picture asked for and no other, most of them copied', async (_, recipe) => {
    const { plan, made, numbers, encoded, clip } = await cut(await open(recipe), 1.52, 4.73)
    expect(plan).toMatchObject({ cut: 'smart', note: null })
    expect(numbers).toEqual(range(46, 142))
    expect(secondsFromTicks(made.start)).toBeCloseTo(46 / 30, 2)
    expect(secondsFromTicks(made.end)).toBeCloseTo(142 / 30, 2)
    // The head reaches to the keyframe at 2 s; the tail is a few reordered pictures.
    expect(encoded).toBeGreaterThanOrEqual(14)
    expect(encoded).toBeLessThanOrEqual(14 + 8)
    expect(clip.video?.codec).toBe(recipe.video?.codec ?? 'h264')
    expect(clip.origin).toBe(0)
  })

  it.each([
    ['at the start', 0, 1.2, range(0, 36)],
    ['at the end', 4.4, 6, range(132, 180)],
    ['on keyframes', 2, 4, range(60, 120)],
    ['everything', 0, 6, range(0, 180)],
    ['beyond the end', 4.4, 60, range(132, 180)],
  ])('cuts %s', async (_, start, end, expected) => {
    const { numbers, encoded } = await cut(await open(numbered()), start, end)
    expect(numbers).toEqual(expected)
    if (start === 2) expect(encoded).toBeLessThanOrEqual(3)
    if (start === 0 && end === 6) expect(encoded).toBe(0)
  })

  it('of 0.2 s without a keyframe inside is encoded as a whole', async () => {
    const { plan, numbers } = await cut(await open(numbered()), 1.4, 1.6)
    expect(plan).toMatchObject({ cut: 'encode', note: expect.stringMatching(/no keyframe/i) as string })
    expect(numbers).toEqual(range(42, 48))
  })

  it('of 0.2 s across a keyframe', async () => {
    const { numbers } = await cut(await open(numbered()), 1.9, 2.1)
    expect(numbers).toEqual(range(57, 63))
  })

  it.each([
    [10, 'mkv'],
    [10, 'mp4'],
    [5, 'mkv'],
    [5, 'flv'],
    [1, 'mkv'],
    [120, 'mkv'],
  ] as const)('%s pictures a second in %s', async (fps, container) => {
    // A keyframe each second.
    const opened = await open(numbered({ fps: String(fps), gop: fps }, { container }))
    const { numbers, made, plan } = await cut(opened, 1.52, 4.73)
    expect(plan.cut).toBe('smart')
    const first = Math.ceil(1.52 * fps)
    expect(numbers).toEqual(range(first, Math.ceil(4.73 * fps)))
    expect(secondsFromTicks(made.start)).toBeCloseTo(first / fps, 2)
  })

  it('of pictures at uneven distances', async () => {
    const { plan, numbers, made } = await cut(await open(numbered({ variable: true }, { container: 'mkv' })), 0.4, 5)
    expect(plan.cut).toBe('smart')
    const kept = range(0, 180).filter((n) => n < 20 || n % 7 === 0 || n % 11 === 0)
    expect(numbers).toEqual(kept.filter((n) => n >= 12 && n < 150))
    expect(secondsFromTicks(made.start)).toBeCloseTo(0.4, 2)
  })

  it('of a recording that begins with an edit list', async () => {
    const { source } = await open(numbered({ bFrames: 0 }))
    const edited = path.join(folder, 'edited.mp4')
    await runner.run(['-ss', '1.5', '-i', source.path, '-c', 'copy', '-y', edited])
    const checked = await checkSource(edited)
    const { numbers, plan } = await cut({ source: checked, media: await probe(runner, checked) }, 0, 2)
    expect(plan.cut).toBe('smart')
    expect(numbers).toEqual(range(45, 105))
  })

  it('of a phone held upright: stored pictures are copied, and turned as before', async () => {
    const { numbers, clip, plan } = await cut(await open(numbered({ rotation: 90 })), 1.52, 3)
    expect(plan.cut).toBe('smart')
    expect(numbers).toEqual(range(46, 90))
    expect(clip.video).toMatchObject({ rotation: 90, width: 96, height: 160 })
  })

  it('keeps every track, six channels too, and gives each the length of the picture', async () => {
    const audio = [
      { title: 'Game', channels: 6 },
      { title: 'Mic', codec: 'opus' as const, source: 'sine=d=2.5' },
    ]
    const { clip, made } = await cut(await open(numbered({}, { container: 'mkv', audio })), 1.52, 4.73)
    expect(clip.audio.map(({ title, codec, channels }) => [title, codec, channels])).toEqual([
      ['Game', 'aac', 6],
      ['Mic', 'aac', 1],
    ])
    expect(secondsFromTicks(clip.duration ?? 0)).toBeCloseTo(secondsFromTicks(made.end - made.start), 1)
  })

  it.each([
    ['ended before it begins', 'sine=d=2'],
    ['goes on behind the picture', 'sine=d=9'],
  ])('of a recording whose sound %s', async (_, source) => {
    const { clip, made } = await cut(await open(numbered({}, { container: 'mkv', audio: [{ source }] })), 3.52, 5.9)
    expect(clip.audio).toHaveLength(1)
    expect(secondsFromTicks(clip.duration ?? 0)).toBeCloseTo(secondsFromTicks(made.end - made.start), 1)
  })

  it.each(['mp4', 'mkv', 'ts'] as const)('%s: sound begins at the sample', async (container) => {
    // A click every half second; the coder smears it, but its middle stays.
    const source = "aevalsrc='if(lt(mod(t,0.5),0.0005),0.9,0)':s=48000:d=6"
    const opened = await open(numbered({}, { container, audio: [{ source }] }))
    const { output, made } = await cut(opened, 1.52, 4.73)
    const running = runner.spawn(
      ['-i', `file:${output}`, '-map', '0:a', '-ac', '1', '-ar', '48000', '-f', 's16le', 'pipe:3'],
      { pipes: 1 },
    )
    const chunks: Buffer[] = []
    for await (const chunk of running.pipes[0]!) chunks.push(chunk as Buffer)
    await running.done
    const bytes = Buffer.concat(chunks)
    for (const click of [2, 2.5, 3, 3.5, 4, 4.5]) {
      const expected = Math.round((click - secondsFromTicks(made.start)) * 48_000)
      const loudness = Array.from({ length: 2000 }, (_, i) => Math.abs(bytes.readInt16LE(2 * (expected - 1000 + i))))
      const found = loudness.indexOf(Math.max(...loudness)) - 1000
      // Half a millisecond, and the millisecond that Matroska rounds to.
      expect(Math.abs(found), `click at ${click} s`).toBeLessThanOrEqual(72)
    }
  })

  it('leaves H.264 with open GOPs to a full encode, and says why', async () => {
    const opened = await open(numbered({ bFrames: 3 }, { extra: ['-x264-params', 'open-gop=1:scenecut=0'] }))
    const plan = await planFor(opened, 1.52, 4.73)
    const outcome =
      plan.cut === 'smart' ? await cut(opened, 1.52, 4.73).catch((error: Error) => error.message) : plan.note
    expect(outcome).toMatch(/open GOPs|No keyframe|no keyframe/)
  })

  it('leaves nothing unhandled where its first edge ends before it began', async () => {
    const { source, media } = await open(numbered({ bFrames: 0 }))
    const plan = await planFor({ source, media }, 1.5, 5)
    const index = await readCutIndex(runner, source, media, plan.span)
    const stream = await readSmartSource(runner, source, media.video!, {})
    if (plan.video.action !== 'smart') throw new Error('not a smart cut')
    const files = { output: path.join(folder, 'ended.mp4'), scratch: path.join(folder, 'ended.scratch') }
    const options = { signal: AbortSignal.abort(new Error('ended')), smartSource: () => Promise.resolve(stream) }
    const { audio, metadata } = plan
    const cutting = smartClip(runner, source, media, { copy: plan.video.copy, audio, metadata }, index!, files, options)
    await expect(cutting).rejects.toThrow('ended')
  })

  it.each([
    ['FLV, its last picture alone', 'flv', 2, 29, 30],
    ['FLV up to its end', 'flv', 2, 27, 30],
    ['FLV, a picture that is shown before a keyframe and decoded behind it', 'flv', 2, 19, 22],
    // Decoded as I10 P16 B13 B11 B12 …: reading lands between those, behind one that is still to be shown, and ends early.
    ['TS, pictures that were decoded long before', 'ts', 5, 15, 17],
  ] as const)('%s, at 5 pictures a second', async (_, container, bFrames, first, end) => {
    const extra = bFrames > 2 ? ['-b-pyramid', 'normal', '-refs', '5'] : []
    const opened = await open(numbered({ fps: '5', gop: 10, bFrames }, { container, extra }))
    const { numbers } = await cut(opened, first / 5, end / 5)
    expect(numbers).toEqual(range(first, end))
  })

  it('is checked by one thread where several leave a picture out', async () => {
    const threads: number[] = []
    const three: FfmpegRunner = {
      ...runner,
      spawn(argv, options) {
        const isCheck = argv.includes('-xerror')
        if (isCheck) threads.push(argv.includes('-threads') ? 1 : 3)
        const inputs = (arg: string): string[] => (arg === '-noaccurate_seek' ? ['-threads', '3', arg] : [arg])
        return runner.spawn(isCheck && !argv.includes('-threads') ? argv.flatMap(inputs) : argv, options)
      },
    }
    const opened = await open(numbered({ codec: 'hevc' }, { container: 'mkv', extra: [...openGop] }))
    // Behind the last keyframe there are three packets: what FFmpeg 5.1 makes two pictures of, or with three threads one.
    const { numbers, plan } = await cutNumbered(three, opened, 1.94, 3.06, folder)
    expect(plan.cut).toBe('smart')
    expect(numbers).toEqual(range(59, 92))
    expect(threads[0]).toBe(3)
  })

  it('leaves ten bits to a full encode', async () => {
    const { plan, numbers } = await cut(await open(numbered({ codec: 'hevc', pixels: 'yuv420p10le' })), 1.52, 2.5)
    expect(plan).toMatchObject({ cut: 'encode', note: expect.stringMatching(/only 8 bits/) as string })
    expect(numbers).toEqual(range(46, 75))
  })
})
