import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { leastOrdinary, ordinaryLevel } from '../../../../../src-main/stages/score/ordinary-level.ts'
import { joinScores } from '../../../../../src-main/stages/score/with-signals.ts'

/** Twenty minutes of 0.1, with something higher at times: [from, seconds, score]. */
const recording = (...parts: [number, number, number][]): Float32Array => {
  const out = new Float32Array(2400).fill(0.1)
  for (const [from, seconds, score] of parts) out.fill(score, from * 2, (from + seconds) * 2)
  return out
}
/** The joined score of each second where the network sees nothing. */
const unusual = (signals: Float32Array): Float32Array =>
  joinScores(new Float32Array(signals.length), signals).filter((_, slot) => slot % 2 === 0)

describe('what is ordinary in a recording', () => {
  test('one loud moment is not, nor are a few', () => {
    expect(unusual(recording([600, 8, 0.7]))[603]).toBeCloseTo(0.55)
    const few = unusual(recording([400, 8, 0.7], [500, 8, 0.7], [600, 8, 0.7], [700, 8, 0.7], [800, 8, 0.7]))
    for (const second of [403, 503, 603, 703, 803]) expect(few[second]).toBeCloseTo(0.55)
  })

  test('what comes back again and again is', () => {
    const talk = recording(...Array.from({ length: 40 }, (_, k): [number, number, number] => [k * 30, 6, 0.7]))
    expect(Math.max(...unusual(talk))).toBe(0)
  })

  test('what stays is, and what stands out of it is not', () => {
    const scene = unusual(recording([500, 60, 0.4], [530, 5, 0.8]))
    expect(scene[510]).toBe(0)
    expect(scene[532]).toBeCloseTo(0.4)
  })

  test('what is further away than five minutes does not count', () => {
    const scene = unusual(recording([100, 60, 0.7], [600, 5, 0.7]))
    expect(scene[130]).toBe(0)
    expect(scene[602]).toBeCloseTo(0.55)
  })

  test('is the ninetieth highest score within 600 slots, as a slow count finds it', () => {
    const score = fc.integer({ min: 0, max: 1000 }).map((n) => Math.fround(n / 1000))
    fc.assert(
      fc.property(fc.array(score, { maxLength: 1500 }), fc.nat(), (values, at) => {
        const found = ordinaryLevel(values)
        expect(found).toHaveLength(values.length)
        if (values.length === 0) return
        const i = at % values.length
        const near = values.slice(Math.max(0, i - 600), i + 601).toSorted((a, b) => b - a)
        expect(found[i]).toBe(Math.fround(Math.max(leastOrdinary, near[89] ?? 0)))
      }),
      { numRuns: 50 },
    )
  })
})
