import { smooth } from '../score.ts'
import type { Highlight } from './truth.ts'

const smoothSeconds = 3
const apartSeconds = 20
/** How far beside a highlight a peak may lie, in seconds. */
export const toleranceSeconds = 5

/**
 * The best `k` peaks of a score by second, best first: local maxima of its moving average over 3 s (of a plateau its
 * middle), each at least 20 s from any better one. Equal ones are taken in the order of time.
 */
export function bestPeaks(scores: ArrayLike<number>, k: number): number[] {
  const smoothed = smooth(scores, smoothSeconds, 1)
  const maxima = localMaxima(smoothed).sort((a, b) => smoothed[b]! - smoothed[a]! || a - b)
  const kept: number[] = []
  for (const peak of maxima) {
    if (kept.length === k) break
    if (kept.every((other) => Math.abs(other - peak) >= apartSeconds)) kept.push(peak)
  }
  return kept
}

function localMaxima(values: Float32Array): number[] {
  const maxima: number[] = []
  for (let i = 0; i < values.length;) {
    let end = i
    while (end + 1 < values.length && values[end + 1] === values[i]) end++
    if ((values[i - 1] ?? -Infinity) < values[i]! && (values[end + 1] ?? -Infinity) < values[i]!) {
      maxima.push((i + end) >> 1)
    }
    i = end + 1
  }
  return maxima
}

export function isNear(second: number, { from, to }: Highlight): boolean {
  return second >= from - toleranceSeconds && second <= to + toleranceSeconds
}

/**
 * Of the best `k` peaks, the share within 5 s of a highlight. A score with fewer peaks misses the rest, as far as the
 * recording has room for them.
 */
export function hitRate(scores: ArrayLike<number>, highlights: readonly Highlight[], k: number): number {
  const room = Math.min(k, Math.ceil(scores.length / apartSeconds))
  const hits = bestPeaks(scores, k).filter((peak) => highlights.some((highlight) => isNear(peak, highlight)))
  return room === 0 ? 0 : hits.length / room
}

/**
 * Normalised discounted cumulative gain of the best `k` peaks. A peak gains the highest relevance within 5 s of it; the
 * gain at rank r counts 1 / log2(r + 1). Divided by the most that any `k` seconds, 20 s apart, could reach, so it never
 * exceeds 1. NaN where nothing is relevant. `k` at most 10 (the ideal looks at every set of ranks).
 */
export function ndcg(scores: ArrayLike<number>, relevance: Float64Array, k: number): number {
  const { gains, ideal } = idealOf(relevance, k)
  const reached = bestPeaks(scores, k).reduce((sum, peak, i) => sum + gains[peak]! * discount(i), 0)
  return ideal === 0 ? Number.NaN : reached / ideal
}

interface Ideal {
  readonly gains: Float64Array
  readonly ideal: number
}

/** The same for every score that is judged by one truth, and by far the most work. */
const ideals = new WeakMap<Float64Array, Map<number, Ideal>>()

function idealOf(relevance: Float64Array, k: number): Ideal {
  const known = ideals.get(relevance) ?? new Map<number, Ideal>()
  ideals.set(relevance, known)
  const found = known.get(k)
  if (found) return found
  const gains = gainsOf(relevance)
  const made = { gains, ideal: idealGain(gains, k) }
  known.set(k, made)
  return made
}

/** Rank from 0. */
function discount(rank: number): number {
  return 1 / Math.log2(rank + 2)
}

function gainsOf(relevance: Float64Array): Float64Array {
  return relevance.map((_, s) =>
    relevance.subarray(Math.max(0, s - toleranceSeconds), s + toleranceSeconds + 1).reduce((a, b) => Math.max(a, b), 0),
  )
}

/**
 * The most that `k` seconds, 20 s apart, can gain when each is given a rank of its own: dynamic programming over the
 * seconds, with the set of ranks already given. The best order of given seconds is by gain, so allowing any order is
 * the same. Only the last 20 s are remembered.
 */
function idealGain(gains: Float64Array, k: number): number {
  const sets = 1 << k
  const discounts = Array.from({ length: k }, (_, i) => discount(i))
  const rows = Array.from({ length: apartSeconds + 1 }, () => new Float64Array(sets))
  for (let s = 0; s < gains.length; s++) {
    const row = rows[(s + 1) % rows.length]!
    const before = rows[s % rows.length]!
    // What was reached before the seconds that are too near; of the first ones nothing was.
    const apart = rows[(s + 2) % rows.length]!
    const gain = gains[s]!
    row.set(before)
    if (gain === 0) continue
    for (let set = 1; set < sets; set++) {
      for (let r = 0; r < k; r++) {
        if ((set & (1 << r)) === 0) continue
        const sum = apart[set ^ (1 << r)]! + gain * discounts[r]!
        if (sum > row[set]!) row[set] = sum
      }
    }
  }
  return rows[gains.length % rows.length]![sets - 1]!
}
