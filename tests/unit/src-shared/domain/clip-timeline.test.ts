import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ClipPart, ZoomKey } from '../../../../src-shared/contract/edits.ts'
import {
  clipLength,
  clipTimesOf,
  mapSpan,
  partLength,
  placeParts,
  placeSpans,
  placeZoom,
  recordingTimeAt,
  viewAt,
} from '../../../../src-shared/domain/clip-timeline.ts'
import { ticksFromSeconds } from '../../../../src-shared/domain/time.ts'

const s = ticksFromSeconds
const part = (start: number, end: number, speed = 1): ClipPart => ({ start: s(start), end: s(end), speed })

const speeds = fc.oneof(
  fc.constantFrom(0.25, 0.5, 1, 1.5, 2, 4),
  fc.integer({ min: 25, max: 400 }).map((n) => n / 100),
)
const aPart = fc
  .tuple(fc.integer({ min: 0, max: s(36_000) }), fc.integer({ min: 1, max: s(600) }), speeds)
  .map(([start, length, speed]): ClipPart => ({ start, end: start + length, speed }))
const someParts = fc.array(aPart, { minLength: 1, maxLength: 8 })
const partAndMoment = aPart.chain((of) => fc.tuple(fc.constant(of), fc.integer({ min: of.start, max: of.end - 1 })))

describe('a clip of parts', () => {
  const parts = [part(10, 14, 2), part(20, 21, 0.5), part(10, 11)]

  it('is as long as they take', () => {
    expect(placeParts(parts).map(({ start, end }) => [start, end])).toEqual([
      [0, s(2)],
      [s(2), s(4)],
      [s(4), s(5)],
    ])
    expect(clipLength(parts)).toBe(s(5))
    expect(partLength({ start: 0, end: 1, speed: 4 })).toBe(1)
  })

  it('shows a moment once, often or never', () => {
    expect(clipTimesOf(parts, s(10.5))).toEqual([s(0.25), s(4.5)])
    expect(clipTimesOf(parts, s(20.25))).toEqual([s(2.5)])
    expect(clipTimesOf(parts, s(14))).toEqual([])
  })

  it('knows what it shows', () => {
    expect(recordingTimeAt(parts, s(1))).toEqual({ index: 0, at: s(12) })
    expect(recordingTimeAt(parts, s(2))).toEqual({ index: 1, at: s(20) })
    expect(recordingTimeAt(parts, s(5))).toBeUndefined()
    expect(recordingTimeAt(parts, -1)).toBeUndefined()
  })

  it('shows a span in pieces, one where it runs on', () => {
    expect(mapSpan(parts, { start: s(13), end: s(20.5) })).toEqual([
      { start: s(1.5), end: s(2), from: { start: s(13), end: s(14) } },
      { start: s(2), end: s(3), from: { start: s(20), end: s(20.5) } },
    ])
    expect(mapSpan([part(0, 4), part(4, 8, 2)], { start: s(3), end: s(6) })).toEqual([
      { start: s(3), end: s(5), from: { start: s(3), end: s(6) } },
    ])
    expect(placeSpans(parts, [{ start: s(10), end: s(11), with: 'tone' }])).toEqual([
      { start: 0, end: s(0.5), with: 'tone' },
      { start: s(4), end: s(5), with: 'tone' },
    ])
  })
})

describe('times', () => {
  it('of a recording come back within 3 ticks, and never leave their part', () => {
    fc.assert(
      fc.property(partAndMoment, someParts, ([of, at], before) => {
        const parts = [...before, of]
        const placed = placeParts(parts).at(-1)!
        const inClip = clipTimesOf(parts, at).at(-1)!
        expect(inClip).toBeGreaterThanOrEqual(placed.start)
        expect(inClip).toBeLessThan(placed.end)
        const back = recordingTimeAt(parts, inClip)!
        expect(back.index).toBe(parts.length - 1)
        expect(Math.abs(back.at - at)).toBeLessThanOrEqual(of.speed === 1 ? 0 : 3)
      }),
    )
  })

  it('of a clip come back within 3 ticks', () => {
    fc.assert(
      fc.property(someParts, fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (parts, share) => {
        const at = Math.floor(clipLength(parts) * share)
        const shown = recordingTimeAt(parts, at)!
        const of = parts[shown.index]!
        expect(shown.at).toBeGreaterThanOrEqual(of.start)
        expect(shown.at).toBeLessThan(of.end)
        const back = clipTimesOf(parts, shown.at)
        expect(Math.min(...back.map((time) => Math.abs(time - at)))).toBeLessThanOrEqual(3)
      }),
    )
  })

  it('stay in order inside a part, and are whole', () => {
    fc.assert(
      fc.property(partAndMoment, fc.nat(s(600)), ([of, at], step) => {
        const later = Math.min(at + step, of.end - 1)
        const [a, b] = [clipTimesOf([of], at)[0]!, clipTimesOf([of], later)[0]!]
        expect(Number.isSafeInteger(a)).toBe(true)
        expect(a).toBeLessThanOrEqual(b)
      }),
    )
  })
})

describe('spans', () => {
  const aSpan = fc
    .tuple(fc.integer({ min: 0, max: s(1000) }), fc.integer({ min: 1, max: s(1000) }))
    .map(([start, length]) => ({ start, end: start + length }))
  const near = fc.array(
    fc
      .tuple(fc.integer({ min: 0, max: s(1000) }), fc.integer({ min: 1, max: s(100) }), speeds)
      .map(([start, length, speed]): ClipPart => ({ start, end: start + length, speed })),
    { minLength: 1, maxLength: 8 },
  )

  it('give pieces inside the clip, in order, that do not overlap and show only the span', () => {
    fc.assert(
      fc.property(near, aSpan, (parts, span) => {
        let last = 0
        for (const { start, end, from } of mapSpan(parts, span)) {
          expect(start).toBeGreaterThanOrEqual(last)
          expect(end).toBeGreaterThan(start)
          expect(from.start).toBeGreaterThanOrEqual(span.start)
          expect(from.end).toBeLessThanOrEqual(span.end)
          last = end
        }
        expect(last).toBeLessThanOrEqual(clipLength(parts))
      }),
    )
  })

  it('of a part too short and fast for a tick are that tick', () => {
    const parts = [{ start: 0, end: 1, speed: 4 }]
    expect(mapSpan(parts, { start: 0, end: 10 })).toEqual([{ start: 0, end: 1, from: { start: 0, end: 1 } }])
  })

  it('that hold everything give the whole clip', () => {
    fc.assert(
      fc.property(near, (parts) => {
        const pieces = mapSpan(parts, { start: 0, end: s(2000) })
        expect(pieces[0]!.start).toBe(0)
        expect(pieces.at(-1)!.end).toBe(clipLength(parts))
        for (const [index, piece] of pieces.slice(1).entries()) expect(piece.start).toBe(pieces[index]!.end)
      }),
    )
  })

  it('cut in two show the same as whole', () => {
    fc.assert(
      fc.property(near, aSpan, fc.double({ min: 0, max: 1, noNaN: true }), (parts, span, share) => {
        const middle = span.start + Math.round((span.end - span.start) * share)
        const length = (pieces: { start: number; end: number }[]): number =>
          pieces.reduce((sum, { start, end }) => sum + end - start, 0)
        const halves = [
          ...mapSpan(parts, { start: span.start, end: middle }),
          ...mapSpan(parts, { start: middle, end: span.end }),
        ]
        expect(length(halves)).toBe(length(mapSpan(parts, span)))
      }),
    )
  })
})

describe('the view', () => {
  const keys: ZoomKey[] = [
    { at: s(2), scale: 1, x: 0.5, y: 0.5 },
    { at: s(4), scale: 3, x: 0.7, y: 0.3 },
  ]

  it('moves between keys and stands still outside', () => {
    expect(viewAt([], 0)).toBeUndefined()
    expect(viewAt(keys, 0)).toEqual({ scale: 1, x: 0.5, y: 0.5 })
    expect(viewAt(keys, s(3))).toEqual({ scale: 2, x: 0.6, y: 0.4 })
    expect(viewAt(keys, s(4))).toEqual({ scale: 3, x: 0.7, y: 0.3 })
    expect(viewAt(keys, s(9))).toEqual({ scale: 3, x: 0.7, y: 0.3 })
  })

  it('is complete in every part of the clip', () => {
    expect(placeZoom([part(3, 5, 2), part(0, 1)], keys)).toEqual([
      [
        { at: 0, scale: 2, x: 0.6, y: 0.4 },
        { at: s(0.5), scale: 3, x: 0.7, y: 0.3 },
        { at: s(1), scale: 3, x: 0.7, y: 0.3 },
      ],
      [
        { at: s(1), scale: 1, x: 0.5, y: 0.5 },
        { at: s(2), scale: 1, x: 0.5, y: 0.5 },
      ],
    ])
    expect(placeZoom([part(0, 1)], [])).toEqual([[]])
  })
})
