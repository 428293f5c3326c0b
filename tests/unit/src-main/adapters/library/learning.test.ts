import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openLibrary, type Library } from '../../../../../src-main/adapters/library/open-library.ts'
import { learn } from '../../../../../src-main/stages/learn/learn.ts'
import type { Evidence } from '../../../../../src-shared/contract/evidence.ts'
import type { Segment } from '../../../../../src-shared/contract/segment.ts'
import { clipOfSegment } from '../../../../../src-shared/domain/clip.ts'
import { fakeFingerprint } from '../../../../helpers/fill-library.ts'
import { tempFolder } from '../../../../helpers/temp-folder.ts'

const folder = tempFolder('clutchcut-learning')
const fingerprint = fakeFingerprint('a')
const model = { id: 'highlights', version: '1.0.0' }
let library: Library
let count = 0

beforeEach(() => {
  library = openLibrary(join(folder, String(count++)))
  library.recordings.save({ fingerprint, path: '/v/a.mkv', size: 1, mtimeMs: 1 }, 1, { game: 'OpenArena' })
  library.recordings.setDuration(fingerprint, 60)
})
afterEach(() => library.close())

const evidence = (voice: number): Evidence => ({
  ...{ version: 1, base: -1, game: 0, voice, picture: 0, chat: 0, markers: 0, length: 0 },
})
const segment = (start: number, change: Partial<Segment> = {}): Segment => ({
  ...{ start, end: start + 20, peak: start + 10, score: 0.5, selected: true },
  reasons: [{ signal: 'audio.rms', weight: 1, text: 'Loud moment' }],
  evidence: evidence(start / 1000),
  ...change,
})

/** What a run of the pipeline leaves behind; the ids of its clips. */
function analyse(segments: readonly Segment[], by = model, now = 10): number[] {
  library.segments.replace(fingerprint, by, segments, now)
  library.learning.refile(fingerprint, by, segments)
  const found = segments.map((one) => clipOfSegment(fingerprint, one, null))
  return library.clips.saveFound(fingerprint, found, now).map(({ id }) => id)
}
const decided = (by = model) => library.learning.decisions(by).decided

describe('decisions', () => {
  test('keep and discard are remembered with what was known of the moment', () => {
    const [a, b] = analyse([segment(100), segment(200)])
    library.clips.update(a!, { state: 'kept' }, 20)
    library.clips.update(b!, { state: 'rejected' }, 21)
    const span = { start: 100, end: 120 }
    expect(decided()).toEqual([
      { recording: fingerprint, verdict: 'keep', evidence: evidence(0.1), found: span, offered: span, chosen: span },
      expect.objectContaining({ verdict: 'discard', evidence: evidence(0.2) }),
    ])
    expect(library.connection.raw.prepare('SELECT game, decided_at FROM decisions').all()).toEqual([
      { game: 'OpenArena', decided_at: 20 },
      { game: 'OpenArena', decided_at: 21 },
    ])
  })

  test('a change of mind replaces, the same again changes nothing, taking it back forgets', () => {
    const [id] = analyse([segment(100)])
    library.clips.update(id!, { state: 'kept' }, 20)
    const { digest } = library.learning.decisions(model)
    library.clips.update(id!, { state: 'kept' }, 30)
    expect(library.learning.decisions(model).digest).toBe(digest)
    expect(library.connection.raw.prepare('SELECT decided_at FROM decisions').pluck().all()).toEqual([20])
    library.clips.update(id!, { state: 'rejected' }, 40)
    expect(decided().map(({ verdict }) => verdict)).toEqual(['discard'])
    expect(library.learning.decisions(model).digest).not.toBe(digest)
    library.clips.update(id!, { state: 'candidate' }, 50)
    expect(library.learning.total()).toBe(0)
  })

  test('a trim is remembered by itself, and is gone when the clip is as it was offered', () => {
    const [id] = analyse([segment(100)])
    library.clips.update(id!, { start: 90 }, 20)
    library.clips.update(id!, { end: 115 }, 21)
    expect(decided()).toMatchObject([
      { verdict: null, offered: { start: 100, end: 120 }, chosen: { start: 90, end: 115 } },
    ])
    library.clips.update(id!, { state: 'kept' }, 22)
    expect(decided()).toMatchObject([{ verdict: 'keep', chosen: { start: 90, end: 115 } }])
    library.clips.update(id!, { state: 'candidate', start: 100, end: 120 }, 23)
    expect(library.learning.total()).toBe(0)
  })

  test('a trim that is none is refused, and nothing is remembered', () => {
    const [id] = analyse([segment(100)])
    for (const change of [{ start: 120 }, { end: 90 }, { start: -1 }, { end: 61 * 705_600_000 }]) {
      expect(() => library.clips.update(id!, change)).toThrow(expect.objectContaining({ code: 'usage' }))
    }
    expect(library.learning.total()).toBe(0)
    expect(library.clips.get(id!)).toMatchObject({ start: 100, end: 120 })
  })

  test('titles, tags, favourites, removed clips and removed recordings are no decisions', () => {
    const [a, b] = analyse([segment(100), segment(200)])
    library.clips.update(a!, { title: 'x', tags: ['y'], favourite: true })
    expect(library.learning.total()).toBe(0)
    library.clips.update(b!, { state: 'rejected' })
    library.clips.remove([a!, b!])
    library.recordings.remove([library.recordings.byFingerprint(fingerprint)!.id])
    // What was said of a clip outlives it.
    expect(decided().map(({ verdict }) => verdict)).toEqual(['discard'])
  })

  test('nothing is remembered while learning is off', () => {
    const [a, b] = analyse([segment(100), segment(200)])
    library.clips.update(a!, { state: 'kept' })
    library.settings.change({ learning: false })
    library.clips.update(a!, { state: 'rejected' })
    library.clips.update(b!, { state: 'rejected' })
    expect(decided().map(({ verdict }) => verdict)).toEqual(['keep'])
    expect(library.clips.get(b!)?.state).toBe('rejected')
  })

  test('only the latest five thousand are kept', () => {
    const [id] = analyse([segment(100)])
    const add = library.connection.raw.prepare(
      `INSERT INTO decisions (fingerprint, origin_start, origin_end, peak_ticks, verdict, offered_start, offered_end,
        start_ticks, end_ticks, found_start, found_end, decided_at) VALUES (?, ?, ?, 0, 'keep', 0, 1, 0, 1, 0, 1, ?)`,
    )
    library.connection.raw.transaction(() => {
      for (let i = 0; i < 5000; i++) add.run(fakeFingerprint('b'), i, i + 1, i)
    })()
    library.clips.update(id!, { state: 'kept' }, 9999)
    expect(library.learning.total()).toBe(5000)
    expect(decided()).toHaveLength(1)
    expect(library.connection.raw.prepare('SELECT min(decided_at) FROM decisions').pluck().get()).toBe(1)
  })
})

describe('another model', () => {
  const next = { id: 'highlights', version: '2.0.0' }

  test('starts with nothing; decisions wait until it has looked at their recordings', () => {
    const [id] = analyse([segment(100)])
    library.clips.update(id!, { state: 'kept' })
    expect(library.learning.decisions(next)).toMatchObject({ decided: [], waiting: 1 })
    // Found a little aside, and surer.
    const seen = segment(104, { evidence: { ...evidence(0.1), base: 2 } })
    analyse([seen], next, 30)
    expect(library.learning.decisions(model)).toMatchObject({ decided: [], waiting: 1 })
    expect(decided(next)).toMatchObject([
      { verdict: 'keep', evidence: { base: 2 }, found: { start: 104, end: 124 }, chosen: { start: 100, end: 120 } },
    ])
  })

  test('that sees no moment there leaves the decision waiting', () => {
    const [id] = analyse([segment(100)])
    library.clips.update(id!, { state: 'kept' })
    analyse([segment(500)], next, 30)
    expect(library.learning.decisions(next)).toMatchObject({ decided: [], waiting: 1 })
  })

  test('finds one moment twice: the later word holds', () => {
    const [id] = analyse([segment(100)])
    library.clips.update(id!, { state: 'kept' }, 20)
    const [again] = analyse([segment(104)], next, 30)
    expect(again).not.toBe(id)
    library.clips.update(again!, { state: 'rejected' }, 40)
    expect(decided(next).map(({ verdict }) => verdict)).toEqual(['discard'])
  })

  test('a moment of which nothing is known waits', () => {
    const { evidence: _, ...unknown } = segment(100)
    const [id] = analyse([unknown])
    library.clips.update(id!, { state: 'kept' })
    expect(library.learning.decisions(model)).toMatchObject({ decided: [], waiting: 1 })
    analyse([segment(100)], model, 30)
    expect(decided()).toHaveLength(1)
  })
})

describe('what was learned', () => {
  test('is kept for exactly these decisions, and forgotten with them', () => {
    const [id] = analyse([segment(100)])
    library.clips.update(id!, { state: 'kept' })
    const { decided: decisions, digest } = library.learning.decisions(model)
    const learned = learn(model, decisions)
    library.learning.keep(learned, digest, 1)
    expect(library.learning.learned(model, digest)).toEqual(learned)
    expect(library.learning.learned(model, 'other')).toBeUndefined()
    expect(library.learning.learned({ ...model, version: '2.0.0' }, digest)).toBeUndefined()
    library.connection.raw.exec(`UPDATE calibrations SET learned = '{"of":"another program"}'`)
    expect(library.learning.learned(model, digest)).toBeUndefined()
    library.learning.keep(learned, digest, 2)
    library.learning.forget()
    expect(library.learning.learned(model, digest)).toBeUndefined()
    expect(library.learning.total()).toBe(0)
    expect(library.clips.get(id!)?.state).toBe('kept')
  })
})

describe('learned padding', () => {
  const padded = segment(95, { end: 125, peak: 110, found: { start: 100, end: 120 } })

  test('gives a clip another span, and it stays the clip it was', () => {
    const [id] = analyse([segment(100)])
    expect(analyse([padded], model, 20)).toEqual([id])
    expect(library.clips.get(id!)).toMatchObject({ start: 95, end: 125 })
    expect(library.segments.list(1)).toMatchObject([{ start: 95, end: 125, found: { start: 100, end: 120 } }])
    // And back.
    expect(analyse([segment(100)], model, 30)).toEqual([id])
    expect(library.clips.get(id!)).toMatchObject({ start: 100, end: 120 })
  })

  test('does not move what somebody decided about, and is measured from what was found', () => {
    const [id] = analyse([padded])
    library.clips.update(id!, { state: 'kept' })
    expect(decided()).toMatchObject([
      { found: { start: 100, end: 120 }, offered: { start: 95, end: 125 }, chosen: { start: 95, end: 125 } },
    ])
    expect(analyse([segment(100)], model, 20)).toEqual([id])
    expect(library.clips.get(id!)).toMatchObject({ start: 95, end: 125 })
  })
})
