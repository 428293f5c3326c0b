import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clipEditSchema, type ClipEdit } from '../../../../../src-shared/contract/clip-edit.ts'
import type { ClipEdits, ClipPart } from '../../../../../src-shared/contract/edits.ts'
import { ClutchcutError } from '../../../../../src-shared/contract/errors.ts'
import { clipLength, viewAt } from '../../../../../src-shared/domain/clip-timeline.ts'
import { applyEdit } from '../../../../../src-shared/domain/edits/apply-edit.ts'
import { mergeParts, spanOfParts, uneditedClip } from '../../../../../src-shared/domain/edits/edited-clip.ts'
import { ticksFromSeconds } from '../../../../../src-shared/domain/time.ts'

const s = ticksFromSeconds
const original = { start: s(10), end: s(30) }
const context = { original, duration: s(60) }
const start = uneditedClip(original)
const part = (from: number, to: number, speed = 1): ClipPart => ({ start: s(from), end: s(to), speed })
const of = (...parts: ClipPart[]): ClipEdits => ({ ...start, parts })

function done(edits: ClipEdits, edit: ClipEdit): ClipEdits {
  const result = applyEdit(edits, edit, context)
  if (result instanceof ClutchcutError) throw result
  return result
}

function refusal(edits: ClipEdits, edit: ClipEdit): string {
  const result = applyEdit(edits, edit, context)
  if (!(result instanceof ClutchcutError)) throw new Error('it was done')
  expect(result.code).toBe('usage')
  return result.message
}

describe('trim', () => {
  it('moves both ends of a clip of one part, inwards and outwards', () => {
    expect(done(start, { kind: 'trim', start: s(12), end: s(40) }).parts).toEqual([part(12, 40)])
    expect(done(start, { kind: 'trim', start: s(40), end: s(50) }).parts).toEqual([part(40, 50)])
    expect(done(of(part(10, 30, 2)), { kind: 'trim', start: s(5), end: s(20) }).parts).toEqual([part(5, 20, 2)])
  })

  it('cuts what leaves the span, and reaches on from the old ends only', () => {
    const edits = of(part(20, 24), part(10, 14, 2), part(27, 30))
    expect(done(edits, { kind: 'trim', start: s(12), end: s(25) }).parts).toEqual([part(20, 24), part(12, 14, 2)])
    expect(done(edits, { kind: 'trim', start: s(8), end: s(33) }).parts).toEqual([
      part(20, 24),
      part(8, 14, 2),
      part(27, 33),
    ])
  })

  it('is refused where nothing would be left, or outside the recording', () => {
    expect(refusal(of(part(10, 12), part(20, 22)), { kind: 'trim', start: s(13), end: s(19) })).toMatch(/Nothing/)
    expect(refusal(start, { kind: 'trim', start: s(50), end: s(61) })).toMatch(/inside its recording/)
  })

  it('keeps every part inside', () => {
    const aPart = fc
      .tuple(fc.integer({ min: 0, max: s(59) }), fc.integer({ min: 1, max: s(10) }))
      .map(([from, length]): ClipPart => ({ start: from, end: from + length, speed: 1 }))
    const parts = fc.array(aPart, { minLength: 1, maxLength: 6 })
    fc.assert(
      fc.property(parts, fc.nat(s(30)), fc.integer({ min: 1, max: s(30) }), (list, from, length) => {
        const span = { start: from, end: from + length }
        const result = applyEdit(of(...list), { kind: 'trim', ...span }, context)
        if (result instanceof ClutchcutError) return
        const now = spanOfParts(result.parts)
        expect(now.start).toBeGreaterThanOrEqual(span.start)
        expect(now.end).toBeLessThanOrEqual(span.end)
      }),
    )
  })
})

describe('parts of other recordings', () => {
  const other = { recording: 'ab'.repeat(32), ...part(0, 3) }
  const across = of(part(10, 30), other)

  it('are added, without a look at how long they are', () => {
    const edit = { kind: 'add-part', recording: other.recording, start: 0, end: s(90) } as const
    expect(done(start, edit).parts).toEqual([part(10, 30), { ...other, end: s(90) }])
  })

  it('stay where a trim leaves the end that they go on from, and go where it does not', () => {
    expect(done(across, { kind: 'trim', start: s(12), end: s(30) }).parts).toEqual([part(12, 30), other])
    expect(done(across, { kind: 'trim', start: s(10), end: s(29) }).parts).toEqual([part(10, 29)])
    const before = of(other, part(10, 30))
    expect(done(before, { kind: 'trim', start: s(11), end: s(30) }).parts).toEqual([part(11, 30)])
    expect(done(before, { kind: 'trim', start: s(10), end: s(29) }).parts).toEqual([other, part(10, 29)])
  })

  it('do not move the clip, are not joined with its own, and are not all of it', () => {
    expect(spanOfParts(across.parts)).toEqual(original)
    expect(mergeParts([part(1, 2), { ...other, start: s(2) }])).toHaveLength(2)
    expect(refusal(of(part(10, 30), { ...other, start: s(30), end: s(33) }), { kind: 'join', part: 0 })).toMatch(
      /follow/,
    )
    expect(refusal(across, { kind: 'cut', start: 0, end: s(20) })).toMatch(/its own recording has to stay/)
  })

  it('come back with a reset, where the clip had them from the beginning', () => {
    expect(applyEdit(start, { kind: 'reset' }, { ...context, unedited: across })).toEqual(across)
  })
})

describe('split, cut, speed', () => {
  it('split at the time of the clip, whatever the speed', () => {
    expect(done(of(part(10, 30, 2)), { kind: 'split', at: s(5) }).parts).toEqual([part(10, 20, 2), part(20, 30, 2)])
    expect(refusal(start, { kind: 'split', at: s(0.01) })).toMatch(/split/)
    expect(refusal(start, { kind: 'split', at: s(20) })).toMatch(/split/)
    expect(refusal(start, { kind: 'split', at: s(25) })).toMatch(/split/)
  })

  it('cut a span out over several parts', () => {
    const edits = of(part(10, 20), part(40, 50, 2))
    expect(done(edits, { kind: 'cut', start: s(8), end: s(12) }).parts).toEqual([part(10, 18), part(44, 50, 2)])
    expect(done(edits, { kind: 'cut', start: 0, end: s(10) }).parts).toEqual([part(40, 50, 2)])
    expect(refusal(edits, { kind: 'cut', start: 0, end: s(99) })).toMatch(/Nothing/)
    expect(refusal(edits, { kind: 'cut', start: s(50), end: s(99) })).toMatch(/0\.02 seconds/)
  })

  it('take a border that lies near instead of leaving a sliver', () => {
    const edits = of(part(10, 20), part(40, 50))
    expect(done(edits, { kind: 'cut', start: s(0.01), end: s(9.99) }).parts).toEqual([part(40, 50)])
  })

  it('change the speed of all, or of a span', () => {
    expect(done(start, { kind: 'speed', speed: 0.5 }).parts).toEqual([part(10, 30, 0.5)])
    expect(done(start, { kind: 'speed', speed: 4, span: { start: s(5), end: s(10) } }).parts).toEqual([
      part(10, 15),
      part(15, 20, 4),
      part(20, 30),
    ])
    expect(refusal(of(part(10, 10.03)), { kind: 'speed', speed: 4 })).toMatch(/0\.02 seconds/)
    const tiny = of({ start: 5, end: 15, speed: 1 })
    expect(done(tiny, { kind: 'speed', speed: 0.5 }).parts[0]?.speed).toBe(0.5)
  })

  it('lose nothing of the recording by splitting, and a tick of the clip at most', () => {
    const speeds = fc.integer({ min: 25, max: 400 }).map((n) => n / 100)
    fc.assert(
      fc.property(speeds, fc.integer({ min: 1, max: s(100) }), (speed, at) => {
        const edits = of({ ...original, speed })
        const result = applyEdit(edits, { kind: 'split', at }, context)
        if (result instanceof ClutchcutError) return
        expect(mergeParts(result.parts)).toEqual(edits.parts)
        expect(Math.abs(clipLength(result.parts) - clipLength(edits.parts))).toBeLessThanOrEqual(1)
        expect(done(result, { kind: 'join', part: 0 })).toEqual(edits)
      }),
    )
  })

  it('speeds come in hundredths', () => {
    for (const speed of [0.25, 0.29, 1.1, 3.99, 4]) {
      expect(clipEditSchema.safeParse({ kind: 'speed', speed }).success, String(speed)).toBe(true)
    }
    for (const speed of [0.2, 1.001, 4.01]) {
      expect(clipEditSchema.safeParse({ kind: 'speed', speed }).success, String(speed)).toBe(false)
    }
  })
})

describe('parts', () => {
  const edits = of(part(10, 20), part(20, 30), part(40, 50, 2))

  it('move, join and come from elsewhere', () => {
    expect(done(edits, { kind: 'move-part', part: 2, to: 0 }).parts).toEqual([
      part(40, 50, 2),
      part(10, 20),
      part(20, 30),
    ])
    expect(done(edits, { kind: 'join', part: 0 }).parts).toEqual([part(10, 30), part(40, 50, 2)])
    expect(done(start, { kind: 'add-part', start: s(50), end: s(55) }).parts).toEqual([part(10, 30), part(50, 55)])
    expect(done(start, { kind: 'add-part', start: s(50), end: s(55), to: 0 }).parts).toEqual([
      part(50, 55),
      part(10, 30),
    ])
  })

  it('are refused where they do not exist or do not touch', () => {
    expect(refusal(edits, { kind: 'join', part: 1 })).toMatch(/follow each other/)
    expect(refusal(edits, { kind: 'join', part: 2 })).toMatch(/last part/)
    expect(refusal(of(part(10, 20), part(20, 30, 2)), { kind: 'join', part: 0 })).toMatch(/same speed/)
    expect(refusal(edits, { kind: 'move-part', part: 0, to: 3 })).toMatch(/has 3/)
    expect(refusal(edits, { kind: 'add-part', start: s(50), end: s(61) })).toMatch(/inside its recording/)
    const many = of(...Array.from({ length: 200 }, () => part(10, 11)))
    expect(refusal(many, { kind: 'split', at: s(0.5) })).toMatch(/at most 200/)
  })
})

describe('zoom, texts and sound', () => {
  const text = { start: s(12), end: s(14), text: 'gg', x: 0.5, y: 0.8, size: 0.06, colour: '#ffffff', outline: true }

  it('keep the view inside the frame, at the keys and between them', () => {
    const key = fc.record({
      at: fc.nat(s(60)),
      scale: fc.double({ min: 1, max: 8, noNaN: true }),
      x: fc.double({ min: 0, max: 1, noNaN: true }),
      y: fc.double({ min: 0, max: 1, noNaN: true }),
    })
    fc.assert(
      fc.property(fc.array(key, { minLength: 1, maxLength: 6 }), fc.nat(s(60)), (keys, at) => {
        const { zoom } = done(start, { kind: 'zoom', keys })
        expect(zoom.map((one) => one.at)).toEqual([...new Set(zoom.map((one) => one.at))].toSorted((a, b) => a - b))
        const view = viewAt(zoom, at)!
        for (const middle of [view.x, view.y]) {
          expect(middle - 0.5 / view.scale).toBeGreaterThan(-1e-9)
          expect(middle + 0.5 / view.scale).toBeLessThan(1 + 1e-9)
        }
      }),
    )
  })

  it('add, change and remove texts', () => {
    const one = done(start, { kind: 'text-add', text })
    const changed = done(one, { kind: 'text-change', index: 0, text: { ...text, text: 'ggwp' } })
    expect(changed.texts).toEqual([{ ...text, text: 'ggwp' }])
    expect(done(changed, { kind: 'text-remove', index: 0 })).toEqual(start)
    expect(refusal(start, { kind: 'text-remove', index: 0 })).toMatch(/no such text/)
  })

  it('bleep a span once, and let part of it be heard again', () => {
    const bleep = (from: number, to: number, sound: 'tone' | 'silence' | null): ClipEdit => ({
      kind: 'bleep',
      ...{ start: s(from), end: s(to), with: sound },
    })
    const one = done(start, bleep(12, 16, 'tone'))
    const two = done(one, bleep(14, 18, 'silence'))
    expect(two.sound.bleeps).toEqual([
      { start: s(12), end: s(14), with: 'tone' },
      { start: s(14), end: s(18), with: 'silence' },
    ])
    expect(done(two, bleep(13, 17, null)).sound.bleeps).toEqual([
      { start: s(12), end: s(13), with: 'tone' },
      { start: s(17), end: s(18), with: 'silence' },
    ])
    expect(done(two, bleep(12, 18, null))).toEqual(start)
  })

  it('remember of a track only what differs', () => {
    const louder = done(start, { kind: 'track', track: 1, gainDb: 6, muted: false })
    expect(louder.sound.tracks).toEqual([{ track: 1, gainDb: 6, muted: false }])
    expect(done(louder, { kind: 'track', track: 1, gainDb: 0, muted: false })).toEqual(start)
    expect(done(start, { kind: 'sound', fadeOut: s(1) }).sound).toEqual({ ...start.sound, fadeOut: s(1) })
  })

  it('are all gone after a reset', () => {
    const edited = done(done(start, { kind: 'text-add', text }), { kind: 'speed', speed: 2 })
    expect(done(edited, { kind: 'reset' })).toEqual(start)
  })
})
