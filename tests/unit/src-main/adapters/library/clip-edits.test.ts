import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { editStateSchema } from '../../../../../src-shared/contract/clip-edit.ts'
import { openLibrary, type Library } from '../../../../../src-main/adapters/library/open-library.ts'
import { uneditedClip } from '../../../../../src-shared/domain/edits/edited-clip.ts'
import { ticksFromSeconds as s } from '../../../../../src-shared/domain/time.ts'
import { ownClip } from '../../../../../src-shared/domain/clip.ts'
import { makeMedia } from '../../../../helpers/make-media-info.ts'
import { fakeFingerprint } from '../../../../helpers/fill-library.ts'
import { tempFolder } from '../../../../helpers/temp-folder.ts'

const folder = tempFolder('clutchcut-clip-edits')
const fingerprint = fakeFingerprint('one')
let library: Library
let id: number
let count = 0
beforeEach(() => {
  library = openLibrary(join(folder, String(count++)))
  library.recordings.save({ fingerprint, path: '/v/one.mkv', size: 10, mtimeMs: 1.25 }, 5000)
  library.recordings.setDuration(fingerprint, 60)
  const span = { start: s(10), end: s(30), peak: s(20) }
  const about = { score: 0.5, reasons: [], title: 'x', state: 'candidate' as const, favourite: false, tags: [] }
  id = library.clips.saveFound(fingerprint, [{ recording: fingerprint, ...span, ...about }], 1)[0]!.id
})
afterEach(() => library.close())

const spanOf = (clip: number) => {
  const { start, end } = library.clips.get(clip)!
  return { start, end }
}
const part = (from: number, to: number, speed = 1) => ({ start: s(from), end: s(to), speed })
const rows = () =>
  library.connection.raw
    .prepare('SELECT revision, kind FROM clip_edits WHERE clip_id = ? ORDER BY revision')
    .raw()
    .all(id)

/** As many edits as that, which make the clip twice as fast and back again. */
const fill = (entries: number) => {
  library.clipEdits.edit(id, { kind: 'speed', speed: 2 })
  const add = library.connection.raw.prepare('INSERT INTO clip_edits VALUES (?, ?, ?, ?, 1)')
  library.connection.raw.transaction(() => {
    for (let i = 1; i < entries; i++) add.run(id, i + 1, 'edit', `{"kind":"speed","speed":${2 - (i % 2)}}`)
  })()
}

describe('a clip', () => {
  test('that nobody edited is one part, its span', () => {
    const state = library.clipEdits.state(id)!
    expect(editStateSchema.parse(state)).toEqual(state)
    expect(state).toEqual({ edits: uneditedClip(spanOf(id)), revision: 0, canUndo: false, canRedo: false })
    expect(rows()).toEqual([])
    expect(library.clipEdits.state(999)).toBeUndefined()
    expect(library.clipEdits.edit(999, { kind: 'reset' })).toBeUndefined()
  })

  test('has its span follow its edits, back and forth', () => {
    library.clipEdits.edit(id, { kind: 'trim', start: s(12), end: s(25) })
    expect(spanOf(id)).toEqual({ start: s(12), end: s(25) })
    library.clipEdits.edit(id, { kind: 'cut', start: 0, end: s(3) })
    expect(spanOf(id)).toEqual({ start: s(15), end: s(25) })
    expect(library.clipEdits.undo(id)).toMatchObject({ revision: 3, canUndo: true, canRedo: true })
    expect(spanOf(id)).toEqual({ start: s(12), end: s(25) })
    library.clipEdits.undo(id)
    expect(spanOf(id)).toEqual({ start: s(10), end: s(30) })
    library.clipEdits.redo(id)
    expect(spanOf(id)).toEqual({ start: s(12), end: s(25) })
    expect(library.clipEdits.edit(id, { kind: 'reset' })?.edits).toEqual(uneditedClip({ start: s(10), end: s(30) }))
  })

  test('that is edited is decided: no later run changes or removes it', () => {
    library.clipEdits.edit(id, { kind: 'speed', speed: 2 })
    library.clips.saveFound(fingerprint, [], 2)
    expect(library.clips.get(id)).toBeDefined()
  })

  test('takes a trim from its list as an edit', () => {
    library.clips.update(id, { start: s(12) })
    library.clips.update(id, { end: s(28), title: 'Mine' })
    expect(library.clipEdits.state(id)).toMatchObject({ revision: 2, edits: { parts: [part(12, 28)] } })
    library.clips.update(id, { start: s(12), end: s(28) })
    expect(rows()).toHaveLength(3)
    library.clipEdits.undo(id)
    expect(library.clips.get(id)).toMatchObject({ start: s(12), end: s(30), title: 'Mine' })
  })

  test('keeps its parts when the list trims it', () => {
    library.clipEdits.edit(id, { kind: 'cut', start: s(5), end: s(10) })
    library.clips.update(id, { start: s(17), end: s(29) })
    expect(library.clipEdits.state(id)?.edits.parts).toEqual([part(20, 29)])
    // The clip says what it holds, not what was asked for.
    expect(spanOf(id)).toEqual({ start: s(20), end: s(29) })
  })
})

describe('the log', () => {
  test('refuses what cannot be done, and writes down nothing of it', () => {
    const usage: unknown = expect.objectContaining({ code: 'usage' })
    expect(() => library.clipEdits.undo(id)).toThrow(usage)
    expect(() => library.clipEdits.redo(id)).toThrow(usage)
    expect(() => library.clipEdits.edit(id, { kind: 'trim', start: s(50), end: s(61) })).toThrow(usage)
    expect(() => library.clipEdits.edit(id, { kind: 'join', part: 0 })).toThrow(usage)
    expect(rows()).toEqual([])
    expect(library.clips.get(id)).toMatchObject({ start: s(10), end: s(30) })
  })

  test('does not write down what changes nothing', () => {
    expect(library.clipEdits.edit(id, { kind: 'speed', speed: 1 })?.revision).toBe(0)
    library.clipEdits.edit(id, { kind: 'speed', speed: 2 })
    expect(library.clipEdits.edit(id, { kind: 'speed', speed: 2 })?.revision).toBe(1)
  })

  test('tells who edits what somebody else changed meanwhile', () => {
    library.clipEdits.edit(id, { kind: 'speed', speed: 2 }, { expected: 0 })
    const conflict: unknown = expect.objectContaining({ code: 'edit/conflict', data: { id, expected: 0, revision: 1 } })
    expect(() => library.clipEdits.edit(id, { kind: 'speed', speed: 3 }, { expected: 0 })).toThrow(conflict)
    expect(() => library.clipEdits.undo(id, { expected: 0 })).toThrow(conflict)
    expect(library.clipEdits.undo(id, { expected: 1 })?.edits).toEqual(uneditedClip(spanOf(id)))
  })

  test('cannot be changed or shortened, and goes with its clip', () => {
    library.clipEdits.edit(id, { kind: 'speed', speed: 2 })
    const { raw } = library.connection
    expect(() => raw.exec(`UPDATE clip_edits SET value = '{}' WHERE kind = 'edit'`)).toThrow(/do not change/)
    expect(() => raw.exec(`DELETE FROM clip_edits`)).toThrow(/not removed/)
    expect(rows()).toHaveLength(2)
    library.recordings.remove([library.recordings.byFingerprint(fingerprint)!.id])
    expect(rows()).toEqual([])
  })

  test('begins anew when it has grown too long, and says what the clip is all the same', () => {
    fill(1999)
    library.clipEdits.edit(id, { kind: 'trim', start: s(11), end: s(29) })
    expect(rows()).toHaveLength(2001)
    const before = library.clipEdits.state(id)!
    const after = library.clipEdits.edit(id, { kind: 'speed', speed: 4 })!
    expect(rows()).toEqual([
      [before.revision + 1, 'begin'],
      [before.revision + 2, 'edit'],
    ])
    expect(after).toMatchObject({ edits: { parts: [part(11, 29, 4)] }, canUndo: true })
    expect(library.clipEdits.undo(id)?.edits).toEqual(before.edits)
    expect(library.clipEdits.edit(id, { kind: 'reset' })?.edits.parts).toEqual([part(10, 30)])
  })

  test('that is too long for one more undo still takes it back', () => {
    fill(2000)
    expect(library.clipEdits.undo(id)).toMatchObject({ edits: { parts: [part(10, 30, 2)] }, canUndo: false })
    expect(library.clipEdits.state(id)).toMatchObject({ edits: { parts: [part(10, 30, 2)] }, revision: 2001 })
  })

  test('with damaged entries still has a value, and takes more', () => {
    const add = library.connection.raw.prepare('INSERT INTO clip_edits VALUES (?, ?, ?, ?, 1)')
    add.run(id, 0, 'begin', '{}')
    add.run(id, 1, 'edit', '{"kind":"teleport"}')
    expect(library.clipEdits.state(id)).toMatchObject({ edits: { parts: [part(10, 30)] }, revision: 1 })
    expect(library.clipEdits.edit(id, { kind: 'speed', speed: 2 })).toMatchObject({ revision: 2 })
  })
})

describe('learning', () => {
  const chosen = () =>
    library.connection.raw.prepare('SELECT start_ticks, end_ticks FROM decisions').raw().all() as [number, number][]

  test('hears of trims, and forgets those that are taken back', () => {
    library.clipEdits.edit(id, { kind: 'trim', start: s(12), end: s(25) })
    expect(chosen()).toEqual([[s(12), s(25)]])
    library.clipEdits.undo(id)
    expect(chosen()).toEqual([])
    library.clipEdits.redo(id)
    expect(chosen()).toEqual([[s(12), s(25)]])
  })

  test('hears of a split clip that is one stretch, and not of spans from elsewhere', () => {
    library.clipEdits.edit(id, { kind: 'split', at: s(5) })
    library.clipEdits.edit(id, { kind: 'trim', start: s(9), end: s(30) })
    expect(chosen()).toEqual([[s(9), s(30)]])
    library.clipEdits.edit(id, { kind: 'add-part', start: s(50), end: s(55) })
    expect(chosen()).toEqual([[s(9), s(30)]])
    expect(spanOf(id)).toEqual({ start: s(9), end: s(55) })
  })
})

test('a clip is given back what a document says of it, once', () => {
  const edits = { ...uneditedClip(spanOf(id)), parts: [part(10, 20, 2), part(25, 30)] }
  library.clipEdits.restore(id, edits, 5)
  expect(library.clipEdits.state(id)).toEqual({ edits, revision: 0, canUndo: false, canRedo: false })
  library.clipEdits.restore(id, uneditedClip(spanOf(id)), 6)
  expect(library.clipEdits.state(id)?.edits).toEqual(edits)
  expect(library.clipEdits.edit(id, { kind: 'reset' })?.edits.parts).toEqual([part(10, 30)])
  expect(library.clipEdits.undo(id)?.edits).toEqual(edits)
})

describe('a moment at the end of its file', () => {
  const [first, second] = [fakeFingerprint('first'), fakeFingerprint('second')]
  const media = makeMedia({ duration: s(600) })
  const add = (fingerprint: string, minute: string, path = `/v/2026-11-22 20-${minute}-00.mkv`) => {
    library.recordings.save({ fingerprint, path, size: 10, mtimeMs: 1 }, 5000)
    library.recordings.saveMedia(fingerprint, media)
    library.recordings.setDuration(fingerprint, 600)
    library.sessions.regroup(1)
  }
  const find = (fingerprint: string, from: number, to: number, peak: number): number => {
    const about = { score: 0.5, reasons: [], title: 'x', state: 'candidate' as const, favourite: false, tags: [] }
    const span = { start: s(from), end: s(to), peak: s(peak) }
    return library.clips.saveFound(fingerprint, [{ recording: fingerprint, ...span, ...about }], 1)[0]!.id
  }
  const partsOf = (clip: number) => library.clipEdits.state(clip)!.edits.parts
  const across = [part(590, 600), { recording: second, ...part(0, 3) }]

  test.each(['the first first', 'the second first'])(
    'goes on in the next, whichever was analysed first: %s',
    (order) => {
      let clip = 0
      const steps = [
        () => {
          add(first, '00')
          clip = find(first, 590, 600, 599)
        },
        () => add(second, '10'),
      ]
      for (const step of order === 'the first first' ? steps : steps.toReversed()) step()
      expect(partsOf(clip)).toEqual(across)
      expect(partsOf(find(second, 0, 8, 1))).toEqual([{ recording: first, ...part(596, 600) }, part(0, 8)])
      // Where it lies in its own recording stays what it is.
      expect(spanOf(clip)).toEqual({ start: s(590), end: s(600) })
      expect(library.clipEdits.state(clip)).toMatchObject({ revision: 0, canUndo: false })
    },
  )

  test('keeps what it had when it was first edited, and gets it back', () => {
    add(first, '00')
    add(second, '10')
    const clip = find(first, 590, 600, 599)
    library.clipEdits.edit(clip, { kind: 'trim', start: s(592), end: s(600) })
    expect(partsOf(clip)).toEqual([part(592, 600), across[1]])
    expect(spanOf(clip)).toEqual({ start: s(592), end: s(600) })
    library.clipEdits.edit(clip, { kind: 'trim', start: s(592), end: s(599) })
    expect(partsOf(clip)).toEqual([part(592, 599)])
    library.clipEdits.edit(clip, { kind: 'reset' })
    expect(partsOf(clip)).toEqual(across)
  })

  test('stays within it where the next is of another stream, or recorded differently', () => {
    add(first, '00')
    const clip = find(first, 590, 600, 599)
    add(second, '12')
    expect(partsOf(clip)).toEqual([part(590, 600)])
    add(second, '10')
    expect(partsOf(clip)).toEqual(across)
    library.recordings.saveMedia(second, { ...media, audio: [] })
    expect(partsOf(clip)).toEqual([part(590, 600)])
  })

  test('is not what a person made: that is theirs', () => {
    add(first, '00')
    add(second, '10')
    const own = ownClip({ fingerprint: first, durationSeconds: 600 }, { start: s(590), end: s(600) })!
    const { id: clip } = library.clips.add({ ...own, peak: s(599) }, 1)
    expect(partsOf(clip)).toEqual([part(590, 600)])
    const add2 = { kind: 'add-part', recording: second, start: 0, end: s(3) } as const
    expect(library.clipEdits.edit(clip, add2)?.edits.parts).toEqual(across)
    expect(() => library.clipEdits.edit(clip, { ...add2, recording: fingerprint })).toThrow(/just before or just after/)
    expect(() => library.clipEdits.edit(clip, { ...add2, end: s(601) })).toThrow(/ends behind/)
    expect(library.clipEdits.undo(clip)?.edits.parts).toEqual([part(590, 600)])
  })
})
