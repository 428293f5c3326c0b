import { mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { pino } from 'pino'
import { checkSource } from '../../src-main/adapters/ffmpeg/check-source.ts'
import { probe } from '../../src-main/adapters/ffmpeg/probe.ts'
import { createNodeHostServices } from '../../src-main/adapters/host/node-host-services.ts'
import { runSpec } from '../../src-main/cli/run-spec.ts'
import { openEngine, type Engine } from '../../src-main/engine.ts'
import { montageSchema, type MontageFile } from '../../src-shared/contract/montage.ts'
import { ticksFromSeconds as s } from '../../src-shared/domain/time.ts'
import type { z } from 'zod'
import { clickTrack } from '../helpers/beats.ts'
import { testRunner } from '../helpers/ffmpeg.ts'
import { makeMedia, type Recipe } from '../helpers/make-media.ts'
import { beepsOf, showClip } from '../helpers/shown-clip.ts'
import { tempFolder } from '../helpers/temp-folder.ts'

const root = tempFolder('clutchcut-montage')
let engine: Engine

/** The picture turns white, and there is a beep, at these seconds, for a tenth of one. */
const flashes = [1.2, 4.8]
const lit = flashes.map((t) => `between(T,${t - 0.001},${t + 0.099})`).join('+')
const beep = `aevalsrc='0.5*sin(2*PI*1000*t)*(${flashes.map((t) => `between(t,${t},${t + 0.1})`).join('+')})':d=6:s=48000`
const picture = (luma: number, size: string, fps: string): string =>
  `nullsrc=s=${size}:r=${fps}:d=6,format=yuv420p,geq=lum='if(${lit},235,${luma}+20*X/W)':cb=128:cr=128`
const flashing = (change: Recipe & { luma?: number; size?: string; fps?: string } = {}): Recipe => {
  const { luma = 60, size = '320x180', fps = '30', ...recipe } = change
  const video = { gop: 30, fps, source: picture(luma, size, fps), ...recipe.video }
  return { seconds: 6, audio: [{ source: beep }], ...recipe, video }
}

beforeAll(async () => {
  engine = await openEngine({
    dataDir: path.join(root, 'data'),
    host: createNodeHostServices(),
    logger: pino({ level: 'silent' }),
  })
})
afterAll(() => engine.close())

/** A clip of a new recording; seconds. */
async function clipOf(recipe: Recipe | string, start = 0.5, end = 5.5): Promise<number> {
  const file = typeof recipe === 'string' ? recipe : await makeMedia(root, recipe)
  if (engine.library.recordings.byPath(file) === undefined) {
    const spec = { kind: 'analyze', path: file, device: 'cpu' } as const
    expect((await runSpec(engine, spec, new AbortController().signal)).kind).toBe('done')
  }
  const recordingId = engine.library.recordings.byPath(file)!.id
  return (await engine.api.clips.create({ recordingId, start: s(start), end: s(end) }, undefined)).id
}

let count = 0

async function montage(asked: z.input<typeof montageSchema>, folder = path.join(root, `out${(count += 1)}`)) {
  const found = engine.library.clips.get(asked.clips[0]!.clipId)!
  const recording = engine.library.recordings.byFingerprint(found.recording)!
  const spec = {
    kind: 'montage',
    path: recording.path,
    montage: montageSchema.parse(asked),
    outputFolder: folder,
  } as const
  const outcome = await runSpec(engine, spec, new AbortController().signal)
  if (outcome.kind === 'failed') throw outcome.error
  if (outcome.kind !== 'montage') throw new Error(outcome.kind)
  return { files: outcome.files as [MontageFile, ...MontageFile[]], folder }
}

/** Seconds at which the picture turns white, by its brightness in the middle. */
async function flashesOf(file: string, width: number, height: number, fps: number): Promise<number[]> {
  const shown = await showClip(file, width, height)
  const bright = shown.pictures.map((_, n) => shown.at(n, 0.5, 0.5)[0] > 200)
  return bright.flatMap((is, n) => (is && bright[n - 1] !== true ? [n / fps] : []))
}

/** Each beep is heard when its flash is seen: the middle of a beep is 50 ms behind its beginning. */
async function expectInStep(file: string, expected: readonly number[], [width, height, fps]: [number, number, number]) {
  for (const options of [[], ['-ignore_editlist', '1']]) {
    const beeps = (await beepsOf(file, options)).map((middle) => middle - 0.05)
    expect(beeps).toHaveLength(expected.length)
    if (options.length > 0) continue
    const seen = await flashesOf(file, width, height, fps)
    expect(seen).toHaveLength(expected.length)
    for (const [i, at] of expected.entries()) {
      expect(Math.abs(seen[i]! - at)).toBeLessThanOrEqual(1.01 / fps)
      expect(Math.abs(beeps[i]! - at)).toBeLessThan(0.015 + (fps < 60 ? 1 / fps : 0))
      expect(Math.abs(beeps[i]! - seen[i]!)).toBeLessThan(0.015)
    }
  }
}

describe('a montage', () => {
  it('copies what it can of clips of like recordings, in step from the first to the last', async () => {
    const [one, two] = [await clipOf(flashing()), await clipOf(flashing({ luma: 100 }))]
    const { files } = await montage({ title: 'Best of', clips: [{ clipId: one }, { clipId: two }, { clipId: one }] })
    const [file] = files
    expect(file).toMatchObject({ kind: 'landscape', verified: true, seconds: 15, cuts: [5, 10] })
    expect(path.basename(file.path)).toBe('Best of.mp4')
    expect(file.copied).toBeGreaterThan(0.7)
    await expectInStep(file.path, [0.7, 4.3, 5.7, 9.3, 10.7, 14.3], [320, 180, 30])
    const { chapters, audio } = await probe(await testRunner(), await checkSource(file.path))
    expect(chapters.map(({ start }) => start)).toEqual([0, s(5), s(10)])
    expect(chapters.every(({ title }) => title !== '')).toBe(true)
    expect(audio).toHaveLength(1)
  }, 120_000)

  it('turns one clip into the next, behind a card, and copies the rest', async () => {
    const [one, two] = [await clipOf(flashing()), await clipOf(flashing({ luma: 100 }))]
    const fade = { kind: 'cross-fade', seconds: 0.5 } as const
    const card = { title: 'Triple kill', subtitle: 'with the last bullet', seconds: 1 }
    const { files } = await montage({
      clips: [
        { clipId: one, card },
        { clipId: two, transition: fade },
      ],
    })
    expect(files[0]).toMatchObject({ seconds: 10.5, cuts: [5.75], notes: [] })
    expect(files[0].copied).toBeGreaterThan(0.5)
    await expectInStep(files[0].path, [1.7, 5.3, 6.2, 9.8], [320, 180, 30])
    const shown = await showClip(files[0].path, 320, 180)
    // White letters over a darkened picture; none in the clip.
    const brightest = (n: number): number => shown.pictures[n]!.reduce((most, value) => Math.max(most, value), 0)
    expect([brightest(10) > 240, brightest(45) < 140]).toEqual([true, true])
    expect(shown.at(10, 0.05, 0.05)[0]).toBeLessThan(shown.at(45, 0.05, 0.05)[0] - 10)
    // Half of either in the middle of the cross-fade.
    const [before, middle, behind] = [155, 172, 190].map((n) => shown.at(n, 0.1, 0.1)[0])
    expect(before!).toBeLessThan(middle!)
    expect(middle!).toBeLessThan(behind!)
  }, 120_000)

  it('fits recordings of any size, rate, codec and sound into one, and into an upright one', async () => {
    const clips = [
      await clipOf(
        flashing({ size: '160x120', fps: '25', container: 'mkv', audio: [{ source: beep, codec: 'opus' }] }),
        0.5,
        2.5,
      ),
      await clipOf(
        flashing({ size: '640x360', fps: '60', video: { codec: 'hevc' }, audio: [{ source: beep, channels: 2 }] }),
        0.5,
        2.5,
      ),
      await clipOf(flashing({ audio: [] }), 0.5, 2.5),
    ]
    const { files } = await montage({
      clips: clips.map((clipId) => ({ clipId, transition: { kind: 'cross-fade', seconds: 0.4 } })),
      kinds: ['landscape', 'vertical'],
    })
    expect(files.map(({ kind, seconds, verified }) => ({ kind, seconds, verified }))).toEqual([
      { kind: 'landscape', seconds: 5.2, verified: true },
      { kind: 'vertical', seconds: 5.2, verified: true },
    ])
    for (const { path: file, kind } of files) {
      const { video } = await probe(await testRunner(), await checkSource(file))
      expect(video).toMatchObject(kind === 'vertical' ? { width: 1080, height: 1920 } : { width: 640, height: 360 })
      const beeps = (await beepsOf(file)).map((middle) => middle - 0.05)
      for (const [i, at] of [0.7, 2.3].entries()) expect(Math.abs(beeps[i]! - at)).toBeLessThan(0.03)
    }
    const seen = await flashesOf(files[0].path, 640, 360, 60)
    for (const [i, at] of [0.7, 2.3, 3.9].entries()) expect(Math.abs(seen[i]! - at)).toBeLessThan(0.045)
  }, 180_000)

  it('plays edited clips as edited, and shortens cross-fades for short clips', async () => {
    const file = await makeMedia(root, flashing({ luma: 90 }), 'edited.mp4')
    const [edited, short] = [await clipOf(file), await clipOf(file, 2, 2.3)]
    engine.api.clipEdits.edit({ id: edited, edit: { kind: 'speed', speed: 2, span: { start: 0, end: s(5) } } })
    const fade = { kind: 'cross-fade', seconds: 1 } as const
    const { files } = await montage({
      clips: [{ clipId: edited }, { clipId: short, transition: fade }, { clipId: edited }],
    })
    expect(files[0].notes.join(' ')).toMatch(/shorter than asked for/)
    expect(files[0].seconds).toBeLessThan(2 * 2.5 + 0.3)
    const seen = await flashesOf(files[0].path, 320, 180, 30)
    expect(seen[0]).toBeCloseTo(0.35, 1)
    expect(seen).toHaveLength(4)
  }, 120_000)

  it('lays music under it, trimmed so that cuts fall on its beats', async () => {
    const { samples, beats } = clickTrack({ tempo: 110, seconds: 30, noise: 0.01, seed: 4, rate: 48_000 })
    const folder = path.join(root, 'music')
    const raw = path.join(root, 'music.raw')
    writeFileSync(raw, Buffer.from(samples.buffer))
    const runner = await testRunner()
    mkdirSync(folder)
    const input = ['-f', 'f32le', '-ar', '48000', '-ac', '1', '-i', `file:${raw}`]
    await runner.run([...input, '-c:a', 'libmp3lame', `file:${path.join(folder, 'song.mp3')}`])
    writeFileSync(path.join(folder, 'cover.jpg'), 'no music')
    const id = await clipOf(flashing({ luma: 80 }))
    const clips = [1, 2, 3].map(() => ({ clipId: id }))
    const { files } = await montage({ clips, music: { path: folder, alignBeats: true } })
    const [file] = files
    expect(file.cuts).toHaveLength(2)
    for (const cut of file.cuts) expect(Math.min(...beats.map((beat) => Math.abs(beat - cut)))).toBeLessThan(1 / 30)
    expect(file.notes).toEqual(['Music: song.mp3.'])
    expect(file.seconds).toBeLessThan(15)
    const quiet = await montage({ clips, music: { path: path.join(folder, 'song.mp3'), gainDb: -30 } })
    expect(quiet.files[0].seconds).toBe(15)
  }, 180_000)

  it('is made once, and again where its file is gone or a clip changed', async () => {
    const id = await clipOf(flashing(), 1, 3)
    const first = await montage({ title: 'Once', clips: [{ clipId: id }] })
    const again = await montage({ title: 'Once', clips: [{ clipId: id }] }, first.folder)
    expect(again.files).toEqual(first.files)
    expect(readdirSync(first.folder)).toEqual(['Once.mp4'])
    engine.api.clipEdits.edit({ id, edit: { kind: 'trim', start: s(1), end: s(2) } })
    const other = await montage({ title: 'Once', clips: [{ clipId: id }] }, first.folder)
    expect(other.files[0]).toMatchObject({ seconds: 1, path: path.join(first.folder, 'Once (2).mp4') })
  }, 120_000)

  it('shows recordings with open GOPs, which are not damaged', async () => {
    const extra = ['-x264-params', 'open-gop=1:scenecut=0:bframes=3']
    const id = await clipOf({ seconds: 4, video: { gop: 30, width: 320, height: 180 }, extra }, 1.2, 2.4)
    const { files } = await montage({ clips: [{ clipId: id }] })
    expect(files[0].seconds).toBeCloseTo(1.2, 1)
  }, 60_000)

  it('names the clip that cannot be used, and leaves nothing behind', async () => {
    const good = await clipOf(flashing())
    const file = await makeMedia(root, flashing({ luma: 30 }), 'lost.mp4')
    const lost = await clipOf(file)
    truncateSync(file, Math.floor(readFileSync(file).length / 2))
    const folder = path.join(root, 'bad')
    const making = montage({ clips: [{ clipId: good }, { clipId: lost }] }, folder)
    await expect(making).rejects.toThrow(new RegExp(`clip ${lost}`))
    expect(readdirSync(folder)).toEqual([])
    await expect(montage({ clips: [{ clipId: good }], music: { path: root } }, folder)).rejects.toThrow(
      /There is no music in/,
    )
    const text = path.join(root, 'notes.mp3')
    writeFileSync(text, 'no music at all')
    await expect(montage({ clips: [{ clipId: good }], music: { path: text } }, folder)).rejects.toThrow(
      /notes\.mp3 cannot be played as music/,
    )
    const mute = await makeMedia(root, { seconds: 1, audio: [] }, 'mute.mp4')
    await expect(montage({ clips: [{ clipId: good }], music: { path: mute } }, folder)).rejects.toThrow(
      /mute\.mp4 cannot be played as music/,
    )
    expect(readdirSync(folder)).toEqual([])
    expect(engine.library.tempFiles.list()).toEqual([])
  }, 120_000)

  it('is queued through the contract, and told when it is done', async () => {
    const id = await clipOf(flashing(), 1, 2.5)
    const outputFolder = path.join(root, 'queued')
    const wanted = montageSchema.parse({ title: 'Queued', clips: [{ clipId: id }] })
    // Heard from before there is work, so that nothing is missed.
    const told = (async () => {
      for await (const { kind } of engine.api.events(undefined)) if (kind === 'exports-changed') return
    })()
    const job = await engine.api.exports.montage({ montage: wanted, outputFolder, priority: 0 }, undefined)
    expect(job.spec).toMatchObject({ kind: 'montage' })
    engine.queue.start()
    // The file itself is told of, not only the job.
    await told
    await vi.waitUntil(() => engine.library.jobs.get(job.id)?.state === 'done', { timeout: 60_000, interval: 50 })
    expect(engine.library.jobs.get(job.id)?.produced).toEqual({ clips: 1, renders: 1 })
    expect(readdirSync(outputFolder)).toEqual(['Queued.mp4'])

    // It is listed with the files of clips, and is played and thrown away by its number as they are.
    const { items } = await engine.api.exports.list({ limit: 10, offset: 0 }, undefined)
    const listed = items.find(({ title }) => title === 'Queued')
    expect(listed).toMatchObject({
      clipId: null,
      recordingId: null,
      montage: wanted,
      kind: 'landscape',
      file: 'present',
    })
    expect((listed?.end ?? 0) - (listed?.start ?? 0)).toBe(s(1.5))
    const { signal } = new AbortController()
    const answer = await engine.media.answer(
      { method: 'GET', path: `/media/render/${listed?.id}`, headers: {} },
      signal,
    )
    expect(answer).toMatchObject({ status: 200, body: { kind: 'file', path: path.join(outputFolder, 'Queued.mp4') } })
  }, 120_000)
})
