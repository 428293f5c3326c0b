import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { MessageChannel, type MessagePort } from 'node:worker_threads'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import type { ContractRouterClient } from '@orpc/contract'
import { RPCHandler } from '@orpc/server/message-port'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { createNodeHostServices } from '../../src-main/adapters/host/node-host-services.ts'
import { openLibrary } from '../../src-main/adapters/library/open-library.ts'
import { createLogger } from '../../src-main/adapters/logging/create-logger.ts'
import { router } from '../../src-main/api/router.ts'
import { openEngine, type Engine } from '../../src-main/engine.ts'
import { decoderSettings } from '../../src-main/stages/select/decoder-settings.ts'
import type { EngineEvent } from '../../src-shared/contract/events.ts'
import type { Job } from '../../src-shared/contract/job.ts'
import { receivedError } from '../../src-shared/contract/received-error.ts'
import type { Contract } from '../../src-shared/contract/router.ts'
import { TICKS_PER_SECOND as S } from '../../src-shared/domain/time.ts'
import { makeMedia } from '../helpers/make-media.ts'
import { tempFolder } from '../helpers/temp-folder.ts'

const root = tempFolder('clutchcut-application')
const dataDir = path.join(root, 'data')
const bin = path.join(root, 'bin')
const out = path.join(root, 'out')
let engine: Engine
let port: MessagePort
let client: ContractRouterClient<Contract>
let file: string
let recordingId: number
const seen: EngineEvent[] = []
const leave = new AbortController()

const ended = async (id: number): Promise<Job> => {
  await vi.waitUntil(() => !/queued|running/.test(engine.library.jobs.get(id)?.state ?? ''), {
    timeout: 60_000,
    interval: 50,
  })
  return client.jobs.get({ id })
}

beforeAll(async () => {
  const { promise, resolve } = Promise.withResolvers<void>()
  file = await makeMedia(root, {
    container: 'mkv',
    seconds: 40,
    video: { width: 320, height: 180, gop: 30 },
    audio: [{ source: "aevalsrc='0.02*random(0)+0.7*sin(880*t)*between(t,18,21)':d=40:s=48000" }],
  })
  writeFileSync(`${file.slice(0, -4)}.markers.csv`, 'time,label\n0:20,ace\n')
  engine = await openEngine({
    dataDir,
    host: createNodeHostServices({ env: { ...process.env, XDG_DATA_HOME: bin } }),
    hostKind: 'browser',
    logger: await createLogger({ dataDir }),
  })
  const { port1, port2 } = new MessageChannel()
  new RPCHandler(router).upgrade(port1, { context: engine.api })
  port1.start()
  client = createORPCClient(new RPCLink({ port: port2 }))
  port2.start()
  port = port2
  void (async () => {
    for await (const event of await client.events({}, { signal: leave.signal })) {
      seen.push(event)
      if (event.kind === 'listening') resolve()
    }
  })().catch(() => {})
  await promise
  engine.queue.start()
  const job = await client.jobs.add({ spec: { kind: 'analyze', path: file, device: 'cpu', top: 2 } })
  expect(await ended(job.id)).toMatchObject({ state: 'done', about: { title: expect.any(String) as string } })
  recordingId = (await client.recordings.list({})).items[0]!.id
}, 120_000)
afterAll(async () => {
  leave.abort()
  port.close()
  await engine.close()
})

test('a job that is done is a notice, with what came of it', () => {
  const notices = seen.flatMap((event) => (event.kind === 'notice' ? [event.notice] : []))
  expect(notices).toMatchObject([{ kind: 'analyze', outcome: 'done', recordingId, failure: null }])
  expect(notices[0]!.clips).toBeGreaterThan(0)
  const seqs = seen.map(({ seq }) => seq)
  expect(seqs).toEqual(seqs.toSorted((a, b) => a - b))
})

describe('the timeline', () => {
  test('has the score and each signal, the loud moment where it is', async () => {
    const curves = await client.recordings.curves({ id: recordingId, from: 0, to: 40 * S, points: 40 })
    expect(curves.step).toBe(S)
    expect(curves.score.high).toHaveLength(40)
    const best = curves.score.high.indexOf(Math.max(...curves.score.high.map((value) => value ?? 0)))
    expect(best).toBeGreaterThanOrEqual(16)
    expect(best).toBeLessThanOrEqual(23)
    const loudness = curves.curves.find(({ signal }) => signal === 'audio.rms')!
    expect(loudness).toMatchObject({ name: 'Loudness', group: 'sound', unit: 'dB' })
    expect(loudness.high[19]! - loudness.high[5]!).toBeGreaterThan(10)
    expect(curves.curves.some(({ group }) => group === 'markers')).toBe(true)
    expect(curves.threshold).toBe(decoderSettings.threshold)
    const one = await client.recordings.curves({
      ...{ id: recordingId, from: 18 * S, to: 21 * S, points: 4000, signals: ['audio.rms'], as: 'unusual' },
    })
    expect(one.curves.map(({ signal, high }) => [signal, high.length])).toEqual([['audio.rms', 6]])
  })

  test('has the markers of the analysis', async () => {
    const { markers } = await client.recordings.markers({ id: recordingId })
    expect(markers).toMatchObject([{ start: 20 * S, label: 'ace' }])
  })

  test('takes captions, which search then finds, and forgets them', async () => {
    const captions = path.join(root, 'captions.srt')
    writeFileSync(
      captions,
      '1\n00:00:18,000 --> 00:00:20,000\nwhat a flickshot\n\n2\n00:00:30,000 --> 00:00:31,000\nbye\n',
    )
    expect(await client.recordings.importCaptions({ id: recordingId, path: captions })).toMatchObject({ lines: 2 })
    const { lines } = await client.recordings.transcript({ id: recordingId, from: 10 * S, to: 25 * S })
    expect(lines).toEqual([{ start: 18 * S, end: 20 * S, text: 'what a flickshot' }])
    expect(await client.recordings.search({ text: 'flickshot' })).toMatchObject([{ recordingId }])
    expect(await client.recordings.forgetCaptions({ id: recordingId })).toEqual({ count: 2 })
    expect(await client.recordings.search({ text: 'flickshot' })).toEqual([])
    const none = client.recordings.importCaptions({ id: recordingId, path: path.join(root, 'none.srt') })
    await expect(none.catch(receivedError)).resolves.toMatchObject({ code: 'input/not-found' })
  })

  test('shows what another sensitivity would take, as an analysis then does', async () => {
    const usual = await client.detection.preview({ recordingId, sensitivity: 0.5 })
    expect(usual.threshold).toBe(decoderSettings.threshold)
    const strict = await client.detection.preview({ recordingId, sensitivity: 0 })
    expect(strict.threshold).toBeCloseTo(4 * decoderSettings.threshold)
    const readily = await client.detection.preview({ recordingId, sensitivity: 1 })
    const taken = (preview: typeof usual): number => preview.segments.filter(({ selected }) => selected).length
    expect(taken(strict)).toBeLessThanOrEqual(taken(usual))
    expect(taken(usual)).toBeLessThanOrEqual(taken(readily))
    await client.settings.change({ sensitivity: 1 })
    const { id } = await client.jobs.add({ spec: { kind: 'analyze', path: file, device: 'cpu' } })
    expect(await ended(id)).toMatchObject({ state: 'done' })
    await client.settings.change({ sensitivity: 0.5 })
    const { segments } = await client.recordings.get({ id: recordingId })
    expect(segments.map(({ selected }) => selected)).toEqual(readily.segments.map(({ selected }) => selected))
  })
})

describe('clips and exports', () => {
  let clipId: number
  test('a clip that a person made is kept, once', async () => {
    const clip = await client.clips.create({ recordingId, start: 2 * S, end: 6 * S, title: 'Mine' })
    expect(clip).toMatchObject({ state: 'kept', title: 'Mine', score: 0 })
    clipId = clip.id
    expect((await client.clips.create({ recordingId, start: 2 * S, end: 6 * S })).id).toBe(clipId)
    const beyond = client.clips.create({ recordingId, start: 90 * S, end: 95 * S })
    await expect(beyond.catch(receivedError)).resolves.toMatchObject({ code: 'usage' })
    await expect(client.clips.updateMany({ ids: [clipId, 9999], change: { favourite: true } })).rejects.toMatchObject({
      code: 'library/not-found',
    })
    expect((await client.clips.get({ id: clipId })).favourite).toBe(false)
    expect(await client.clips.updateMany({ ids: [clipId], change: { favourite: true } })).toMatchObject([
      { favourite: true },
    ])
  })

  test('renders given clips without an analysis, and does not render them twice', async () => {
    const captions = path.join(root, 'said.srt')
    writeFileSync(captions, '1\n00:00:03,000 --> 00:00:05,000\nnice one\n')
    await client.recordings.importCaptions({ id: recordingId, path: captions })
    const look = { cut: 'encode' as const, captions: { burnIn: false, subtitles: ['srt' as const] } }
    const request = { clipIds: [clipId], options: { outputFolder: out, ...look } }
    const [job, ...others] = await client.exports.render(request)
    expect(others).toEqual([])
    expect(job).toMatchObject({ spec: { kind: 'render', clipIds: [clipId], path: file, cut: 'encode' } })
    expect(await ended(job!.id)).toMatchObject({ state: 'done', produced: { clips: 1, renders: 1 } })
    const list = await client.exports.list({ recordingId })
    expect(list).toMatchObject({ total: 1, items: [{ clipId, file: 'present', title: 'Mine' }] })
    const srt = readdirSync(out).find((name) => name.endsWith('.srt'))!
    expect(readFileSync(path.join(out, srt), 'utf8')).toMatch(/00:00:01,000 --> 00:00:03,000\nnice one/)
    const made = readdirSync(out).length
    const [again] = await client.exports.render(request)
    expect(await ended(again!.id)).toMatchObject({ state: 'done' })
    expect(readdirSync(out)).toHaveLength(made)
  }, 60_000)

  test('says what a job did, without folders', async () => {
    const [newest] = await client.jobs.list({})
    const { lines } = await client.jobs.log({ id: newest!.id })
    expect(lines.some(({ text }) => text.includes('stage begins'))).toBe(true)
    expect(JSON.stringify(lines)).not.toContain(root)
  })

  test('says so of a file that was changed, or went', async () => {
    const [{ path: made } = { path: '' }] = (await client.exports.list({})).items
    renameSync(made, `${made}.away`)
    expect((await client.exports.list({})).items).toMatchObject([{ file: 'missing' }])
    writeFileSync(made, 'something else')
    const [render] = (await client.exports.list({})).items
    expect(render).toMatchObject({ file: 'changed' })
    const [refused] = await client.exports.trash({ ids: [render!.id] })
    expect(refused?.problem).toMatch(/not the file/)
    rmSync(made)
    renameSync(`${made}.away`, made)
    expect((await client.exports.list({})).items).toMatchObject([{ file: 'present' }])
  })

  test('hands clips to an editor, beside what is there', async () => {
    const folder = path.join(root, 'edit')
    const first = await client.exports.handOff({ clipIds: [clipId], format: 'fcpxml', folder, name: 'a/b' })
    expect(path.basename(first.path)).toBe('a-b.fcpxml')
    expect(readFileSync(first.path, 'utf8')).toContain('Mine')
    const second = await client.exports.handOff({ clipIds: [clipId], format: 'fcpxml', folder, name: 'a/b' })
    expect(path.basename(second.path)).toBe('a-b (2).fcpxml')
  })

  test.skipIf(process.platform !== 'linux')('puts a render into the bin, with its sidecar', async () => {
    const [{ id, path: made } = { id: 0, path: '' }] = (await client.exports.list({})).items
    expect(await client.exports.trash({ ids: [id, 9999] })).toEqual([
      { id, problem: null },
      { id: 9999, problem: expect.stringContaining('9999') as string },
    ])
    expect(existsSync(made)).toBe(false)
    expect(readdirSync(path.join(bin, 'Trash', 'files'))).toHaveLength(3)
    expect(readdirSync(out)).toEqual([])
    expect((await client.exports.list({})).total).toBe(0)
  })
})

describe('the library in several processes', () => {
  test('what another process changes is noticed', async () => {
    const before = seen.length
    const other = openLibrary(dataDir)
    other.clips.update((await client.clips.list({})).items[0]!.id, { title: 'by hand' })
    other.settings.change({ clipsPerHour: 7 })
    const job = other.jobs.enqueue({ ...engine.library.jobs.list()[0]!.spec, path: '/elsewhere.mkv' }, Date.now(), {
      reservedFor: { pid: process.pid, startedAt: 'x', bootId: 'y' },
    })
    const kinds = () => seen.slice(before).map(({ kind }) => kind)
    await expect.poll(kinds).toEqual(expect.arrayContaining(['library-changed', 'settings-changed']))
    await expect
      .poll(() => seen.slice(before).some((event) => event.kind === 'job-changed' && event.job.id === job.id))
      .toBe(true)
    other.close()
  })

  test('who comes back is told what was missed', async () => {
    const last = seen.at(-1)!
    await client.recordings.rename({ id: recordingId, title: 'Ranked' })
    const stream = await client.events({ after: { run: last.run, seq: last.seq } })
    const first = await stream.next()
    expect(first.value).toMatchObject({ kind: 'listening', seq: last.seq })
    expect((await stream.next()).value).toMatchObject({ kind: 'recording-changed', recordingId })
    await stream.return?.()
    const other = await client.events({ after: { run: 'another start', seq: 3 } })
    expect((await other.next()).value).toMatchObject({ kind: 'missed' })
    await other.return?.()
  })
})

describe('the machine', () => {
  test('is told of as it is', async () => {
    const info = await client.app.info()
    expect(info).toMatchObject({ host: 'browser', dataFolder: dataDir, ffmpeg: { found: true } })
    expect(info.capabilities).toMatchObject({ trash: true, nativeDialogs: false, tray: false })
    expect((await client.setup.demo()).path).toMatch(/openarena-match\.mp4$/)
    expect((await client.models.list()).map(({ id }) => id)).toContain('signals')
    expect((await client.presets.list()).map(({ id }) => id)).toContain('vertical')
    expect((await client.platforms.list()).length).toBeGreaterThan(0)
    expect((await client.privacy.report()).every(({ to }) => to === null)).toBe(true)
    expect(Array.isArray(await client.setup.suggestions())).toBe(true)
  })

  test('says what takes room, and makes some', async () => {
    const before = await client.storage.report()
    const features = before.parts.find(({ what }) => what === 'features')!
    expect(features).toMatchObject({ files: 1, cleaning: 'again' })
    expect(features.bytes).toBeGreaterThan(1000)
    expect(await client.storage.clean({ what: ['features', 'stills'] })).toMatchObject({
      files: 1,
      freedBytes: features.bytes,
    })
    const curves = client.recordings.curves({ id: recordingId, from: 0, to: S, points: 2 })
    await expect(curves.catch(receivedError)).resolves.toMatchObject({ code: 'features/unusable' })
  })

  test('refuses keys that would do two things', async () => {
    const shortcuts = { 'review.keep': ['K'], 'review.next': ['k'] }
    await expect(client.settings.change({ shortcuts }).catch(receivedError)).resolves.toMatchObject({ code: 'usage' })
    expect((await client.settings.change({ shortcuts: { 'review.keep': ['K'] } })).shortcuts).toEqual({
      'review.keep': ['K'],
    })
  })
})

describe('recordings', () => {
  test('are found by words, dates and numbers', async () => {
    const total = async (query: object): Promise<number> => (await client.recordings.list(query)).total
    expect(await total({ text: 'ranked' })).toBe(1)
    expect(await total({ text: 'ranked 100%' })).toBe(0)
    expect(await total({ ids: [recordingId] })).toBe(1)
    expect(await total({ ids: [] })).toBe(0)
    expect(await total({ from: new Date(Date.now() - 3600_000).toISOString() })).toBe(1)
    expect(await total({ to: new Date(Date.now() - 3600_000).toISOString() })).toBe(0)
  })

  test('that moved are noticed, found again, and no other file is taken for them', async () => {
    const moved = `${file}.moved.mkv`
    renameSync(file, moved)
    await client.recordings.get({ id: recordingId })
    const wrong = client.recordings.relink({ id: recordingId, path: path.join(root, 'captions.srt') })
    await expect(wrong.catch(receivedError)).resolves.toMatchObject({ code: 'input/not-media' })
    expect(await client.recordings.relink({ id: recordingId, path: moved })).toMatchObject({ path: moved })
  })

  test.skipIf(process.platform !== 'linux')('go into the bin, and out of the library', async () => {
    const { path: lies } = (await client.recordings.get({ id: recordingId })).recording
    expect(await client.recordings.trash({ ids: [recordingId] })).toEqual([{ id: recordingId, problem: null }])
    expect(existsSync(lies)).toBe(false)
    expect((await client.recordings.get({ id: recordingId })).recording.state).toBe('missing')
    expect(await client.recordings.remove({ ids: [recordingId] })).toEqual([{ id: recordingId, problem: null }])
    await expect(client.recordings.get({ id: recordingId })).rejects.toMatchObject({ code: 'library/not-found' })
    expect((await client.jobs.clearFinished()).count).toBeGreaterThan(2)
  })
})
