import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clipEditSchema, type ClipEdit } from '../../../../../src-shared/contract/clip-edit.ts'
import { clipEditsSchema } from '../../../../../src-shared/contract/edits.ts'
import { ClutchcutError } from '../../../../../src-shared/contract/errors.ts'
import { applyEdit } from '../../../../../src-shared/domain/edits/apply-edit.ts'
import { uneditedClip } from '../../../../../src-shared/domain/edits/edited-clip.ts'
import { foldEdits, type LogEntry } from '../../../../../src-shared/domain/edits/fold-edits.ts'
import { ticksFromSeconds } from '../../../../../src-shared/domain/time.ts'

const s = ticksFromSeconds
const original = { start: s(100), end: s(130) }
const context = { original, duration: s(600) }
const start = uneditedClip(original)

const ticks = (from: number, to: number) => fc.integer({ min: s(from), max: s(to) })
const aSpan = (from: number, to: number) =>
  fc
    .tuple(ticks(from, to), ticks(from, to))
    .filter(([a, b]) => a !== b)
    .map(([a, b]) => ({ start: Math.min(a, b), end: Math.max(a, b) }))
const index = fc.nat(5)
const share = fc.double({ min: 0, max: 1, noNaN: true })
const text = fc
  .tuple(aSpan(90, 140), share, share)
  .map(([span, x, y]) => ({ ...span, text: 'gg', x, y, size: 0.05, colour: '#ffffff', outline: true }))
const key = fc.record({ at: ticks(90, 140), scale: fc.double({ min: 1, max: 8, noNaN: true }), x: share, y: share })

/** Any edit, also those that cannot be done to the clip at hand. */
const anEdit: fc.Arbitrary<ClipEdit> = fc.oneof(
  aSpan(80, 150).map((span) => ({ kind: 'trim' as const, ...span })),
  ticks(0.001, 60).map((at) => ({ kind: 'split' as const, at })),
  aSpan(0, 40).map((span) => ({ kind: 'cut' as const, ...span })),
  fc.record({ kind: fc.constant('move-part' as const), part: index, to: index }),
  fc.record({ kind: fc.constant('join' as const), part: index }),
  aSpan(0, 700).map((span) => ({ kind: 'add-part' as const, ...span })),
  fc
    .tuple(
      fc.integer({ min: 25, max: 400 }).map((n) => n / 100),
      fc.option(aSpan(0, 40), { nil: undefined }),
    )
    .map(([speed, span]) => ({ kind: 'speed' as const, speed, ...(span && { span }) })),
  fc.array(key, { maxLength: 5 }).map((keys) => ({ kind: 'zoom' as const, keys })),
  text.map((value) => ({ kind: 'text-add' as const, text: value })),
  fc.tuple(index, text).map(([at, value]) => ({ kind: 'text-change' as const, index: at, text: value })),
  index.map((at) => ({ kind: 'text-remove' as const, index: at })),
  fc.record({
    kind: fc.constant('track' as const),
    track: index,
    gainDb: fc.integer({ min: -60, max: 24 }),
    muted: fc.boolean(),
  }),
  fc
    .tuple(aSpan(90, 140), fc.constantFrom('tone' as const, 'silence' as const, null))
    .map(([span, sound]) => ({ kind: 'bleep' as const, ...span, with: sound })),
  ticks(0, 3).map((fadeIn) => ({ kind: 'sound' as const, fadeIn, duckMusic: false })),
  fc.constant({ kind: 'reset' as const }),
)
const edit = anEdit.map((of): LogEntry => ({ kind: 'edit', edit: of }))
const anEntry = fc.oneof(
  { arbitrary: edit, weight: 4 },
  { arbitrary: fc.constantFrom<LogEntry>({ kind: 'undo' }, { kind: 'redo' }), weight: 2 },
)
const aLog = fc.array(anEntry, { maxLength: 30 })

const fold = (entries: readonly LogEntry[]) => foldEdits(start, entries, context)

describe('a log of edits', () => {
  it('is nothing but the clip at first', () => {
    expect(fold([])).toEqual({ edits: start, canUndo: false, canRedo: false })
    expect(fold([{ kind: 'undo' }, { kind: 'redo' }]).edits).toEqual(start)
  })

  it('takes back and brings back, and forgets what was undone before a new edit', () => {
    const trim: LogEntry = { kind: 'edit', edit: { kind: 'trim', start: s(105), end: s(120) } }
    const faster: LogEntry = { kind: 'edit', edit: { kind: 'speed', speed: 2 } }
    const trimmed = fold([trim])
    expect(trimmed.edits.parts).toEqual([{ start: s(105), end: s(120), speed: 1 }])
    expect(fold([trim, faster, { kind: 'undo' }])).toEqual({ ...trimmed, canRedo: true })
    expect(fold([trim, { kind: 'undo' }, faster])).toMatchObject({ canUndo: true, canRedo: false })
    expect(fold([trim, { kind: 'undo' }, faster, { kind: 'redo' }])).toEqual(fold([faster]))
  })

  it('comes to a valid value, whatever is in it, and the same one each time', () => {
    fc.assert(
      fc.property(aLog, (entries) => {
        const folded = fold(entries)
        expect(clipEditsSchema.safeParse(folded.edits).error).toBeUndefined()
        expect(fold(structuredClone(entries))).toEqual(folded)
      }),
      { numRuns: 300 },
    )
  })

  it('survives being cut off anywhere', () => {
    fc.assert(
      fc.property(aLog, fc.nat(30), (entries, length) => {
        expect(() => fold(entries.slice(0, length))).not.toThrow()
      }),
    )
  })

  it('gives back what was before an edit that is undone, and what was after it when it is redone', () => {
    fc.assert(
      fc.property(aLog, edit, (entries, entry) => {
        const before = fold(entries)
        const log = [...entries, entry]
        const after = fold(log)
        const isDone = !(applyEdit(before.edits, (entry as { edit: ClipEdit }).edit, context) instanceof ClutchcutError)
        if (!isDone) {
          expect(after).toEqual(before)
          return
        }
        expect(fold([...log, { kind: 'undo' }]).edits).toEqual(before.edits)
        expect(fold([...log, { kind: 'undo' }, { kind: 'redo' }])).toEqual(after)
      }),
      { numRuns: 300 },
    )
  })

  it('goes all the way back and forth', () => {
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 15 }), (entries) => {
        const undos = entries.map((): LogEntry => ({ kind: 'undo' }))
        const redos = entries.map((): LogEntry => ({ kind: 'redo' }))
        const all = fold(entries)
        expect(fold([...entries, ...undos])).toMatchObject({ edits: start, canUndo: false })
        expect(fold([...entries, ...undos, ...redos])).toEqual(all)
      }),
    )
  })

  it('never changes the values it was given', () => {
    fc.assert(
      fc.property(aLog, (entries) => {
        const before = structuredClone(start)
        fold(entries)
        expect(start).toEqual(before)
      }),
      { numRuns: 30 },
    )
  })
})

it('every edit that is made here is one of the contract', () => {
  fc.assert(
    fc.property(anEdit, (of) => clipEditSchema.safeParse(of).success),
    { numRuns: 300 },
  )
})
