import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  eventWeights,
  highlightsOf,
  momentAt,
  momentOfSpan,
  momentsOfEvents,
  relevanceOf,
  truthOf,
} from '../../../../../src-shared/domain/evaluation/truth.ts'

const seconds = (values: Float64Array): number[] => [...values].flatMap((value, s) => (value > 0 ? [s] : []))

describe('events', () => {
  test('further kills within four seconds count double', () => {
    const kills = [10, 13, 17, 22].map((t) => ({ t, kind: 'kill' }))
    expect(eventWeights(kills).map((e) => e.weight)).toEqual([1, 2, 2, 1])
    const others = ['award', 'death', 'other'].map((kind) => ({ t: 1, kind }))
    expect(eventWeights(others).map((e) => e.weight)).toEqual([2, 0.5, 0])
  })

  test('what happens between two kills does not break their streak, and the order of the log does not matter', () => {
    const log = [
      { t: 12, kind: 'kill' },
      { t: 11, kind: 'death' },
      { t: 10, kind: 'kill' },
    ]
    expect(eventWeights(log).map(({ weight }) => weight)).toEqual([1, 0.5, 2])
  })

  test('count in the seconds that begin from six before to three after', () => {
    const at = (t: number): number[] => seconds(relevanceOf(momentsOfEvents([{ t, kind: 'kill' }]), 20))
    expect(at(10)).toEqual([4, 5, 6, 7, 8, 9, 10, 11, 12, 13])
    expect(at(10.5)).toEqual([5, 6, 7, 8, 9, 10, 11, 12, 13])
    expect(at(1)).toEqual([0, 1, 2, 3, 4])
    expect(at(19)).toEqual([13, 14, 15, 16, 17, 18, 19])
    expect(at(40)).toEqual([])
  })

  test('relevance is the sum, as counted event by event', () => {
    const kinds = fc.constantFrom('kill', 'award', 'death', 'other')
    fc.assert(
      fc.property(fc.array(fc.record({ t: fc.integer({ min: -10, max: 70 }), kind: kinds })), (events) => {
        const weighed = eventWeights(events)
        const expected = Array.from({ length: 60 }, (_, s) =>
          weighed.reduce((sum, { t, weight }) => sum + (s >= t - 6 && s <= t + 3 ? weight : 0), 0),
        )
        expect([...relevanceOf(momentsOfEvents(events), 60)]).toEqual(expected)
      }),
    )
  })
})

describe('marked moments', () => {
  test('a span counts in every second that it touches, an instant as an event does', () => {
    expect(seconds(relevanceOf([momentOfSpan(10.4, 10.9, 1, '')], 20))).toEqual([10])
    expect(seconds(relevanceOf([momentOfSpan(10, 12, 1, '')], 20))).toEqual([10, 11])
    expect(seconds(relevanceOf([momentOfSpan(9.5, 12.1, 1, '')], 20))).toEqual([9, 10, 11, 12])
    const { name, ...kill } = momentsOfEvents([{ t: 10, kind: 'kill' }])[0]!
    expect(momentAt(10, 1, name)).toEqual({ ...kill, name })
  })
})

describe('highlights', () => {
  test('are the top runs, near ones merged', () => {
    const values = new Float64Array(200).fill(0)
    for (const [from, to] of [
      [20, 25],
      [33, 35],
      [44, 46],
      [100, 105],
    ] as const)
      values.fill(3, from, to + 1)
    values.fill(1, 150, 190)
    // Seven seconds lie between the first two, eight between the second and the third.
    expect(highlightsOf(values, 'top')).toEqual([
      { from: 20, to: 35 },
      { from: 44, to: 46 },
      { from: 100, to: 105 },
    ])
  })

  test('equal values at the border are left out, unless nothing lies above them', () => {
    const values = new Float64Array(100)
    values.fill(1, 0, 30)
    values.fill(2, 50, 55)
    expect(highlightsOf(values, 'top')).toEqual([{ from: 50, to: 54 }])
    values.fill(0, 50, 55)
    expect(highlightsOf(values, 'top')).toEqual([{ from: 0, to: 29 }])
  })

  test('seconds without relevance never are', () => {
    expect(highlightsOf(new Float64Array(50), 'top')).toEqual([])
    expect(highlightsOf(new Float64Array(50), 'all')).toEqual([])
    expect(highlightsOf(new Float64Array(0), 'top')).toEqual([])
    const one = new Float64Array(100)
    one[40] = 0.5
    expect(highlightsOf(one, 'top')).toEqual([{ from: 40, to: 40 }])
  })

  test('before merging: at most 12 % of the seconds, the best ones, all or none of equal ones', () => {
    const values = fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 150 })
    fc.assert(
      fc.property(values, (list) => {
        const runs = highlightsOf(Float64Array.from(list), 'top')
        const inside = list.map((_, s) => runs.some(({ from, to }) => s >= from && s <= to))
        const best = Math.max(...list)
        const budget = Math.floor(list.length * 0.12)
        // By definition: the lowest value of which, with all above it, no more than the budget are.
        const levels = [...new Set(list)].sort((a, b) => a - b)
        const enough = levels.find((level) => list.filter((value) => value >= level).length <= budget) ?? best
        const border = Math.max(enough, levels.find((level) => level > 0) ?? Infinity)
        const chosen = list.flatMap((value, s) => (value >= border ? [s] : []))
        expect(chosen.every((s) => inside[s])).toBe(true)
        // Whatever else is inside lies between two chosen ones that are near each other.
        for (const [s, within] of inside.entries()) {
          if (!within || chosen.includes(s)) continue
          const before = chosen.findLast((c) => c < s)!
          const after = chosen.find((c) => c > s)!
          expect(after - before - 1).toBeLessThan(8)
        }
        for (const [i, run] of runs.entries())
          if (i > 0) expect(run.from - runs[i - 1]!.to - 1).toBeGreaterThanOrEqual(8)
      }),
    )
  })

  test('of what a person marked, all of it', () => {
    const moments = [momentOfSpan(10, 60, 1, 'a'), momentOfSpan(55, 70, 2, 'b'), momentOfSpan(90, 95, 1, 'c')]
    const { highlights, positive } = truthOf(moments, 100, 'all')
    expect(highlights).toEqual([
      { from: 10, to: 69 },
      { from: 90, to: 94 },
    ])
    expect(positive.filter(Boolean)).toHaveLength(65)
  })
})
