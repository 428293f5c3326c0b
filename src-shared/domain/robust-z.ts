import { SLOT_RATE } from './signal.ts'

/** Slots to either side: three minutes. */
export const CONTEXT_SLOTS = 180 * SLOT_RATE
/** Makes the median absolute deviation of a normal distribution its standard deviation. */
const MAD_TO_SIGMA = 1.4826
export const Z_LIMIT = 8

export interface ZOptions {
  /** Slots to either side. */
  readonly context?: number
  /** See `CurveSpec`. */
  readonly epsilon: number
  readonly relativeEpsilon?: number | undefined
}

/**
 * (x - median) / (1.4826 × MAD + epsilon) against the valid values within `context` slots to either side (fewer at the
 * ends), limited to ±8; 0 where not valid. The window is kept sorted while it slides, so a value costs one insertion
 * and one removal in a few kilobytes, and the MAD is read off the sorted window by bisection.
 */
export function robustZ(values: Float32Array, valid: Uint8Array, options: ZOptions): Float32Array {
  const { context = CONTEXT_SLOTS, epsilon, relativeEpsilon = 0 } = options
  const out = new Float32Array(values.length)
  // One more than the window, because a value enters before another leaves.
  const sorted = new Float32Array(2 * context + 2)
  let size = 0
  for (let i = -context; i < values.length; i++) {
    const entering = i + context
    if (entering < values.length && valid[entering] === 1) {
      const at = lowerBound(sorted, size, values[entering]!)
      sorted.copyWithin(at + 1, at, size)
      sorted[at] = values[entering]!
      size += 1
    }
    const leaving = i - context - 1
    if (leaving >= 0 && valid[leaving] === 1) {
      const at = lowerBound(sorted, size, values[leaving]!)
      sorted.copyWithin(at, at + 1, size)
      size -= 1
    }
    if (i < 0 || valid[i] !== 1) continue
    const median = (sorted[(size - 1) >> 1]! + sorted[size >> 1]!) / 2
    const spread = MAD_TO_SIGMA * medianDeviation(sorted, size, median)
    const z = (values[i]! - median) / (spread + epsilon + relativeEpsilon * Math.abs(median))
    out[i] = Math.min(Z_LIMIT, Math.max(-Z_LIMIT, z))
  }
  return out
}

/** Where a value belongs among the first `size` of a sorted array: before its equals. */
export function lowerBound(sorted: Float32Array, size: number, value: number): number {
  let [low, high] = [0, size]
  while (low < high) {
    const middle = (low + high) >> 1
    if (sorted[middle]! < value) low = middle + 1
    else high = middle
  }
  return low
}

/** Median of |x - median|: the deviations below and above the median are two sorted lists, of which the middle is wanted. */
function medianDeviation(sorted: Float32Array, size: number, median: number): number {
  const upper = (size >> 1) + 1
  // After both halves of the wanted rank, so that an even number takes the mean of its two middles.
  const high = kthDeviation(sorted, size, median, upper)
  return size % 2 === 1 ? high : (kthDeviation(sorted, size, median, upper - 1) + high) / 2
}

/** The k-th smallest (from 1) deviation. */
function kthDeviation(sorted: Float32Array, size: number, median: number, k: number): number {
  const split = lowerBound(sorted, size, median)
  // How many of the k come from below the median: the smallest number whose next one is not nearer to it than the last
  // one from above. No closures: this runs a million times for a long recording.
  let low = Math.max(0, k - (size - split))
  let high = Math.min(k, split)
  while (low < high) {
    const middle = (low + high) >> 1
    const above = split + k - middle - 1
    if (median - sorted[split - 1 - middle]! < sorted[above]! - median) low = middle + 1
    else high = middle
  }
  const fromBelow = low > 0 ? median - sorted[split - low]! : 0
  const fromAbove = k > low ? sorted[split + k - low - 1]! - median : 0
  return Math.max(fromBelow, fromAbove)
}
