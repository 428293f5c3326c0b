import { listenTo, smooth, type ScoreInput } from '../../../src-shared/domain/score.ts'
import {
  burst,
  calibration,
  evidenceSeconds,
  signalWeights,
  zLimits,
  type SignalWeight,
} from '../../../src-shared/domain/signal-weights.ts'
import type { SignalCurve } from '../../../src-shared/domain/signal.ts'

export interface Weighing {
  weights: readonly SignalWeight[]
  seconds: number
  scale: number
  bias: number
}

export const measuredWeighing: Weighing = { weights: signalWeights, seconds: evidenceSeconds, ...calibration }

/** Where half of the evidence is missing the other half counts double, but no more: too little stays too little. */
const largestBoost = 2

/**
 * The `signals` score: a weighted sum of z-scores, averaged over a few seconds, through a logistic. Of several game
 * tracks the one with the strongest evidence counts at each moment; a microphone's rises are added. Where a signal is
 * absent or masked the remaining ones carry its weight.
 */
export function weighSignals(
  { signals, roles }: Pick<ScoreInput, 'signals' | 'roles'>,
  weighing: Weighing = measuredWeighing,
): Float32Array {
  const { length } = signals
  const tracks = listenTo(roles)
  const evidence = new Float64Array(length)
  const present = new Float64Array(length)
  let total = 0
  for (const { id, weight, mic } of weighing.weights) {
    const curves = signals.curves.filter((curve) => curve.id === id)
    const heard = curves.filter((curve) => curve.track === null || tracks.game.includes(curve.track))
    const spoken = curves.filter((curve) => curve.track !== null && tracks.mic.includes(curve.track))
    if (weight !== 0) {
      total += Math.abs(weight)
      for (let i = 0; i < length; i++) {
        const z = strongest(heard, i, weight)
        if (z === undefined) continue
        present[i]! += Math.abs(weight)
        evidence[i]! += weight * z
      }
    }
    if (mic === undefined) continue
    for (let i = 0; i < length; i++) evidence[i]! += mic * Math.max(0, strongest(spoken, i, mic) ?? 0)
  }
  for (let i = 0; i < length; i++) {
    const share = present[i]! / total
    if (share > 0) evidence[i]! *= Math.min(largestBoost, 1 / share)
  }
  const averaged = smooth(evidence, weighing.seconds)
  const bursts = burstsOf(signals, [...tracks.game, ...tracks.mic])
  return averaged.map((value, i) => 1 / (1 + Math.exp(-(weighing.scale * (value + bursts[i]!) + weighing.bias))))
}

/** What sudden, single bangs add to the evidence of each slot; see `burst`. */
function burstsOf(signals: ScoreInput['signals'], tracks: readonly number[]): Float64Array {
  const { curves, length } = signals
  const sums = tracks.map((track) => {
    const sum = new Float64Array(length)
    for (const { id, weight } of burst.weights) {
      const curve = curves.find((one) => one.id === id && one.track === track)
      for (let i = 0; i < length; i++) {
        const z = curve?.valid[i] ? curve.z[i]! : 0
        if (Number.isFinite(z)) sum[i]! += weight * Math.min(burst.zLimit, z)
      }
    }
    return sum
  })
  const reach = Math.floor((burst.seconds * signals.rate) / 2)
  return Float64Array.from({ length }, (_, i) => {
    let most = 0
    for (const sum of sums) {
      for (let k = -reach; k <= reach; k++) most = Math.max(most, (sum[i + k] ?? 0) - burst.threshold)
    }
    return burst.share * most
  })
}

/** The z-score of the curve that says most for a highlight at slot `i`; undefined where none is valid. */
function strongest(curves: readonly SignalCurve[], i: number, weight: number): number | undefined {
  let best: number | undefined
  for (const curve of curves) {
    const z = curve.z[i]
    if (!curve.valid[i] || z === undefined || !Number.isFinite(z)) continue
    const limited = Math.min(zLimits.high, Math.max(zLimits.low, z))
    if (best === undefined || limited * weight > best * weight) best = limited
  }
  return best
}
