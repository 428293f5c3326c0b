import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  averagePrecision,
  precisionByRecall,
  rank,
} from '../../../../../src-shared/domain/evaluation/average-precision.ts'
import { perSecond } from '../../../../../src-shared/domain/evaluation/per-second.ts'
import { reliability } from '../../../../../src-shared/domain/evaluation/reliability.ts'

const ap = (scores: number[], positive: boolean[]): number => averagePrecision(rank(scores), positive)

/** By definition: over all thresholds, from the highest, the rise of recall times the precision. */
function bruteAveragePrecision(scores: readonly number[], positive: readonly boolean[]): number {
  const total = positive.filter(Boolean).length
  let [sum, recallBefore] = [0, 0]
  for (const threshold of [...new Set(scores)].sort((a, b) => b - a)) {
    const taken = scores.flatMap((score, i) => (score >= threshold ? [positive[i]!] : []))
    const hits = taken.filter(Boolean).length
    sum += (hits / total - recallBefore) * (hits / taken.length)
    recallBefore = hits / total
  }
  return sum
}

const labelled = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 8 }), fc.boolean()), { minLength: 1, maxLength: 40 })
  .filter((list) => list.some(([, positive]) => positive))

describe('average precision', () => {
  test('of known rankings', () => {
    expect(ap([0.9, 0.1, 0.8, 0.2], [true, false, true, false])).toBe(1)
    expect(ap([0.1, 0.9, 0.2, 0.8], [true, false, true, false])).toBeCloseTo((1 / 3 + 2 / 4) / 2)
    expect(ap([1, 2], [false, false])).toBeNaN()
  })

  test('a score that says the same everywhere gets the share of positives, in whatever order they are', () => {
    expect(ap([1, 1, 1, 1], [true, false, false, false])).toBe(0.25)
    expect(ap([1, 1, 1, 1], [false, false, false, true])).toBe(0.25)
  })

  test('equals its definition, ties and all', () => {
    fc.assert(
      fc.property(labelled, (list) => {
        const [scores, positive] = [list.map(([score]) => score), list.map(([, is]) => is)]
        expect(ap(scores, positive)).toBeCloseTo(bruteAveragePrecision(scores, positive), 12)
      }),
    )
  })

  test('depends on neither the unit of the score nor the order of the seconds', () => {
    fc.assert(
      fc.property(labelled, (list) => {
        const direct = ap(
          list.map(([score]) => score),
          list.map(([, is]) => is),
        )
        const turned = list.toReversed()
        const other = ap(
          turned.map(([score]) => Math.exp(score) - 100),
          turned.map(([, is]) => is),
        )
        expect(other).toBeCloseTo(direct, 12)
      }),
    )
  })

  test('weights count a second as often as they say', () => {
    const weighed = fc.array(fc.tuple(fc.integer({ min: 0, max: 4 }), fc.boolean(), fc.integer({ min: 0, max: 3 })), {
      minLength: 1,
      maxLength: 20,
    })
    fc.assert(
      fc.property(weighed, (list) => {
        const repeated = list.flatMap(([score, is, times]) => Array.from({ length: times }, () => [score, is] as const))
        const positive = list.map(([, is]) => is)
        const ranking = rank(list.map(([score]) => score))
        const value = averagePrecision(
          ranking,
          positive,
          list.map(([, , times]) => times),
        )
        if (!repeated.some(([, is]) => is)) {
          expect(value).toBeNaN()
          return
        }
        expect(value).toBeCloseTo(
          bruteAveragePrecision(
            repeated.map(([s]) => s),
            repeated.map(([, is]) => is),
          ),
          12,
        )
      }),
    )
  })

  test('is the mean of precision over recall', () => {
    const scores = Array.from({ length: 400 }, (_, i) => (i * 7919) % 401)
    const positive = scores.map((score, i) => score + 150 * Math.sin(i) > 300)
    const curve = precisionByRecall(rank(scores), positive, 2000)
    expect(curve.reduce((a, b) => a + b, 0) / 2000).toBeCloseTo(ap(scores, positive), 2)
    expect([...precisionByRecall(rank([3, 2, 1]), [true, false, true], 4)]).toEqual([1, 1, 2 / 3, 2 / 3])
  })
})

describe('scores by second', () => {
  test('are the mean of two half seconds; what is not known is the lowest', () => {
    expect([...perSecond([1, 3, 5, Number.NaN, 4, 4, 9])]).toEqual([2, 5, 4])
    expect([...perSecond([1, 3, Number.NaN, Number.NaN])]).toEqual([2, 2])
    expect([...perSecond([Number.NaN, Number.NaN])]).toEqual([0])
  })
})

describe('reliability', () => {
  test('compares what is claimed with what is true', () => {
    const { bins, ece } = reliability([0.1, 0.1, 0.1, 0.1, 0.95, 1], [false, false, true, false, true, true])
    expect(bins[1]).toEqual({ count: 4, claimed: expect.closeTo(0.1) as number, true: 0.25 })
    expect(bins[9]).toEqual({ count: 2, claimed: 0.975, true: 1 })
    expect(bins[0]!.count).toBe(0)
    expect(ece).toBeCloseTo((4 * 0.15 + 2 * 0.025) / 6)
  })

  test('is nothing where the claims are true, and never more than 1', () => {
    expect(reliability([0, 0, 1], [false, false, true]).ece).toBe(0)
    expect(reliability([0, 1], [true, false]).ece).toBe(1)
    expect(reliability([], []).ece).toBeNaN()
  })
})
