import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { checkSource } from '../../../src-main/adapters/ffmpeg/check-source.ts'
import { copyClip } from '../../../src-main/adapters/ffmpeg/copy-clip.ts'
import { keyframeBefore } from '../../../src-main/adapters/ffmpeg/keyframes-near.ts'
import { probe } from '../../../src-main/adapters/ffmpeg/probe.ts'
import { probeSpan } from '../../../src-main/adapters/ffmpeg/probe-span.ts'
import { readPackets } from '../../../src-main/adapters/ffmpeg/read-packets.ts'
import { secondsFromTicks, ticksFromSeconds } from '../../../src-shared/domain/time.ts'
import { cutFile } from '../../helpers/cut-file.ts'
import { testRunner } from '../../helpers/ffmpeg.ts'
import { makeMedia, readBoxes, type Recipe } from '../../helpers/make-media.ts'
import { numberedSource } from '../../helpers/numbered.ts'
import { makePlan } from '../../helpers/render-plan.ts'
import { tempFolder } from '../../helpers/temp-folder.ts'

const folder = tempFolder()
const runner = await testRunner()
let count = 0

async function open(recipe: Recipe) {
  const source = await checkSource(await makeMedia(folder, recipe))
  count += 1
  return { source, media: await probe(runner, source), output: path.join(folder, `clip ${count} 100%.mp4`) }
}

/** Hash of every decoded picture of a file, in order of presentation: what a viewer sees, whatever the container. */
async function pictures(file: string): Promise<string[]> {
  const text: string[] = []
  const source = await checkSource(file)
  const { inputArgs } = await import('../../../src-main/adapters/ffmpeg/source-file.ts')
  const running = runner.spawn([...inputArgs(source), '-map', '0:V:0', '-f', 'framemd5', 'pipe:3'], { pipes: 1 })
  for await (const chunk of running.pipes[0] ?? []) text.push(String(chunk))
  await running.done
  return text
    .join('')
    .split('\n')
    .flatMap((line) => (line.startsWith('#') || line === '' ? [] : [line.split(',').at(-1)?.trim() ?? '']))
}

const containers: [string, Recipe][] = [
  ['mp4', {}],
  ['mp4 with an offset', { offset: 100 }],
  ['fragmented mp4', { layout: 'fragmented' }],
  ['hybrid mp4', { layout: 'hybrid' }],
  ['mov', { container: 'mov' }],
  ['mkv', { container: 'mkv' }],
  ['mkv with an offset', { container: 'mkv', offset: 3.3 }],
  ['flv', { container: 'flv' }],
  ['ts', { container: 'ts' }],
  ['dash', { container: 'dash' }],
  ['mp4 at 60000/1001', { video: { fps: '60000/1001' } }],
  ['mkv at 240 fps', { container: 'mkv', video: { fps: '240' } }],
  ['mp4 without B-frames', { video: { bFrames: 0 } }],
]

describe('copying', () => {
  test.each(containers)('%s: holds exactly the source pictures that its span says', async (_, recipe) => {
    const { source, media, output } = await open({ seconds: 6, ...recipe })
    const wanted = ticksFromSeconds(2.6)
    const keyframe = await keyframeBefore(runner, source, media, wanted, {})
    // One keyframe every 30 frames; `media.video.fps` frames a second.
    const fps = (media.video?.fps.num ?? 0) / (media.video?.fps.den ?? 1)
    const gop = 30 / fps
    expect(secondsFromTicks(keyframe ?? 0)).toBeCloseTo(Math.floor(2.6 / gop + 1e-6) * gop, 2)

    const result = await copyClip(runner, source, media, makePlan(media, 'copy', 2.6, 4), output)
    if (result.kind !== 'copied') throw new Error(result.reason)
    expect(result.start).toBe(keyframe)
    expect(secondsFromTicks(result.end)).toBeGreaterThanOrEqual(4 - 0.6 / fps)
    expect(secondsFromTicks(result.end)).toBeLessThan(4 + 4.5 / fps)

    const [all, copied] = [await pictures(source.path), await pictures(output)]
    const first = Math.round(secondsFromTicks(result.start) * fps)
    expect(copied).toEqual(all.slice(first, Math.round(secondsFromTicks(result.end) * fps)))

    const clip = await probe(runner, await checkSource(output))
    expect(clip.origin).toBe(0)
    expect(Math.abs((clip.audio[0]?.start ?? -1) - 0)).toBeLessThan(ticksFromSeconds(0.04))
    const boxes = readBoxes(output).map((box) => box.type)
    expect(boxes.indexOf('moov')).toBeLessThan(boxes.indexOf('mdat'))
  })

  test.each(containers)('%s: from the very beginning', async (_, recipe) => {
    const { source, media, output } = await open({ seconds: 6, ...recipe })
    const result = await copyClip(runner, source, media, makePlan(media, 'copy', 0, 1.5), output)
    if (result.kind !== 'copied') throw new Error(result.reason)
    expect(result.start).toBe(0)
    const [all, copied] = [await pictures(source.path), await pictures(output)]
    const fps = (media.video?.fps.num ?? 0) / (media.video?.fps.den ?? 1)
    expect(copied).toEqual(all.slice(0, Math.round(secondsFromTicks(result.end) * fps)))
    expect((await probe(runner, await checkSource(output))).origin).toBe(0)
  })

  test.each<[string, Recipe]>([
    ['fragments', { layout: 'fragmented', video: { gop: 120 } }],
    ['TS', { container: 'ts' }],
  ])('sound reaches to the end also where it is stored behind the picture: %s', async (_, recipe) => {
    const { source, media, output } = await open({ seconds: 12, ...recipe })
    const span = await cutFile(runner, source, media, makePlan(media, 'copy', 4.2, 7), output)
    const held = await probeSpan(output)
    expect(secondsFromTicks(held.audio[0]?.end ?? 0)).toBeCloseTo(secondsFromTicks(span.end - span.start), 1)
  })

  test('sound is there from the first picture on, wherever its packets begin beside the keyframe', async () => {
    const { source, media, output } = await open({
      container: 'mkv',
      seconds: 6,
      video: { fps: '10', gop: 6, bFrames: 0 },
    })
    for (const at of [0.7, 1.3, 1.9, 2.5, 3.1, 3.7, 4.3, 4.9]) {
      await cutFile(runner, source, media, makePlan(media, 'copy', at, at + 0.5), output)
      const { start } = (await probeSpan(output)).audio[0]!
      expect(secondsFromTicks(start), `from ${at}`).toBeLessThanOrEqual(0.002)
      expect(secondsFromTicks(start), `from ${at}`).toBeGreaterThan(-0.023)
    }
  })

  test.each<[string, Recipe, 'copy' | 'encode', string[]]>([
    ['copied', { container: 'mkv' }, 'copy', ['Its sound was encoded: it does not begin with the picture.']],
    ['copied from MP4', {}, 'copy', ['Its sound was encoded: it does not begin with the picture.']],
    ['encoded', { container: 'mkv' }, 'encode', []],
    ['encoded from TS', { container: 'ts' }, 'encode', []],
  ])('a track that ended before is silent: %s', async (_, recipe, cut, notes) => {
    const audio = [{ title: 'Game' }, { title: 'Mic', source: 'sine=f=440:r=48000:d=1.5' }]
    const { source, media, output } = await open({ seconds: 6, ...recipe, audio })
    const made = await cutFile(runner, source, media, makePlan(media, cut, 3, 4.5), output)
    expect(made.notes).toEqual(notes)
    const held = await probeSpan(output)
    for (const { start, end } of held.audio) {
      expect(secondsFromTicks(start)).toBeCloseTo(0, 1)
      expect(secondsFromTicks(end)).toBeCloseTo(secondsFromTicks(made.end - made.start), 1)
    }
    expect((await probe(runner, await checkSource(output))).audio).toHaveLength(2)
  })

  test('keeps every track with its name, and re-encodes only sound that MP4 does not take', async () => {
    const audio = [{ title: 'Game' }, { title: 'Mic', codec: 'pcm' as const }]
    const { source, media, output } = await open({ container: 'mkv', seconds: 4, audio })
    const span = await cutFile(runner, source, media, makePlan(media, 'copy', 1.2, 2.2), output)
    expect(secondsFromTicks(span.start)).toBeCloseTo(1, 2)
    const clip = await probe(runner, await checkSource(output))
    expect(clip.audio.map((track) => [track.title, track.codec, track.role])).toEqual([
      ['Game', 'aac', 'game'],
      ['Mic', 'aac', 'mic'],
    ])
    const { packets } = await readPackets(runner, await checkSource(output), { streams: 'a:1' })
    expect(packets.length).toBeGreaterThan(40)
  })

  test('says why it cannot copy', async () => {
    const mjpeg = await open({ container: 'avi', video: { codec: 'mjpeg' } })
    expect(
      await copyClip(runner, mjpeg.source, mjpeg.media, makePlan(mjpeg.media, 'copy', 0, 1), mjpeg.output),
    ).toEqual({ kind: 'cannot-copy', reason: 'MP4 does not carry mjpeg video.' })
    const avi = await open({ container: 'avi' })
    expect(await copyClip(runner, avi.source, avi.media, makePlan(avi.media, 'copy', 0, 1), avi.output)).toMatchObject({
      kind: 'cannot-copy',
    })
    expect(await keyframeBefore(runner, avi.source, avi.media, ticksFromSeconds(1))).toBeNull()
  })

  test.each(['hevc', 'av1', 'vp9'] as const)('%s', async (codec) => {
    const { source, media, output } = await open({ container: 'mkv', seconds: 4, video: { codec } })
    const span = await cutFile(runner, source, media, makePlan(media, 'copy', 1.5, 2.5), output)
    const [all, copied] = [await pictures(source.path), await pictures(output)]
    const [first, last] = [Math.round(secondsFromTicks(span.start) * 30), Math.round(secondsFromTicks(span.end) * 30)]
    expect(first).toBe(30)
    expect(copied).toEqual(all.slice(first, last))
  })
})

describe('encoding', () => {
  test('uneven pictures, few a second on average, are found again in the clip', async () => {
    const video = { variable: true, gop: 20, source: numberedSource({ seconds: 8 }) }
    const { source, media, output } = await open({ seconds: 8, video })
    expect(media.video).toMatchObject({ variableFrameRate: true })
    await expect(cutFile(runner, source, media, makePlan(media, 'encode', 2.345, 4.321), output)).resolves.toBeDefined()
  })

  test('of an AVI, which does not say when pictures are due, also from between two of them', async () => {
    const video = { bFrames: 0, width: 320, height: 180 }
    const { source, media, output } = await open({ container: 'avi', seconds: 4, video, audio: [{ codec: 'pcm' }] })
    for (const start of [2.17, 2.18]) {
      await expect(cutFile(runner, source, media, makePlan(media, 'encode', start, 4), output)).resolves.toBeDefined()
    }
  })

  test('a TS whose time ran over while it was recorded', async () => {
    const { source, media, output } = await open({ container: 'ts', seconds: 6, extra: ['-output_ts_offset', '95440'] })
    expect(media.origin).toBeLessThan(0)
    for (const [start, end] of [
      [0, 1.5],
      [1, 4.5],
    ] as const) {
      const made = await cutFile(runner, source, media, makePlan(media, 'encode', start, end), output)
      expect(secondsFromTicks(made.end - made.start)).toBeCloseTo(end - start, 1)
    }
  })

  test.each(containers)('%s: begins and ends at the frame', async (_, recipe) => {
    const { source, media, output } = await open({ seconds: 6, ...recipe })
    const fps = (media.video?.fps.num ?? 0) / (media.video?.fps.den ?? 1)
    const span = await cutFile(runner, source, media, makePlan(media, 'encode', 2.51, 4.01), output)
    const [first, last] = [Math.ceil(2.51 * fps), Math.ceil(4.01 * fps)]
    expect(secondsFromTicks(span.start) * fps).toBeCloseTo(first, 0)
    expect(secondsFromTicks(span.end) * fps).toBeCloseTo(last, 0)
    expect(await pictures(output)).toHaveLength(last - first)
  })

  test.each(containers)('%s: from the very beginning', async (_, recipe) => {
    const { source, media, output } = await open({ seconds: 6, ...recipe })
    const fps = (media.video?.fps.num ?? 0) / (media.video?.fps.den ?? 1)
    const span = await cutFile(runner, source, media, makePlan(media, 'encode', 0, 1), output)
    expect(span.start).toBe(0)
    expect(await pictures(output)).toHaveLength(Math.ceil(fps - 0.01))
  })

  test('what an edit list hides is not in the clip, and what it shows is', async () => {
    const { source } = await open({ seconds: 6, video: { bFrames: 0 } })
    const edited = path.join(folder, 'edited.mp4')
    await runner.run(['-ss', '1.5', '-i', source.path, '-c', 'copy', '-y', edited])
    const checked = await checkSource(edited)
    const media = await probe(runner, checked)
    const output = path.join(folder, 'from edited.mp4')
    const span = await cutFile(runner, checked, media, makePlan(media, 'encode', 0, 1), output)
    expect(span.start).toBe(0)
    expect(await pictures(output)).toHaveLength(30)
  })

  test('audio only, video only, odd sizes, rotation, one frame, uneven frames', async () => {
    for (const recipe of [
      { audio: [] },
      { video: { width: 161, height: 91, pixels: 'yuv444p' }, container: 'mkv' },
      { video: { rotation: 90 } },
      { video: { frames: 1 }, audio: [] },
      { video: { variable: true }, container: 'mkv' },
      { container: 'avi' },
    ] satisfies Recipe[]) {
      const { source, media, output } = await open(recipe)
      const end = recipe.video !== undefined && 'frames' in recipe.video ? 0.02 : 1.5
      const span = await cutFile(runner, source, media, makePlan(media, 'encode', 0, end), output)
      expect(span.start).toBe(0)
      const clip = await probe(runner, await checkSource(output))
      expect([clip.video?.width, clip.video?.height], JSON.stringify([recipe, media, span])).toEqual(
        media.video?.rotation === 90 ? [90, 160] : [160, 90],
      )
      expect(clip.video?.rotation).toBe(0)
      expect(clip.audio).toHaveLength(media.audio.length)
    }
    const { source, media, output } = await open({ container: 'mkv', video: null })
    const span = await cutFile(runner, source, media, makePlan(media, 'encode', 0.5, 1.5), output)
    expect(secondsFromTicks(span.end - span.start)).toBeCloseTo(1, 1)
  })

  test('metadata is written as it is', async () => {
    const { source, media, output } = await open({ metadata: { title: 'secret', location: 'home' } })
    await cutFile(runner, source, media, makePlan(media, 'encode', 0, 1), output)
    const json = await runner.probe(['-show_entries', 'format_tags', '-of', 'json', '-i', `file:${output}`])
    expect(JSON.parse(json)).toMatchObject({ format: { tags: { title: 'Ace = "4" kills', comment: 'Loud burst' } } })
    expect(json).not.toContain('secret')
  })
})
