import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  clipAccuracy,
  clipStart,
  isFalseAlarm,
  isFound,
  temporalIou,
  type Clip,
} from '../../../../../src-shared/domain/evaluation/clips.ts'
import { bestPeaks, hitRate, ndcg } from '../../../../../src-shared/domain/evaluation/peaks.ts'
import { momentOfSpan, momentsOfEvents, type Highlight } from '../../../../../src-shared/domain/evaluation/truth.ts'

const spikes = (length: number, ...at: [second: number, height: number][]): number[] => {
  const out = Array.from({ length }, () => 0)
  for (const [second, height] of at) out[second] = height
  return out
}
const clip = (start: number, end: number, peak = (start + end) / 2): Clip => ({ start, end, peak })

describe('peaks', () => {
  test('lie apart, best first; a plateau has one, in its middle', () => {
    expect(bestPeaks(spikes(200, [50, 5], [60, 4], [120, 3], [180, 2]), 3)).toEqual([50, 120, 180])
    expect(
      bestPeaks(
        Array.from({ length: 101 }, () => 1),
        5,
      ),
    ).toEqual([50])
  })

  test('hits are those near a highlight', () => {
    const scores = spikes(200, [50, 5], [60, 4], [120, 3], [180, 2])
    const highlights = [
      { from: 44, to: 45 },
      { from: 185, to: 190 },
    ]
    expect(hitRate(scores, highlights, 1)).toBe(1)
    expect(hitRate(scores, highlights, 3)).toBeCloseTo(2 / 3)
    expect(hitRate(scores, [{ from: 44, to: 44 }], 1)).toBe(0)
  })

  test('a score with too few peaks misses the rest, where there is room for more', () => {
    expect(hitRate(spikes(200, [50, 5]), [{ from: 45, to: 55 }], 5)).toBeCloseTo(1 / 5)
    expect(hitRate(spikes(50, [20, 5]), [{ from: 15, to: 25 }], 5)).toBeCloseTo(1 / 3)
  })
})

describe('nDCG', () => {
  /** The most that any seconds, 20 s apart, can gain: tries them all. */
  function bruteIdeal(gains: readonly number[], k: number): number {
    const value = (chosen: readonly number[]): number =>
      chosen
        .map((s) => gains[s]!)
        .sort((a, b) => b - a)
        .reduce((sum, gain, i) => sum + gain / Math.log2(i + 2), 0)
    const extend = (chosen: number[], from: number): number => {
      let best = value(chosen)
      if (chosen.length === k) return best
      for (let s = from; s < gains.length; s++) best = Math.max(best, extend([...chosen, s], s + 20))
      return best
    }
    return extend([], 0)
  }
  const gainsOf = (relevance: readonly number[]): number[] =>
    relevance.map((_, s) => Math.max(...relevance.slice(Math.max(0, s - 5), s + 6)))

  test('is what the peaks gain over the most that is possible', () => {
    const relevance = fc.array(fc.constantFrom(0, 0, 0, 0, 0.5, 1, 2, 3), { minLength: 1, maxLength: 70 })
    const height = fc.integer({ min: 0, max: 20 })
    fc.assert(
      fc.property(relevance, fc.array(height, { minLength: 70, maxLength: 70 }), (list, heights) => {
        const scores = heights.slice(0, list.length)
        const value = ndcg(scores, Float64Array.from(list), 3)
        const gains = gainsOf(list)
        const ideal = bruteIdeal(gains, 3)
        if (ideal === 0) {
          expect(value).toBeNaN()
          return
        }
        const reached = bestPeaks(scores, 3).reduce((sum, p, i) => sum + gains[p]! / Math.log2(i + 2), 0)
        expect(value).toBeCloseTo(reached / ideal, 10)
        expect(value).toBeLessThanOrEqual(1 + 1e-12)
      }),
      { numRuns: 60 },
    )
  })

  test('the better moment first is better', () => {
    const relevance = Float64Array.from(spikes(200, [50, 3], [150, 1]))
    expect(ndcg(spikes(200, [50, 2], [150, 1]), relevance, 10)).toBe(1)
    const wrong = ndcg(spikes(200, [50, 1], [150, 2]), relevance, 10)
    expect(wrong).toBeCloseTo((1 + 3 / Math.log2(3)) / (3 + 1 / Math.log2(3)))
  })
})

describe('clips', () => {
  const spans = fc
    .array(fc.tuple(fc.integer({ min: 1, max: 15 }), fc.integer({ min: 1, max: 15 })), { maxLength: 6 })
    .map((list) => {
      let at = 0
      return list.map(([gap, length]) => {
        const from = at + gap
        at = from + length
        return { from, to: at - 1 }
      })
    })

  test('overlap is measured over whole seconds', () => {
    expect(temporalIou(clip(10, 20), { from: 10, to: 19 })).toBe(1)
    expect(temporalIou(clip(10, 20), { from: 15, to: 24 })).toBeCloseTo(5 / 15)
    expect(temporalIou(clip(10, 20), { from: 20, to: 24 })).toBe(0)
  })

  test('each highlight is taken once', () => {
    const highlights = [{ from: 10, to: 29 }]
    expect(clipAccuracy([clip(10, 20), clip(20, 30)], highlights, 0.3)).toEqual({
      precision: 0.5,
      recall: 1,
      f1: 2 / 3,
    })
    expect(clipAccuracy([], highlights, 0.3)).toEqual({ precision: 0, recall: 0, f1: 0 })
  })

  test('above an IoU of a half, as many are taken as any matching could', () => {
    const most = (clips: readonly Clip[], highlights: readonly Highlight[]): number => {
      const [first, ...rest] = clips
      if (!first) return 0
      const taking = highlights
        .filter((highlight) => temporalIou(first, highlight) >= 0.51)
        .map(
          (taken) =>
            1 +
            most(
              rest,
              highlights.filter((other) => other !== taken),
            ),
        )
      return Math.max(most(rest, highlights), ...taking)
    }
    fc.assert(
      fc.property(spans, spans, (cut, highlights) => {
        const clips = cut.map(({ from, to }) => clip(from, to + 1))
        const { precision, recall, f1 } = clipAccuracy(clips, highlights, 0.51)
        const hits = most(clips, highlights)
        if (clips.length > 0) expect(precision).toBeCloseTo(hits / clips.length)
        if (highlights.length > 0) expect(recall).toBeCloseTo(hits / highlights.length)
        if (hits > 0) expect(f1).toBeCloseTo((2 * precision * recall) / (precision + recall))
      }),
    )
  })

  test('start well when they show the moment and three seconds before it', () => {
    const moments = momentsOfEvents([
      { t: 50, kind: 'kill' },
      { t: 52, kind: 'award' },
    ])
    expect(clipStart(clip(45, 60, 50), moments)).toMatchObject({ before: 7, held: true, moment: { name: 'award' } })
    expect(clipStart(clip(49.5, 60, 50), moments)).toMatchObject({ before: 2.5, held: false })
    expect(clipStart(clip(40, 51.5, 48), moments)).toMatchObject({ before: 12, held: false })
    expect(clipStart(clip(40, 60, 45), moments)).toMatchObject({ moment: { name: 'kill' } })
    expect(clipStart(clip(90, 110, 100), moments)).toBeUndefined()
    // A span says itself where it begins.
    expect(clipStart(clip(30, 45, 35), [momentOfSpan(30, 40, 1, '')])).toMatchObject({ before: 0, held: true })
    expect(clipStart(clip(31, 45, 35), [momentOfSpan(30, 40, 1, '')])).toMatchObject({ before: -1, held: false })
  })

  test('find a highlight by showing half of it, and are false alarms far from any', () => {
    const highlight = { from: 10, to: 19 }
    expect(isFound(highlight, [clip(0, 15)])).toBe(true)
    expect(isFound(highlight, [clip(0, 14.9)])).toBe(false)
    expect(isFound(highlight, [clip(0, 12.5), clip(17.5, 30)])).toBe(true)
    expect(isFalseAlarm(clip(20, 30, 24.9), [highlight])).toBe(false)
    expect(isFalseAlarm(clip(20, 30, 25), [highlight])).toBe(true)
  })
})
