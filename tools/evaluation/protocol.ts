/**
 * How a score of highlights is measured, where the game's engine logged what happened. Fixed before any weight was
 * chosen; `models/signals.md` explains it. Everything here is on a grid of one second.
 */
export interface LabelEvent {
  /** Seconds on the recording's clock. */
  t: number
  kind: string
}

/** A maximal run of highlight seconds, `from` to `to` inclusive. */
export interface Highlight {
  from: number
  to: number
}

const spread = { before: 6, after: 3 }
const topShare = 0.12
const mergeGap = 8

/** Kill 1, each further kill within 4 s of the last 2; award 2; own death 0.5; what others do 0. */
export function eventWeights(events: readonly LabelEvent[]): { t: number; weight: number }[] {
  let lastKill = -Infinity
  return events
    .toSorted((a, b) => a.t - b.t)
    .map(({ t, kind }) => {
      if (kind === 'award') return { t, weight: 2 }
      if (kind === 'death') return { t, weight: 0.5 }
      if (kind !== 'kill') return { t, weight: 0 }
      const weight = t - lastKill <= 4 ? 2 : 1
      lastKill = t
      return { t, weight }
    })
}

/** Relevance of each second: the weights of the events spread over 6 s before to 3 s after them. */
export function relevance(events: readonly LabelEvent[], seconds: number): Float64Array {
  const out = new Float64Array(seconds)
  for (const { t, weight } of eventWeights(events)) {
    for (let s = Math.max(0, Math.ceil(t - spread.before)); s <= Math.min(seconds - 1, t + spread.after); s++)
      out[s]! += weight
  }
  return out
}

/**
 * Runs of the top 12 % of seconds, runs closer than 8 s merged. Relevance has few values: seconds that equal the one
 * at the border are left out, unless that would leave nothing.
 */
export function highlightsOf(values: Float64Array): Highlight[] {
  const sorted = values.toSorted().reverse()
  const border = sorted[Math.floor(values.length * topShare)] ?? 0
  const above = sorted.some((v) => v > border)
  const runs: Highlight[] = []
  for (const [s, value] of values.entries()) {
    if (value <= 0 || (above ? value <= border : value < border)) continue
    const last = runs.at(-1)
    if (last && s - last.to - 1 < mergeGap) last.to = s
    else runs.push({ from: s, to: s })
  }
  return runs
}

/** Average precision of ranking seconds by `scores`; equal scores share their rank's precision in order of time. */
export function averagePrecision(scores: ArrayLike<number>, positive: ArrayLike<boolean>): number {
  const order = Array.from({ length: positive.length }, (_, i) => i).sort((a, b) => scores[b]! - scores[a]! || a - b)
  let [hits, sum] = [0, 0]
  for (const [rank, second] of order.entries()) {
    if (!positive[second]) continue
    hits++
    sum += hits / (rank + 1)
  }
  return hits === 0 ? Number.NaN : sum / hits
}

export function positiveSeconds(highlights: readonly Highlight[], seconds: number): boolean[] {
  return Array.from({ length: seconds }, (_, s) => highlights.some(({ from, to }) => s >= from && s <= to))
}

/** Of the best `k` peaks, at least 20 s apart, the share that lies within 5 s of a highlight. */
export function hitRate(scores: ArrayLike<number>, highlights: readonly Highlight[], k: number): number {
  const smoothed = Array.from(scores, (_, i) => {
    const window = [i - 1, i, i + 1].flatMap((j) => scores[j] ?? [])
    return window.reduce((a, b) => a + b, 0) / window.length
  })
  const peaks = smoothed
    .flatMap((v, i) => (v >= (smoothed[i - 1] ?? -Infinity) && v >= (smoothed[i + 1] ?? -Infinity) ? [i] : []))
    .sort((a, b) => smoothed[b]! - smoothed[a]! || a - b)
  const kept: number[] = []
  for (const peak of peaks) {
    if (kept.length === k) break
    if (kept.every((other) => Math.abs(other - peak) >= 20)) kept.push(peak)
  }
  const hits = kept.filter((peak) => highlights.some(({ from, to }) => peak >= from - 5 && peak <= to + 5))
  return kept.length === 0 ? 0 : hits.length / kept.length
}

/** Mean and 95 % interval over matches, by 2,000 resamples with a fixed seed. */
export function bootstrap(values: readonly number[], seed = 1): { mean: number; low: number; high: number } {
  const random = mulberry32(seed)
  const mean = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0) / list.length
  const means = Array.from({ length: 2000 }, () =>
    mean(values.map(() => values[Math.floor(random() * values.length)]!)),
  )
  means.sort((a, b) => a - b)
  return { mean: mean(values), low: means[50]!, high: means[1949]! }
}

/** A small seeded generator (Tommy Ettinger's mulberry32), from 0 to 1. */
export function mulberry32(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}
