import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { evidenceSchema, type Evidence } from '../../../../src-shared/contract/evidence.ts'
import { calibrationSchema } from '../../../../src-shared/contract/learning.ts'
import {
  adjustmentOf,
  adjustScore,
  features,
  fitBase,
  fitCalibration,
  keepLogOdds,
  logLoss,
  mostAdjustment,
  sigmoid,
  type Calibration,
  type Example,
} from '../../../../src-shared/domain/calibration.ts'
import { simulateVerdicts, streamers } from '../../../helpers/simulate-streamer.ts'

const strength = fc.double({ min: -1, max: 2, noNaN: true })
const evidences: fc.Arbitrary<Evidence> = fc.record({
  version: fc.constant(1 as const),
  base: fc.double({ min: -6, max: 6, noNaN: true }),
  game: strength,
  voice: strength,
  picture: strength,
  chat: strength,
  markers: strength,
  length: fc.double({ min: -2, max: 2, noNaN: true }),
})
/** At least one kept and one discarded. */
const decided: fc.Arbitrary<Example[]> = fc
  .tuple(fc.array(evidences, { minLength: 1, maxLength: 30 }), fc.array(evidences, { minLength: 1, maxLength: 30 }))
  .map(([kept, discarded]) => [
    ...kept.map((evidence) => ({ kept: true, evidence })),
    ...discarded.map((evidence) => ({ kept: false, evidence })),
  ])
const zero: Evidence = { version: 1, base: 0, game: 0, voice: 0, picture: 0, chat: 0, markers: 0, length: 0 }
const none = { base: 0, game: 0, voice: 0, picture: 0, chat: 0, markers: 0, length: 0 }

describe('fitting', () => {
  it('finds a planted preference, and little else', () => {
    const { weights } = fitCalibration(simulateVerdicts(streamers['the model, more when loud'], 3, 60, 20))
    expect(weights.voice).toBeGreaterThan(1.5)
    expect(weights.voice).toBeLessThan(2.5)
    for (const name of ['base', 'game', 'picture', 'length'] as const) expect(Math.abs(weights[name])).toBeLessThan(0.5)
    expect([weights.chat, weights.markers]).toEqual([0, 0])
  })

  it('stays near the base with few decisions', () => {
    const examples = simulateVerdicts(streamers['nearly only when loud'], 4, 4, 2)
    for (const weight of Object.values(fitCalibration(examples).weights)) expect(Math.abs(weight)).toBeLessThan(0.6)
  })

  it('is bounded where keeps and discards separate without a rest', () => {
    const examples = Array.from({ length: 5000 }, (_, i) => ({
      kept: i % 2 === 0,
      evidence: { ...zero, voice: i % 2 === 0 ? 2 : -1, base: i % 2 === 0 ? -6 : 6 },
    }))
    const fitted = fitCalibration(examples)
    expect(calibrationSchema.parse(fitted)).toEqual(fitted)
    for (const weight of Object.values(fitted.weights)) expect(Math.abs(weight)).toBeLessThan(10)
    for (const { evidence } of examples.slice(0, 2)) {
      expect(Math.abs(adjustmentOf(fitted, evidence).total)).toBeLessThanOrEqual(mostAdjustment)
    }
  })

  it('is the minimum: no small step from it fits better', () => {
    fc.assert(
      fc.property(decided, (examples) => {
        const fitted = fitCalibration(examples)
        const best = cost(examples, fitted)
        for (const name of features) {
          for (const step of [-0.01, 0.01]) {
            const moved = { ...fitted, weights: { ...fitted.weights, [name]: fitted.weights[name] + step } }
            // The slope has a lowest value, and beyond there it is not free.
            if (moved.weights.base < -0.8 || fitted.weights.base === -0.8) continue
            expect(cost(examples, moved)).toBeGreaterThan(best - 1e-6)
          }
        }
      }),
      { numRuns: 60 },
    )
  })

  it('gives the same bytes for the same decisions, and finite ones for any', () => {
    fc.assert(
      fc.property(decided, (examples) => {
        const fitted = fitCalibration(examples)
        expect(JSON.stringify(fitCalibration(examples))).toBe(JSON.stringify(fitted))
        expect(Object.values({ ...fitted.weights, offset: fitted.offset }).every(Number.isFinite)).toBe(true)
      }),
      { numRuns: 60 },
    )
  })

  it('counts keeps and discards alike: twice as many of one kind teach the same', () => {
    const examples = simulateVerdicts(streamers['the model, more when loud'], 5, 30, 10)
    const doubled = [...examples, ...examples.filter(({ kept }) => kept)]
    const [once, twice] = [fitCalibration(examples), fitCalibration(doubled)]
    // More decisions weigh more against the priors; counted plainly, the offset would rise by the logarithm of two.
    expect(Math.abs(once.weights.voice - twice.weights.voice)).toBeLessThan(0.25)
    expect(Math.abs(once.offset - twice.offset)).toBeLessThan(0.35)
  })

  it('of the base alone, moves nothing but offset and slope', () => {
    const { weights } = fitBase(simulateVerdicts(streamers['nearly only when loud'], 6, 20, 10))
    expect(weights).toEqual({ ...none, base: weights.base })
    expect(weights.base).toBeLessThan(0)
  })
})

describe('applying', () => {
  const calibration = (weights: Partial<Calibration['weights']>): Calibration => ({
    offset: 1,
    weights: { ...none, ...weights },
    centre: { ...none, base: -1 },
  })

  it('without weights leaves every score exactly as it is', () => {
    fc.assert(
      fc.property(evidences, fc.double({ min: 0, max: 1, noNaN: true }), (evidence, score) => {
        expect(adjustScore(score, adjustmentOf(calibration({}), evidence).total)).toBe(score)
      }),
    )
  })

  it('with a slope alone keeps the order of the base', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -0.8, max: 4, noNaN: true }),
        fc.double({ min: -6, max: 6, noNaN: true }),
        fc.double({ min: -6, max: 6, noNaN: true }),
        (slope, a, b) => {
          const scored = (base: number): number =>
            adjustScore(sigmoid(base), adjustmentOf(calibration({ base: slope }), { ...zero, base }).total)
          if (a < b) expect(scored(a)).toBeLessThanOrEqual(scored(b) + 1e-12)
        },
      ),
    )
  })

  it('adds nothing to the average moment, whatever was kept in all: the threshold keeps its meaning', () => {
    for (const share of ['at random, keeps 60 %', 'at random, keeps 80 %'] as const) {
      const fitted = fitCalibration(simulateVerdicts(streamers[share], 8, 30, 10))
      expect(adjustmentOf(fitted, { version: 1, ...fitted.centre }).total).toBeCloseTo(0, 12)
    }
  })

  it('never adds more than two to the log-odds, so that scores stay scores', () => {
    const strong = calibration({ voice: 50 })
    const [loud, quiet] = [2, -1].map((voice) => adjustmentOf(strong, { ...zero, voice }).total)
    expect([loud, quiet]).toEqual([mostAdjustment, -mostAdjustment])
    for (const score of [0, 1e-12, 0.5, 1]) {
      expect(adjustScore(score, 2)).toBeGreaterThanOrEqual(score - 1e-9)
      expect(adjustScore(score, 2)).toBeLessThanOrEqual(1)
    }
    expect(keepLogOdds(strong, { ...zero, voice: 2 })).toBe(1 + mostAdjustment)
  })

  it('says how wrong a prediction is, for certain ones too', () => {
    expect(logLoss(0, true)).toBeCloseTo(Math.LN2, 12)
    expect(logLoss(1000, true)).toBe(0)
    expect(logLoss(1000, false)).toBe(1000)
  })
})

it('evidence of another version is not read as this one', () => {
  expect(evidenceSchema.safeParse(zero).success).toBe(true)
  expect(evidenceSchema.safeParse({ ...zero, version: 2 }).success).toBe(false)
  expect(evidenceSchema.safeParse({ ...zero, base: 7 }).success).toBe(false)
})

/** What is minimised, written down once more: weighted log loss, and the priors. */
function cost(examples: readonly Example[], { offset, weights, centre }: Calibration): number {
  const kept = examples.filter((example) => example.kept).length
  const loss = examples.reduce((sum, example) => {
    const z = features.reduce((s, name) => s + weights[name] * (example.evidence[name] - centre[name]), offset)
    const p = sigmoid(example.evidence.base + z)
    const weight = examples.length / 2 / (example.kept ? kept : examples.length - kept)
    return sum - weight * Math.log(Math.max(1e-300, example.kept ? p : 1 - p))
  }, 0)
  const groups = features.reduce((sum, name) => sum + (name === 'base' ? 10 : 6) * weights[name] ** 2, 0)
  return loss + (0.01 * offset ** 2 + groups) / 2
}
