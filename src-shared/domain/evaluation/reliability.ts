/** What a score claims, and how often it was right. */
export interface Reliability {
  /** Bins of equal width from 0 to 1; `claimed` and `true` are means, NaN in an empty bin. */
  readonly bins: readonly { readonly count: number; readonly claimed: number; readonly true: number }[]
  /** Expected calibration error: mean distance between the two, weighted by count. NaN without values. */
  readonly ece: number
}

/** Probabilities against whether it was so; 1 falls into the last bin. */
export function reliability(
  probabilities: readonly number[],
  positive: readonly boolean[],
  binCount = 10,
): Reliability {
  const sums = Array.from({ length: binCount }, () => ({ count: 0, claimed: 0, true: 0 }))
  for (const [i, probability] of probabilities.entries()) {
    const bin = sums[Math.min(binCount - 1, Math.max(0, Math.floor(probability * binCount)))]!
    bin.count += 1
    bin.claimed += probability
    if (positive[i]) bin.true += 1
  }
  const error = sums.reduce((sum, bin) => sum + Math.abs(bin.claimed - bin.true), 0)
  return {
    bins: sums.map((bin) => ({ count: bin.count, claimed: bin.claimed / bin.count, true: bin.true / bin.count })),
    ece: error / probabilities.length,
  }
}
