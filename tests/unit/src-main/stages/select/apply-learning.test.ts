import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { selectSegments, type SelectInput } from '../../../../../src-main/stages/select/select-segments.ts'
import type { LearnedTaste } from '../../../../../src-main/stages/select/apply-learning.ts'
import type { Calibration } from '../../../../../src-shared/contract/learning.ts'
import { segmentSchema, type Segment } from '../../../../../src-shared/contract/segment.ts'
import { secondsFromTicks, ticksFromSeconds } from '../../../../../src-shared/domain/time.ts'
import { bump, makeSignals, sumOf } from '../../../../helpers/make-signals.ts'

const none = { base: 0, game: 0, voice: 0, picture: 0, chat: 0, markers: 0, length: 0 }
const taste = (weights: Partial<Calibration['weights']>, change: Partial<LearnedTaste> = {}): LearnedTaste => ({
  calibration: { offset: 0.7, weights: { ...none, ...weights }, centre: { ...none, base: -1 } },
  padStart: 0,
  padEnd: 0,
  ...change,
})
const paddedOnly = (padStart: number, padEnd: number): LearnedTaste => ({ calibration: null, padStart, padEnd })

/** Ten minutes with a game and a microphone: the first moment is the model's favourite, in the second somebody shouts. */
function input(change: Partial<SelectInput> = {}): SelectInput {
  const seconds = 600
  const score = sumOf(bump(200, 0.6), bump(600, 0.4), bump(1000, 0.2))
  return {
    scores: { values: Array.from({ length: seconds * 2 }, (_, i) => 0.05 + score(i)) },
    signals: makeSignals(seconds * 2, [
      { id: 'audio.rms', track: 0, z: (i) => 5 * score(i) },
      { id: 'audio.rms', track: 1, z: bump(600, 5, 20) },
      { id: 'audio.speech', track: 1, z: bump(600, 5, 20), values: bump(600, 1, 20) },
    ]),
    roles: ['game', 'mic'],
    duration: ticksFromSeconds(seconds),
    cuts: [],
    top: null,
    ...change,
  }
}
const peaks = (segments: readonly Segment[]): number[] => segments.map(({ peak }) => Math.floor(secondsFromTicks(peak)))

describe('without anything learned', () => {
  it('segments hold what learning may look at, and are otherwise as they were', () => {
    const segments = selectSegments(input())
    expect(peaks(segments)).toEqual([100, 300, 500])
    for (const segment of segments) {
      expect(segmentSchema.parse(segment)).toEqual(segment)
      expect(segment).not.toHaveProperty('baseScore')
      expect(segment).not.toHaveProperty('found')
    }
    expect(segments.map(({ evidence }) => evidence!.voice)).toEqual([0, expect.closeTo(1.9, 0), 0])
    expect(segments[0]!.evidence!.game).toBeGreaterThan(segments[2]!.evidence!.game)
    expect(segments[0]!.evidence).toMatchObject({ chat: 0, markers: 0, picture: 0 })
    const { base } = segments[1]!.evidence!
    expect(1 / (1 + Math.exp(-base))).toBeCloseTo(segments[1]!.score, 3)
  })

  it('null is the same as nothing', () => {
    expect(JSON.stringify(selectSegments(input({ learned: null })))).toBe(JSON.stringify(selectSegments(input())))
    expect(JSON.stringify(selectSegments(input({ learned: paddedOnly(0, 0) })))).toBe(
      JSON.stringify(selectSegments(input())),
    )
  })
})

describe('a calibration', () => {
  it('brings what somebody likes to the top, says so, and keeps the score of the model', () => {
    const before = selectSegments(input())
    const segments = selectSegments(input({ learned: taste({ voice: 1.5 }) }))
    expect(peaks(segments)).toEqual([300, 100, 500])
    const [shout, loud] = segments
    expect(shout!.baseScore).toBe(before[1]!.score)
    expect(shout!.score).toBeGreaterThan(shout!.baseScore!)
    const learned = shout!.reasons.find(({ signal }) => signal === 'learned')!
    expect(learned.text).toBe('You tend to keep moments like this (loud voice)')
    // It carries the part of the score that it added.
    expect(learned.weight).toBeCloseTo(1 - shout!.baseScore! / shout!.score, 2)
    expect(shout!.reasons.reduce((sum, { weight }) => sum + weight, 0)).toBeLessThanOrEqual(1)
    expect(shout!.reasons.map(({ weight }) => weight)).toEqual(
      shout!.reasons.map(({ weight }) => weight).toSorted((a, b) => b - a),
    )
    // Nothing was added to the others, so nothing is said.
    expect(loud!.score).toBe(loud!.baseScore)
    expect(loud!.reasons).toEqual(before[0]!.reasons)
    for (const segment of segments) expect(segmentSchema.parse(segment)).toEqual(segment)
  })

  it('says last what it took away', () => {
    const segments = selectSegments(input({ learned: taste({ voice: -1.5 }) }))
    const shout = segments.find(({ peak }) => Math.floor(secondsFromTicks(peak)) === 300)!
    expect(shout.score).toBeLessThan(shout.baseScore!)
    expect(shout.reasons.at(-1)).toEqual({
      signal: 'learned',
      weight: 0,
      text: 'You tend to discard moments like this (loud voice)',
    })
  })

  it('leaves which moments there are and where they lie to the model', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -2, max: 2, noNaN: true }),
        fc.double({ min: -0.8, max: 2, noNaN: true }),
        (voice, base) => {
          const spans = (segments: readonly Segment[]) =>
            segments.map(({ start, end, peak }) => [start, end, peak]).toSorted((a, b) => a[0]! - b[0]!)
          const learned = selectSegments(input({ learned: taste({ voice, base }) }))
          expect(spans(learned)).toEqual(spans(selectSegments(input())))
          expect(learned.map(({ score }) => score)).toEqual(learned.map(({ score }) => score).toSorted((a, b) => b - a))
        },
      ),
      { numRuns: 25 },
    )
  })

  it('keeps the order of the model where no group has a weight', () => {
    for (const base of [-0.8, -0.3, 0.5, 2]) {
      expect(peaks(selectSegments(input({ learned: taste({ base }) })))).toEqual([100, 300, 500])
    }
  })

  it('selects by the new scores, except for what somebody marked', () => {
    const selected = (change: Partial<SelectInput>) =>
      peaks(selectSegments(input(change)).filter((one) => one.selected))
    expect(selected({})).toEqual([100, 300, 500])
    expect(selected({ learned: taste({ voice: -2 }), top: 2 })).toEqual([100, 500])
    const shy = taste(
      { game: -2 },
      { calibration: { ...taste({ game: -2 }).calibration!, centre: { ...none, game: -1 } } },
    )
    expect(selected({ learned: shy })).not.toContain(500)
    const mark = {
      signal: 'marker.hotkey',
      text: 'You marked it',
      own: true,
      first: 990,
      evidence: Array(20).fill(6) as number[],
    }
    expect(selected({ learned: shy, marks: [mark] })).toContain(500)
  })
})

describe('padding', () => {
  it('moves both ends, and remembers the span as it was found', () => {
    const [before] = selectSegments(input())
    const [segment] = selectSegments(input({ learned: paddedOnly(-2, 1.5) }))
    expect(secondsFromTicks(before!.start - segment!.start)).toBeCloseTo(2, 9)
    expect(secondsFromTicks(segment!.end - before!.end)).toBeCloseTo(1.5, 9)
    expect(segment!.found).toEqual({ start: before!.start, end: before!.end })
    expect(segment!.score).toBe(before!.score)
    expect(segment!.evidence).toEqual(before!.evidence)
    expect(segmentSchema.parse(segment)).toEqual(segment)
  })

  it('never leaves the recording, covers a neighbour, or cuts off the peak', () => {
    const seconds = fc.double({ min: -6, max: 6, noNaN: true })
    const peaksAt = fc.uniqueArray(fc.integer({ min: 2, max: 298 }), { minLength: 1, maxLength: 12 })
    fc.assert(
      fc.property(seconds, seconds, peaksAt, (padStart, padEnd, at) => {
        const score = sumOf(...at.map((slot, i) => bump(slot, 0.3 + 0.05 * i, 5)))
        const recording = input({
          scores: { values: Array.from({ length: 300 }, (_, i) => Math.min(1, 0.05 + score(i))) },
          signals: makeSignals(300, []),
          duration: ticksFromSeconds(150),
        })
        const plain = selectSegments(recording)
        const padded = selectSegments({ ...recording, learned: paddedOnly(padStart, padEnd) })
        expect(padded.map(({ peak }) => peak)).toEqual(plain.map(({ peak }) => peak))
        const inTime = padded.toSorted((a, b) => a.start - b.start)
        for (const [i, segment] of inTime.entries()) {
          expect(segmentSchema.safeParse(segment).success).toBe(true)
          expect(segment.end).toBeLessThanOrEqual(recording.duration)
          expect(segment.start).toBeGreaterThanOrEqual(inTime[i - 1]?.end ?? 0)
        }
      }),
      { numRuns: 150 },
    )
  })
})
