import { evidenceGroups, type Evidence } from '../contract/evidence.ts'
import type { Calibration } from '../contract/learning.ts'

export type { Calibration } from '../contract/learning.ts'

/** What the calibration looks at, in the order of its numbers. */
export const features = ['base', ...evidenceGroups, 'length'] as const
export type Feature = (typeof features)[number]

/** A moment and what was decided about it. */
export interface Example {
  readonly kept: boolean
  readonly evidence: Evidence
}

/**
 * Precision of the priors, all of mean 0: the more, the more decisions it takes to move a weight. A weight of 1 is a
 * factor of 2.7 in the odds. The offset is all but free, and only kept finite.
 */
export const priors = { offset: 0.01, base: 10, group: 6 } as const

/** Below these nothing is learned about moments; docs/how-to/learning.md has the simulation that they come from. */
export const leastDecisions = { total: 20, ofEach: 5, recordings: 6 } as const
/** The same for where clips begin and end. */
export const leastTrims = { total: 8, recordings: 6 } as const

/** The model is adjusted, not overruled: this is the most that is added to the log-odds, either way. */
export const mostAdjustment = 2

/** The lowest slope: what the frozen model finds likelier stays likelier, other things being equal. */
const leastSlope = 0.2
const [mostSteps, tolerance] = [30, 1e-9]

/**
 * Fits `log-odds(keep) = offset + base + sum of weights × (evidence - centre)` by Newton's method on the penalised
 * likelihood, which is strictly concave, so that there is one answer. Keeps and discards weigh the same in total
 * however many there are of each. Both kinds must be there; the order of the examples must be the same for the same
 * bytes. Source: Hastie, Tibshirani, Friedman, The Elements of Statistical Learning, 4.4.1 and 4.4.4.
 */
export function fitCalibration(examples: readonly Example[]): Calibration {
  return fit(examples, features)
}

/** The same with offset and slope only: the order of the base, as sure of itself as the decisions allow. */
export function fitBase(examples: readonly Example[]): Calibration {
  return fit(examples, ['base'])
}

/** What the calibration adds to the log-odds of a moment's score, by feature, and in all (within the limits). */
export function adjustmentOf(
  { weights, centre }: Pick<Calibration, 'weights' | 'centre'>,
  evidence: Evidence,
): { readonly total: number; readonly parts: Readonly<Record<Feature, number>> } {
  const part = (name: Feature): [Feature, number] => [name, weights[name] * (evidence[name] - centre[name])]
  const parts = Object.fromEntries(features.map(part)) as Record<Feature, number>
  const sum = features.reduce((total, name) => total + parts[name], 0)
  return { total: Math.min(mostAdjustment, Math.max(-mostAdjustment, sum)), parts }
}

/** Log-odds of keeping a moment, as `adjustmentOf` would have it. */
export function keepLogOdds(calibration: Calibration, evidence: Evidence): number {
  return calibration.offset + evidence.base + adjustmentOf(calibration, evidence).total
}

/** A score with its adjustment; exactly itself where that is 0. */
export function adjustScore(score: number, adjustment: number): number {
  return adjustment === 0 ? score : sigmoid(logOdds(score) + adjustment)
}

export function logOdds(p: number): number {
  const within = Math.min(1 - 1e-9, Math.max(1e-9, p))
  return Math.log(within / (1 - within))
}

export function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x))
}

/** What makes keeps and discards weigh the same in total: the weight of one of each. */
export function classWeights(examples: readonly Example[]): { readonly keep: number; readonly discard: number } {
  const kept = examples.filter((example) => example.kept).length
  const half = examples.length / 2
  return { keep: half / kept, discard: half / (examples.length - kept) }
}

function fit(examples: readonly Example[], used: readonly Feature[]): Calibration {
  const mean = (name: Feature): number =>
    examples.reduce((sum, { evidence }) => sum + evidence[name], 0) / examples.length
  const centre = perFeature(mean)
  const weigh = classWeights(examples)
  const rows = examples.map(({ kept, evidence }) => ({
    x: [1, ...used.map((name) => evidence[name] - centre[name])],
    base: evidence.base,
    y: kept ? 1 : 0,
    weight: kept ? weigh.keep : weigh.discard,
  }))
  const penalty = [priors.offset, ...used.map((name) => (name === 'base' ? priors.base : priors.group))]
  const theta = newton(rows, penalty)
  const learned = (name: Feature): number => {
    const value = theta[used.indexOf(name) + 1]!
    return name === 'base' ? Math.max(leastSlope - 1, value) : value
  }
  return { offset: theta[0]!, weights: perFeature((name) => (used.includes(name) ? learned(name) : 0)), centre }
}

function perFeature(value: (name: Feature) => number): Record<Feature, number> {
  return Object.fromEntries(features.map((name) => [name, value(name)])) as Record<Feature, number>
}

interface Row {
  readonly x: readonly number[]
  readonly base: number
  readonly y: number
  readonly weight: number
}

function newton(rows: readonly Row[], penalty: readonly number[]): number[] {
  let theta = penalty.map(() => 0)
  let cost = costOf(rows, penalty, theta)
  for (let step = 0; step < mostSteps; step++) {
    const direction = newtonDirection(rows, penalty, theta)
    // Half of a step that goes too far, and so on: the cost never grows.
    let [scale, next, nextCost] = [1, theta, Number.POSITIVE_INFINITY]
    for (let halving = 0; halving < 30 && !(nextCost <= cost); halving++, scale /= 2) {
      next = theta.map((value, j) => value - scale * direction[j]!)
      nextCost = costOf(rows, penalty, next)
    }
    if (!(nextCost <= cost)) return theta
    const gain = cost - nextCost
    ;[theta, cost] = [next, nextCost]
    if (gain < tolerance) break
  }
  return theta
}

function linear({ x, base }: Row, theta: readonly number[]): number {
  let sum = base
  for (let j = 0; j < x.length; j++) sum += theta[j]! * x[j]!
  return sum
}

/** Weighted negative log-likelihood with the penalty. */
function costOf(rows: readonly Row[], penalty: readonly number[], theta: readonly number[]): number {
  let cost = theta.reduce((sum, value, j) => sum + (penalty[j]! * value * value) / 2, 0)
  for (const row of rows) cost += row.weight * logLoss(linear(row, theta), row.y === 1)
  return cost
}

/** -log of the probability that was given to what was decided; exact for large log-odds too. */
export function logLoss(odds: number, kept: boolean): number {
  const wrong = kept ? -odds : odds
  return Math.max(0, wrong) + Math.log1p(Math.exp(-Math.abs(wrong)))
}

function newtonDirection(rows: readonly Row[], penalty: readonly number[], theta: readonly number[]): number[] {
  const n = theta.length
  const gradient = theta.map((value, j) => penalty[j]! * value)
  const hessian = Array.from({ length: n }, (_, i) => penalty.map((value, j) => (i === j ? value : 0)))
  for (const row of rows) {
    const p = sigmoid(linear(row, theta))
    const [error, curvature] = [row.weight * (p - row.y), row.weight * p * (1 - p)]
    for (let i = 0; i < n; i++) {
      gradient[i]! += error * row.x[i]!
      const scaled = curvature * row.x[i]!
      for (let j = 0; j <= i; j++) hessian[i]![j]! += scaled * row.x[j]!
    }
  }
  return solve(hessian, gradient)
}

/** Solves `A x = b` by Cholesky's decomposition; `lower` holds the lower half of A and is used up. */
function solve(lower: number[][], b: readonly number[]): number[] {
  const n = b.length
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = lower[i]![j]!
      for (let k = 0; k < j; k++) sum -= lower[i]![k]! * lower[j]![k]!
      lower[i]![j] = i === j ? Math.sqrt(sum) : sum / lower[j]![j]!
    }
  }
  const x = [...b]
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) x[i]! -= lower[i]![k]! * x[k]!
    x[i]! /= lower[i]![i]!
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) x[i]! -= lower[k]![i]! * x[k]!
    x[i]! /= lower[i]![i]!
  }
  return x
}
