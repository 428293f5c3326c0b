import type { Weighing } from '../../src-main/stages/score/weigh-signals.ts'
import { smooth } from '../../src-shared/domain/score.ts'
import { zLimits } from '../../src-shared/domain/signal-weights.ts'
import { findCurve, type Signals } from '../../src-shared/domain/signal.ts'

/** One match: its signals (one audio track) and, per slot, whether it lies in a highlight. */
export interface Example {
  readonly signals: Signals
  readonly positive: readonly boolean[]
}

/** L2 penalty per example; strong, because there are few matches and the signals resemble each other. */
const penalty = 0.02
const steps = 400
const rate = 0.5
/** A signal that carries less than this share of the sum is left out: it is noise, and a reason nobody understands. */
const leastShare = 0.02

/**
 * Logistic regression with weights that are never negative (a rise is evidence or it is nothing), by projected
 * gradient descent from zero: no randomness. Twice: the second time without the signals that came out negligible.
 */
export function fitWeights(examples: readonly Example[], ids: readonly string[], seconds: number): Weighing {
  const first = descend(examples, ids, seconds)
  const total = first.weights.reduce((a, b) => a + b, 0)
  const kept = ids.filter((_, k) => first.weights[k]! >= leastShare * total)
  const { weights, bias } = descend(examples, kept, seconds)
  const scale = weights.reduce((a, b) => a + b, 0)
  return { weights: kept.map((id, k) => ({ id, weight: weights[k]! / scale })), seconds, scale, bias }
}

function descend(examples: readonly Example[], ids: readonly string[], seconds: number) {
  const columns = ids.map((id) => examples.flatMap((example) => [...columnOf(example.signals, id, seconds)]))
  const target = examples.flatMap((example) => example.positive.map(Number))
  const weights = ids.map(() => 0)
  let bias = -2
  for (let step = 0; step < steps; step++) {
    const gradient = ids.map((_, k) => penalty * weights[k]!)
    let biasGradient = 0
    for (let i = 0; i < target.length; i++) {
      let sum = bias
      for (let k = 0; k < ids.length; k++) sum += weights[k]! * columns[k]![i]!
      const error = (1 / (1 + Math.exp(-sum)) - target[i]!) / target.length
      biasGradient += error
      for (let k = 0; k < ids.length; k++) gradient[k]! += error * columns[k]![i]!
    }
    bias -= rate * biasGradient
    for (let k = 0; k < ids.length; k++) weights[k] = Math.max(0, weights[k]! - rate * gradient[k]!)
  }
  return { weights, bias }
}

function columnOf(signals: Signals, id: string, seconds: number): Float32Array {
  const curve = findCurve(signals, id, id.startsWith('audio.') ? 0 : null)
  const z = Array.from({ length: signals.length }, (_, i) =>
    curve?.valid[i] ? Math.min(zLimits.high, Math.max(zLimits.low, curve.z[i]!)) : 0,
  )
  return smooth(z, seconds)
}
