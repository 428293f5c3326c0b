import { describe, expect, test } from 'vitest'
import {
  averagePrecision,
  bootstrap,
  eventWeights,
  highlightsOf,
  hitRate,
  positiveSeconds,
  relevance,
} from '../../../tools/evaluation/protocol.ts'

describe('the protocol', () => {
  test('further kills within four seconds count double', () => {
    const kills = [10, 13, 17, 22].map((t) => ({ t, kind: 'kill' }))
    expect(eventWeights(kills).map((e) => e.weight)).toEqual([1, 2, 2, 1])
    const others = ['award', 'death', 'other'].map((kind) => ({ t: 1, kind }))
    expect(eventWeights(others).map((e) => e.weight)).toEqual([2, 0.5, 0])
  })
  test('an event counts from six seconds before to three after', () => {
    const values = relevance([{ t: 10, kind: 'kill' }], 20)
    expect([...values].flatMap((v, s) => (v > 0 ? [s] : []))).toEqual([4, 5, 6, 7, 8, 9, 10, 11, 12, 13])
    expect(relevance([{ t: 1, kind: 'kill' }], 2)).toEqual(Float64Array.of(1, 1))
  })
  test('highlights are the top runs, near ones merged', () => {
    const values = new Float64Array(200).fill(0)
    for (const [from, to] of [
      [20, 25],
      [32, 35],
      [100, 105],
    ] as const)
      values.fill(3, from, to + 1)
    values.fill(1, 150, 190)
    expect(highlightsOf(values)).toEqual([
      { from: 20, to: 35 },
      { from: 100, to: 105 },
    ])
    expect(highlightsOf(new Float64Array(50))).toEqual([])
  })
  test('average precision', () => {
    expect(averagePrecision([0.9, 0.1, 0.8, 0.2], [true, false, true, false])).toBe(1)
    expect(averagePrecision([0.1, 0.9, 0.2, 0.8], [true, false, true, false])).toBeCloseTo((1 / 3 + 2 / 4) / 2)
    expect(averagePrecision([1, 2], [false, false])).toBeNaN()
  })
  test('hits are peaks near a highlight, apart from each other', () => {
    const scores = Array.from({ length: 200 }, (_, s) =>
      s === 50 ? 5 : s === 60 ? 4 : s === 120 ? 3 : s === 180 ? 2 : 0,
    )
    const highlights = [
      { from: 44, to: 46 },
      { from: 184, to: 190 },
    ]
    expect(hitRate(scores, highlights, 1)).toBe(1)
    expect(hitRate(scores, highlights, 3)).toBeCloseTo(2 / 3)
    expect(positiveSeconds(highlights, 46)).toHaveLength(46)
  })
  test('intervals hold the mean and are the same each time', () => {
    const { mean, low, high } = bootstrap([1, 2, 3, 4, 5])
    expect(mean).toBe(3)
    expect(low).toBeLessThan(2.5)
    expect(high).toBeGreaterThan(3.5)
    expect(bootstrap([1, 2, 3, 4, 5])).toEqual({ mean, low, high })
  })
})
