import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { NewClip } from '../../../../../src-shared/domain/clip.ts'
import { openLibrary, type Library } from '../../../../../src-main/adapters/library/open-library.ts'
import { cleanTags, titleFromPath } from '../../../../../src-main/adapters/library/recordings.ts'
import { storedClipSchema } from '../../../../../src-shared/contract/clip.ts'
import { recordingSummarySchema } from '../../../../../src-shared/contract/recording.ts'
import { defaultSettings } from '../../../../../src-shared/contract/settings.ts'
import { TICKS_PER_SECOND } from '../../../../../src-shared/domain/time.ts'
import { fakeFingerprint, fillLibrary } from '../../../../helpers/fill-library.ts'
import { makeMedia } from '../../../../helpers/make-media-info.ts'
import { tempFolder } from '../../../../helpers/temp-folder.ts'

const folder = tempFolder('clutchcut-repositories')
let library: Library
let count = 0
beforeEach(() => {
  library = openLibrary(join(folder, String(count++)))
})
afterEach(() => library.close())

const fingerprint = fakeFingerprint('one')
const save = (path = '/v/one.mkv', print = fingerprint) =>
  library.recordings.save({ fingerprint: print, path, size: 10, mtimeMs: 1.25 }, 5000)
const found = (start: number, change: Partial<NewClip> = {}): NewClip => ({
  recording: fingerprint,
  ...{
    start,
    end: start + 10,
    peak: start + 5,
    score: 0.5,
    title: `at ${start}`,
    state: 'kept',
    favourite: false,
    tags: [],
  },
  reasons: [{ signal: 'motion', weight: 1, text: 'Fast motion' }],
  ...change,
})

describe('recordings', () => {
  test('the same bytes are the same recording, wherever they lie', () => {
    const first = save('/v/one.mkv')
    library.recordings.rename(first.id, { title: 'Mine', game: 'Apex' })
    const moved = save('/w/renamed.mkv')
    expect(moved).toMatchObject({ id: first.id, path: '/w/renamed.mkv', title: 'Mine', game: 'Apex' })
    expect(library.recordings.idOfPath('/w/renamed.mkv')).toBe(first.id)
    expect(library.recordings.idOfPath('/v/one.mkv')).toBeUndefined()
    expect(recordingSummarySchema.parse(moved)).toEqual(moved)
  })

  test('other bytes at the same path are another one, and the newer is told', () => {
    const first = save('/v/one.mkv')
    const second = save('/v/one.mkv', fakeFingerprint('two'))
    expect(second.id).not.toBe(first.id)
    expect(library.recordings.byPath('/v/one.mkv')?.id).toBe(second.id)
  })

  test('what the probe found', () => {
    save()
    const media = makeMedia({ duration: 90 * TICKS_PER_SECOND, recordedAt: '2026-11-22T20:15:30Z' })
    library.recordings.saveMedia(fingerprint, media)
    const saved = library.recordings.byFingerprint(fingerprint)
    expect(saved).toMatchObject({ durationSeconds: 90, media, recordedAt: '2026-11-22T20:15:30.000Z' })
    library.recordings.saveMedia(fingerprint, makeMedia({ duration: null, recordedAt: null }))
    expect(library.recordings.byFingerprint(fingerprint)).toMatchObject({
      durationSeconds: null,
      recordedAt: saved?.recordedAt,
    })
  })

  test("the date of a file's name is this computer's", () => {
    const saved = save('/v/2026-11-22 20-15-30.mkv')
    expect(saved.recordedAt).toBe(new Date(2026, 10, 22, 20, 15, 30).toISOString())
  })

  test('a missing one that is seen again is what it was', () => {
    const { id } = save()
    library.recordings.setState(fingerprint, 'missing')
    expect(save().state).toBe('new')
    const segment = {
      start: 0,
      end: 2,
      peak: 1,
      score: 1,
      selected: true,
      reasons: [{ signal: 'a', weight: 1, text: 'b' }],
    }
    library.segments.replace(fingerprint, { id: 'm', version: '1.0.0' }, [segment], 1)
    library.recordings.setState(fingerprint, 'missing')
    expect(save().state).toBe('analysed')
    library.recordings.remove([id])
    expect([library.recordings.get(id), library.segments.list(id)]).toEqual([undefined, []])
  })

  test('lists by every order and filter', () => {
    fillLibrary(library, { recordings: 24, clipsEach: 2, linesEach: 0 })
    const all = library.recordings.list({ limit: 500 })
    expect(all.total).toBe(24)
    const ids = (query: Parameters<typeof library.recordings.list>[0]) =>
      library.recordings.list(query).items.map(({ id }) => id)
    expect(ids({ order: 'oldest' })).toEqual(ids({ order: 'newest' }).toReversed())
    const names = library.recordings.list({ order: 'name' }).items.map(({ title }) => title.toLowerCase())
    expect(names).toEqual(names.toSorted())
    expect(ids({ limit: 5, offset: 5 })).toEqual(ids({}).slice(5, 10))
    const by = (test: (item: (typeof all.items)[number]) => boolean) => all.items.filter(test).map(({ id }) => id)
    expect(ids({ state: 'new' })).toEqual(by(({ state }) => state === 'new'))
    const { game } = all.items[0]!
    expect(ids({ game: game! })).toEqual(by((item) => item.game === game))
    const { sessionId } = all.items[0]!
    expect(ids({ sessionId: sessionId! })).toEqual(by((item) => item.sessionId === sessionId))
    const [tag] = all.items.flatMap(({ tags }) => tags)
    expect(ids({ tag: tag!.toUpperCase() })).toEqual(by(({ tags }) => tags.includes(tag!)))
    save()
    expect(ids({ hasClips: false })).toEqual([25])
    expect(library.recordings.list({ hasClips: true }).total).toBe(24)
    expect(library.recordings.games().reduce((sum, row) => sum + row.recordings, 0)).toBe(24)
  })

  test.each([
    ['/v/My match.2.mkv', 'My match.2'],
    ['C:\\v\\match.mp4', 'match'],
    ['/v/.hidden', '.hidden'],
    ['/v/no ending', 'no ending'],
  ])('%s is called %s', (path, title) => {
    expect(titleFromPath(path)).toBe(title)
  })

  test('tags are trimmed, each once, bounded', () => {
    expect(cleanTags(['  a  b ', 'A B', '', ' ', 'x'.repeat(100), '😂'.repeat(61)])).toEqual([
      'a b',
      'x'.repeat(60),
      '😂'.repeat(60),
    ])
    expect(cleanTags(Array.from({ length: 50 }, (_, i) => String(i)))).toHaveLength(30)
    const { id } = save()
    library.recordings.setTags(id, ['😂'.repeat(61), 'b', 'B'])
    expect(library.recordings.get(id)?.tags).toHaveLength(2)
  })
})

describe('clips', () => {
  test('finding the same again changes nothing', () => {
    save()
    const first = library.clips.saveFound(fingerprint, [found(0), found(100)], 1)
    expect(first.map((clip) => storedClipSchema.parse(clip))).toEqual(first)
    expect(library.clips.saveFound(fingerprint, [found(100), found(0)], 2)).toEqual(first.toReversed())
  })

  test('what a person decided stays; what is new in a finding is taken', () => {
    save()
    const [a, b] = library.clips.saveFound(fingerprint, [found(0), found(100, { state: 'candidate' })], 1)
    library.clips.update(a!.id, { state: 'rejected', title: 'Mine', start: 2, tags: ['x'] }, 2)
    const [again, other] = library.clips.saveFound(fingerprint, [found(0, { score: 0.9 }), found(100)], 3)
    expect(again).toMatchObject({ id: a!.id, state: 'rejected', title: 'Mine', start: 2, score: 0.9, tags: ['x'] })
    expect(other).toMatchObject({ id: b!.id, state: 'kept' })
  })

  test('what is not found again goes, unless somebody wants it or a file was made of it', () => {
    save()
    const [decided, favourite, rendered] = library.clips.saveFound(
      fingerprint,
      [0, 100, 200, 300].map((at) => found(at)),
      1,
    )
    library.clips.update(decided!.id, { state: 'kept' })
    library.clips.update(favourite!.id, { favourite: true })
    const span = { start: 200, end: 210, cut: 'copy', kind: 'landscape', verified: false } as const
    library.renders.save(rendered!.id, { path: '/o/x.mp4', ...span, planHash: 'h', size: 1, mtimeMs: 1 })
    library.clips.saveFound(fingerprint, [found(400)], 2)
    expect(library.clips.list({ order: 'time' }).items.map(({ start }) => start)).toEqual([0, 100, 200, 400])
  })

  test('lists by every order and filter', () => {
    fillLibrary(library, { recordings: 9, clipsEach: 6, linesEach: 0 })
    const { items: all, total } = library.clips.list({ limit: 500 })
    expect([all.length, total]).toEqual([54, 54])
    const scores = all.map(({ score }) => score)
    expect(scores).toEqual(scores.toSorted((a, b) => b - a))
    const ids = (query: Parameters<typeof library.clips.list>[0]) =>
      library.clips.list({ limit: 500, ...query }).items.map(({ id }) => id)
    const by = (test: (item: (typeof all)[number]) => boolean) => all.filter(test).map(({ id }) => id)
    expect(ids({ state: 'kept' })).toEqual(by(({ state }) => state === 'kept'))
    expect(ids({ favourite: true })).toEqual(by(({ favourite }) => favourite))
    expect(ids({ favourite: false, state: 'candidate' })).toEqual(by((c) => !c.favourite && c.state === 'candidate'))
    expect(ids({ tag: 'ace' })).toEqual(by(({ tags }) => tags.includes('ace')))
    expect(ids({ limit: 7, offset: 7 })).toEqual(ids({}).slice(7, 14))
    const { items: ofOne } = library.clips.list({ recordingId: 4, order: 'time' })
    expect(ofOne.map(({ start }) => start)).toEqual(ofOne.map(({ start }) => start).toSorted((a, b) => a - b))
    expect(ofOne).toHaveLength(6)
    expect(library.clips.tags().length).toBeGreaterThan(1)
    expect(library.clips.update(999, { favourite: true, tags: ['x'] })).toBeUndefined()
  })

  test('a recording the library does not have', () => {
    expect(() => library.clips.saveFound(fingerprint, [found(0)], 1)).toThrow(
      expect.objectContaining({ code: 'library/not-found' }),
    )
  })

  test('the database itself refuses what makes no sense', () => {
    save()
    for (const clip of [
      found(10, { end: 10 }),
      found(-5),
      found(0, { score: 2 }),
      found(0, { state: 'maybe' as 'kept' }),
    ]) {
      expect(() => library.clips.add(clip, 1)).toThrow()
    }
    expect(library.clips.list().total).toBe(0)
  })
})

test('renders are known again by path, size and time', () => {
  save()
  const [clip] = library.clips.saveFound(fingerprint, [found(0)], 1)
  const render = {
    path: '/o/x.mp4',
    kind: 'landscape',
    start: 0,
    end: 10,
    cut: 'copy',
    verified: false,
    planHash: 'h',
    size: 5,
    mtimeMs: 10_000.5,
  } as const
  library.renders.save(clip!.id, render)
  library.renders.save(clip!.id, { ...render, planHash: 'i' })
  expect(library.renders.list(clip!.id)).toEqual([{ ...render, planHash: 'i' }])
  expect(library.renders.isOurs('/o/x.mp4', { size: 5, mtimeMs: 12_000 })).toBe(true)
  expect(library.renders.isOurs('/o/x.mp4', { size: 6, mtimeMs: 10_000 })).toBe(false)
  expect(library.renders.isOurs('/o/x.mp4', { size: 5, mtimeMs: 20_000 })).toBe(false)
  expect(library.renders.isOurs('/o/y.mp4', { size: 5, mtimeMs: 10_000 })).toBe(false)
  library.renders.forget('/o/x.mp4')
  expect(library.renders.byPath('/o/x.mp4')).toBeUndefined()
})

test('segments are kept per model; the latest is told', () => {
  const { id } = save()
  const reasons = [{ signal: 'a', weight: 1, text: 'b' }]
  const segment = (start: number) => ({ start, end: start + 2, peak: start + 1, score: 0.5, selected: true, reasons })
  library.segments.replace(fingerprint, { id: 'm', version: '1.0.0' }, [segment(5), segment(0)], 1)
  library.segments.replace(fingerprint, { id: 'm', version: '2.0.0' }, [segment(7)], 2)
  expect(library.segments.list(id)).toEqual([segment(7)])
  expect(library.segments.list(id, { id: 'm', version: '1.0.0' })).toEqual([segment(5), segment(0)])
  library.segments.replace(fingerprint, { id: 'm', version: '1.0.0' }, [], 3)
  expect(library.segments.latestModel(id)).toEqual({ id: 'm', version: '2.0.0' })
})

describe('sessions', () => {
  const hour = (n: number) => save(`/v/2026-11-22 ${n}-00-00.mkv`, fakeFingerprint(`hour ${n}`))
  const lengthen = (n: number) => library.recordings.setDuration(fakeFingerprint(`hour ${n}`), 3600)

  test('keep their id and title while they grow; a recording that fills a gap joins two', () => {
    for (const n of [10, 11, 13]) {
      hour(n)
      lengthen(n)
    }
    expect(library.sessions.regroup(1)).toBe(3)
    expect(library.sessions.regroup(1)).toBe(0)
    const [second, first] = library.sessions.list().items
    expect([first?.recordings, second?.recordings]).toEqual([2, 1])
    expect(first).toMatchObject({
      durationSeconds: 7200,
      clips: 0,
      startedAt: new Date(2026, 10, 22, 10).toISOString(),
    })
    library.sessions.rename(first!.id, 'Saturday')
    hour(12)
    lengthen(12)
    expect(library.sessions.regroup(1)).toBe(2)
    expect(library.sessions.list().items.map(({ id, title, recordings }) => [id, title, recordings])).toEqual([
      [first!.id, 'Saturday', 4],
    ])
    library.recordings.remove(library.recordings.list().items.map(({ id }) => id))
    library.sessions.regroup(1)
    expect(library.sessions.list()).toEqual({ items: [], total: 0 })
  })
})

describe('settings', () => {
  test('start as the defaults, and change one by one', () => {
    expect(library.settings.get()).toEqual(defaultSettings)
    expect(library.settings.change({ clipsPerHour: 8 })).toEqual({ ...defaultSettings, clipsPerHour: 8 })
    expect(library.settings.change({ device: 'cpu' })).toEqual({ ...defaultSettings, clipsPerHour: 8, device: 'cpu' })
    expect(library.settings.change({ outputFolder: '/o' }).outputFolder).toBe('/o')
    expect(library.settings.change({ outputFolder: null }).outputFolder).toBeNull()
  })

  test('what does not fit is refused, and what another version wrote does no harm', () => {
    expect(() => library.settings.change({ clipsPerHour: -1 })).toThrow()
    expect(() => library.settings.change({ unknown: 1 } as object)).toThrow()
    library.connection.raw.exec(
      `INSERT INTO settings VALUES ('clipsPerHour', '"many"', 1), ('fromTheFuture', '[]', 1), ('toString', '1', 1)`,
    )
    expect(library.settings.get()).toEqual(defaultSettings)
  })
})

describe('small tables', () => {
  const owner = { pid: 1, startedAt: 's', bootId: 'b' }

  test('children', () => {
    const child = { pid: 7, startedAt: 't', bootId: 'b' }
    library.processes.record(child, owner, 'ffmpeg')
    library.processes.record(child, owner, 'ffmpeg again')
    expect(library.processes.list()).toEqual([{ child, owner, what: 'ffmpeg again' }])
    library.processes.remove(7)
    expect(library.processes.list()).toEqual([])
  })

  test('half-written files', () => {
    library.tempFiles.record('/o/.x', owner, 4)
    library.tempFiles.record('/o/.y', owner, null)
    library.tempFiles.remove('/o/.x')
    expect(library.tempFiles.list()).toEqual([{ path: '/o/.y', owner, jobId: null }])
  })

  test('features: the least recently used go first, what is in use stays', () => {
    const file = (n: number) => ({
      fingerprint: fakeFingerprint(String(n)),
      version: 1,
      file: `${n}.ccf`,
      bytes: 100,
      lastUsedAt: n,
    })
    for (const n of [1, 2, 3, 4]) library.features.save(file(n))
    library.features.touch(file(1).fingerprint, 1, 9)
    expect(library.features.totalBytes()).toBe(400)
    expect(library.features.evict(400)).toEqual([])
    expect(library.features.evict(200, file(2).fingerprint).map((f) => f.file)).toEqual(['3.ccf', '4.ccf'])
    expect(library.features.list().map((f) => f.file)).toEqual(['2.ccf', '1.ccf'])
    expect(library.features.get(file(1).fingerprint, 1)).toEqual({ ...file(1), lastUsedAt: 9 })
    expect(() => library.features.save({ ...file(5), file: '../escape' })).toThrow()
  })

  test('verdicts and models', () => {
    const verdict = { provider: 'cpu', status: 'ok', milliseconds: 1, maxError: 0, reason: null, checkedAt: 5 } as const
    library.deviceVerdicts.set('k', verdict)
    expect([library.deviceVerdicts.get('k'), library.deviceVerdicts.get('other')]).toEqual([verdict, undefined])
    library.deviceVerdicts.clear()
    expect(library.deviceVerdicts.get('k')).toBeUndefined()
    const model = { id: 'm', version: '1.0.0', path: '/m', sha256: 'a'.repeat(64), bytes: 1, installedAt: 1 }
    library.models.save(model)
    library.models.save({ ...model, bytes: 2 })
    expect(library.models.list()).toEqual([{ ...model, bytes: 2 }])
    expect(library.models.get('m', '1.0.0')?.bytes).toBe(2)
    library.models.remove('m', '1.0.0')
    expect(library.models.list()).toEqual([])
  })

  test('transcripts', () => {
    const { id } = save()
    const lines = [
      { start: 5, end: 6, text: 'two' },
      { start: 0, end: 1, text: 'one' },
    ]
    library.transcripts.replace(fingerprint, lines)
    expect(library.transcripts.list(id)).toEqual(lines.toReversed())
  })
})
