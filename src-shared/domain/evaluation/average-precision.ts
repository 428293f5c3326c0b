/** Seconds in the order of their scores, best first; those with equal scores are one group, in no order. */
export interface Ranking {
  readonly groups: readonly (readonly number[])[]
}

export function rank(scores: ArrayLike<number>): Ranking {
  const order = Array.from({ length: scores.length }, (_, i) => i).sort((a, b) => scores[b]! - scores[a]!)
  const groups: number[][] = []
  for (const second of order) {
    const group = groups.at(-1)
    if (group && scores[group[0]!] === scores[second]) group.push(second)
    else groups.push([second])
  }
  return { groups }
}

/**
 * Average precision, without interpolation: the sum over the thresholds of (rise of recall) × precision. A threshold takes
 * all equal scores or none (as scikit-learn does it), so no order among equals flatters a score: one that says the same
 * everywhere gets the share of positives. `weights` counts a second more than once, or not at all. NaN without positives.
 */
export function averagePrecision(
  { groups }: Ranking,
  positive: ArrayLike<boolean>,
  weights?: ArrayLike<number>,
): number {
  let [hits, taken, sum] = [0, 0, 0]
  for (const group of groups) {
    let [gained, size] = [0, 0]
    for (const second of group) {
      const weight = weights?.[second] ?? 1
      size += weight
      if (positive[second]) gained += weight
    }
    taken += size
    hits += gained
    if (gained > 0) sum += gained * (hits / taken)
  }
  return hits === 0 ? Number.NaN : sum / hits
}

/**
 * Precision at `steps` recalls, evenly from just above 0 to 1: at each, that of the first threshold that reaches it. Its
 * mean is the average precision, as far as the steps are fine enough.
 */
export function precisionByRecall({ groups }: Ranking, positive: readonly boolean[], steps: number): Float64Array {
  const total = positive.filter(Boolean).length
  const out = new Float64Array(steps)
  let [hits, taken, done] = [0, 0, 0]
  for (const group of groups) {
    taken += group.length
    for (const second of group) if (positive[second]) hits += 1
    while (done < steps && hits > 0 && hits / total >= (done + 1) / steps - 1e-9) out[done++] = hits / taken
  }
  return out
}
