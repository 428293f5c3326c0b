import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, renameSync } from 'node:fs'
import path from 'node:path'
import { pino } from 'pino'
import { describe, expect, test, vi } from 'vitest'
import { checkSource } from '../../src-main/adapters/ffmpeg/check-source.ts'
import { probe } from '../../src-main/adapters/ffmpeg/probe.ts'
import { fingerprint } from '../../src-main/adapters/files/fingerprint.ts'
import { createNodeHostServices } from '../../src-main/adapters/host/node-host-services.ts'
import { runSpec } from '../../src-main/cli/run-spec.ts'
import { openEngine, type Engine } from '../../src-main/engine.ts'
import type { RenderKind } from '../../src-shared/contract/clip.ts'
import { montageSchema, type MontageFile } from '../../src-shared/contract/montage.ts'
import { sidecarSchema } from '../../src-shared/contract/sidecar.ts'
import { sidecarPath } from '../../src-shared/domain/sidecar.ts'
import { secondsFromTicks, ticksFromSeconds as s } from '../../src-shared/domain/time.ts'
import { testRunner, testTools } from '../helpers/ffmpeg.ts'
import { beepsOf, showClip } from '../helpers/shown-clip.ts'
import { splitRecording, type SplitRecording } from '../helpers/split-recording.ts'
import { tempFolder } from '../helpers/temp-folder.ts'

const FPS = 30
const { ffmpeg } = await testTools()
const runner = await testRunner()

/** Of every picture, decoded. */
function pictureHashes(file: string): string[] {
  const args = ['-v', 'error', '-i', file, '-map', '0:V:0', '-fps_mode', 'passthrough', '-f', 'framemd5', '-']
  const lines = execFileSync(ffmpeg, args).toString().split('\n')
  return lines.filter((line) => line.startsWith('0,')).map((line) => line.split(',').at(-1)!.trim())
}

function samples(file: string): Float32Array {
  const args = ['-v', 'error', '-i', file, '-map', '0:a:0', '-ac', '1', '-ar', '48000', '-f', 'f32le', '-']
  const bytes = execFileSync(ffmpeg, args, { maxBuffer: 1 << 28 })
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length))
}

/** Of 0.15 s of the recording: where in a clip that begins at `begin` they are heard, in samples, and how alike. */
function likeness(all: Float32Array, heard: Float32Array, from: number, begin: number) {
  const [first, count] = [Math.round(from * 48_000), 7_200]
  const place = first - Math.round(begin * 48_000)
  let best = { lag: 0, snr: Number.NEGATIVE_INFINITY }
  for (let lag = -1200; lag <= 1200; lag += 1) {
    let [signal, noise] = [0, 0]
    for (let i = 0; i < count; i += 1) {
      signal += all[first + i]! ** 2
      noise += (all[first + i]! - heard[place + lag + i]!) ** 2
    }
    const snr = 10 * Math.log10(signal / noise)
    if (snr > best.snr) best = { lag, snr }
  }
  return best
}

/** As an analysis leaves it. */
async function addRecording({ library }: Engine, file: string): Promise<void> {
  const recording = await fingerprint(file)
  const media = await probe(runner, await checkSource(file))
  library.recordings.save(recording, Date.now())
  library.recordings.saveMedia(recording.fingerprint, media)
  library.recordings.setDuration(recording.fingerprint, secondsFromTicks(media.duration ?? 0))
  library.sessions.regroup(Date.now())
}

async function open(folder: string, { files }: SplitRecording, order: readonly [number, number] = [0, 1]) {
  const engine = await openEngine({
    dataDir: path.join(folder, 'data'),
    host: createNodeHostServices(),
    logger: pino({ level: 'silent' }),
  })
  for (const i of order) await addRecording(engine, files[i]!)
  const [first, second] = files.map((file) => engine.library.recordings.byPath(file)!)
  return { engine, first: first!, second: second! }
}

async function render(engine: Engine, clip: number, out: string, kind: RenderKind = 'landscape') {
  const options = { outputFolder: out, renderKinds: [kind] }
  const [job] = await engine.api.exports.render({ clipIds: [clip], options, priority: 0 }, undefined)
  engine.queue.start()
  const state = () => engine.library.jobs.get(job!.id)
  await vi.waitUntil(() => ['done', 'failed'].includes(state()?.state ?? ''), { timeout: 90_000, interval: 50 })
  expect(state()).toMatchObject({ state: 'done' })
  const made = engine.library.renders.list(clip).at(-1)!
  expect(made.verified).toBe(true)
  // Nothing but the clip and its document is left.
  expect(readdirSync(out).filter((name) => name.includes('partial'))).toEqual([])
  return made
}

/** When it turns white, in seconds, at `rate` pictures a second. */
async function flashesOf(file: string, width: number, height: number, rate = FPS): Promise<number[]> {
  const clip = await showClip(file, width, height)
  const white = clip.pictures.map(
    (_, n) => clip.colour(n, 0.1, 0.5) === 'white' && clip.colour(n, 0.6, 0.45) === 'white',
  )
  return white.flatMap((is, n) => (is && !white[n - 1] ? [n / rate] : []))
}

describe.each([
  { container: 'mp4', bFrames: 2, codec: 'h264' },
  { container: 'mp4', bFrames: 0, codec: 'h264' },
  { container: 'mkv', bFrames: 2, codec: 'h264' },
  { container: 'mp4', bFrames: 2, codec: 'hevc' },
] as const)('$codec in $container, $bFrames B-frames', (kind) => {
  test('shows and sounds as if the recording had never been split', async () => {
    const folder = tempFolder('clutchcut-across')
    const split = await splitRecording(folder, kind)
    const { engine, first, second } = await open(folder, split)
    try {
      expect(first.sessionId).toBe(second.sessionId)
      const { id } = await engine.api.clips.create({ recordingId: first.id, start: s(3.3), end: s(6) }, undefined)
      const edit = { kind: 'add-part', recording: second.fingerprint, start: 0, end: s(2.6) } as const
      engine.api.clipEdits.edit({ id, edit })
      const made = await render(engine, id, path.join(folder, 'out'))
      expect(made).toMatchObject({ cut: 'smart', note: expect.stringContaining('2026-11-22 20-00-06') as string })
      expect(secondsFromTicks(made.start)).toBeCloseTo(3.3, 1)
      expect(secondsFromTicks(made.end)).toBeCloseTo(8.6, 1)

      const [clip, whole] = [pictureHashes(made.path), pictureHashes(split.whole)]
      expect(clip).toHaveLength(159)
      const same = clip.map((hash, n) => hash === whole[99 + n])
      // From the keyframe at 4 s to beyond the one at 8 s every picture is the recorder's own, over the border at 6 s.
      expect(same.slice(21, 141)).not.toContain(false)

      const flashes = await flashesOf(made.path, 320, 180)
      const expected = [4, 5, 6, 7, 8].map((at) => at - 3.3)
      expect(flashes.map((at) => Math.round(at * 1000))).toEqual(expected.map((at) => Math.round(at * 1000)))
      for (const options of [[], ['-ignore_editlist', '1']]) {
        const beeps = await beepsOf(made.path, options)
        expect(beeps).toHaveLength(5)
        const late = options.length === 0 ? 0 : beeps[0]! - 0.05 - expected[0]!
        for (const [i, beep] of beeps.entries()) expect(Math.abs(beep - 0.05 - late - expected[i]!)).toBeLessThan(0.01)
      }
      // Sample for sample, at the border too: what differs is what the encoder takes away.
      const [heard, all] = [samples(made.path), samples(split.whole)]
      const found = [4.95, 5.95, 6.95].map((from) => likeness(all, heard, from, 3.3))
      const [before, at, behind] = found.map(({ lag }) => lag)
      expect(Math.abs(at! - before!)).toBeLessThanOrEqual(1)
      expect(Math.abs(behind! - at!)).toBeLessThanOrEqual(1)
      for (const { snr } of found) expect(snr).toBeGreaterThan(20)
    } finally {
      await engine.close()
    }
  }, 120_000)
})

test('edited and upright it is encoded, in sync on both sides', async () => {
  const folder = tempFolder('clutchcut-across')
  const split = await splitRecording(folder, { container: 'mp4', bFrames: 2 })
  const { engine, first, second } = await open(folder, split, [1, 0])
  try {
    const { id } = await engine.api.clips.create({ recordingId: second.id, start: 0, end: s(2) }, undefined)
    const before = { kind: 'add-part', recording: first.fingerprint, start: s(4), end: s(6), to: 0 } as const
    engine.api.clipEdits.edit({ id, edit: before })
    engine.api.clipEdits.edit({ id, edit: { kind: 'speed', speed: 2 } })
    const made = await render(engine, id, path.join(folder, 'out'))
    expect(made.cut).toBe('encode')
    const fast = await flashesOf(made.path, 320, 180)
    expect(fast.map((at) => Math.round(at * 10))).toEqual([0, 5, 10, 15])
    const beeps = await beepsOf(made.path)
    for (const [i, beep] of beeps.entries()) expect(Math.abs(beep - 0.025 - i / 2)).toBeLessThan(0.025)

    engine.api.clipEdits.undo({ id })
    const upright = await render(engine, id, path.join(folder, 'out'), 'vertical')
    expect(upright.kind).toBe('vertical')
    // What was made before is taken again, though what it was made from is gone; times are the clip's recording's.
    expect((await render(engine, id, path.join(folder, 'out'), 'vertical')).path).toBe(upright.path)
    const document = JSON.parse(readFileSync(sidecarPath(upright.path), 'utf8')) as unknown
    expect(sidecarSchema.parse(document)).toMatchObject({
      clip: { edits: engine.library.clipEdits.state(id)!.edits },
    })
    expect([made.start, upright.start].map((at) => Math.round(secondsFromTicks(at)))).toEqual([-2, -2])
    const sound = await beepsOf(upright.path)
    expect(sound).toHaveLength(4)
    for (const [i, beep] of sound.entries()) expect(Math.abs(beep - 0.05 - i)).toBeLessThan(0.03)
  } finally {
    await engine.close()
  }
}, 180_000)

test('a montage shows all of it, and copies it over the border', async () => {
  const folder = tempFolder('clutchcut-across')
  const split = await splitRecording(folder, { container: 'mp4', bFrames: 2 })
  const { engine, first, second } = await open(folder, split)
  try {
    const { id } = await engine.api.clips.create({ recordingId: first.id, start: s(3.3), end: s(6) }, undefined)
    engine.api.clipEdits.edit({
      id,
      edit: { kind: 'add-part', recording: second.fingerprint, start: 0, end: s(2.6) },
    })
    const other = await engine.api.clips.create({ recordingId: second.id, start: s(2.6), end: s(4.6) }, undefined)
    const out = path.join(folder, 'out')
    const make = async (): Promise<MontageFile> => {
      const montage = montageSchema.parse({ clips: [{ clipId: id }, { clipId: other.id }] })
      const spec = { kind: 'montage', path: first.path, montage, outputFolder: out } as const
      const outcome = await runSpec(engine, spec, new AbortController().signal)
      if (outcome.kind !== 'montage') throw new Error(JSON.stringify(outcome))
      // Nothing of what was joined is left.
      expect(readdirSync(out).every((name) => !name.startsWith('.'))).toBe(true)
      return outcome.files[0]!
    }
    const made = await make()
    expect(made.notes.join()).toMatch(/It goes on in “2026-11-22 20-00-06\.mp4”/)
    expect(made.seconds).toBeCloseTo(7.3, 1)
    // As if it were 7.3 s of what was never split.
    const expected = [4, 5, 6, 7, 8, 9, 10].map((at) => Math.round((at - 3.3) * 1000))
    const flashes = await flashesOf(made.path, 320, 180)
    expect(flashes.map((at) => Math.round(at * 1000))).toEqual(expected)
    const beeps = await beepsOf(made.path)
    expect(beeps).toHaveLength(expected.length)
    for (const [i, beep] of beeps.entries()) expect(Math.abs(beep - 0.05 - expected[i]! / 1000)).toBeLessThan(0.015)
    const [shown, whole] = [pictureHashes(made.path), pictureHashes(split.whole)]
    // From the keyframe at 4 s to the one at 8 s nothing was encoded.
    expect(shown.slice(21, 141).filter((hash, n) => hash !== whole[120 + n])).toEqual([])

    renameSync(split.files[0], `${split.files[0]}.away`)
    await expect(make()).rejects.toThrow(/There is no file/)
  } finally {
    await engine.close()
  }
}, 60_000)

test('a file that is not there any more costs only its part, and the clip says so', async () => {
  const folder = tempFolder('clutchcut-across')
  const split = await splitRecording(folder, { container: 'mp4', bFrames: 0 })
  const { engine, first, second } = await open(folder, split)
  try {
    const { id } = await engine.api.clips.create({ recordingId: first.id, start: s(4), end: s(6) }, undefined)
    engine.api.clipEdits.edit({
      id,
      edit: { kind: 'add-part', recording: second.fingerprint, start: 0, end: s(1) },
    })
    renameSync(split.files[1], `${split.files[1]}.away`)
    const made = await render(engine, id, path.join(folder, 'out'))
    expect(made.note).toMatch(/shows only what its own recording holds: There is no file/)
    expect(secondsFromTicks(made.end)).toBeCloseTo(6, 1)
    const far = { kind: 'add-part', recording: 'ab'.repeat(32), start: 0, end: s(1) } as const
    expect(() => engine.api.clipEdits.edit({ id, edit: far })).toThrow(/just before or just after/)
    const long = { kind: 'add-part', recording: second.fingerprint, start: 0, end: s(60) } as const
    expect(() => engine.api.clipEdits.edit({ id, edit: long })).toThrow(/ends behind its recording/)
  } finally {
    await engine.close()
  }
}, 120_000)
