import { median, smooth } from '../../../src-shared/domain/score.ts'
import type { DecoderSettings } from './decoder-settings.ts'

/** A peak of the smoothed score and the span around it that stays above half of its height, in slots. */
export interface Core {
  readonly peak: number
  /** Height of the smoothed score at the peak. */
  readonly score: number
  /** First and last slot, inclusive. */
  readonly from: number
  readonly to: number
}

export interface Peaks {
  readonly smoothed: Float32Array
  /** What is usual in this recording: heights are counted from here. */
  readonly base: number
  /** Best first; equal ones in the order of time. */
  readonly cores: readonly Core[]
}

/** Smooths, finds the peaks, grows each to half its height, merges streaks and suppresses what lies too near. */
export function findPeaks(scores: ArrayLike<number>, settings: DecoderSettings): Peaks {
  const finite = Array.from(scores, (value) => (Number.isFinite(value) ? Math.min(1, Math.max(0, value)) : 0))
  const smoothed = smooth(finite, settings.smoothSeconds)
  const base = smoothed.length === 0 ? 0 : median(smoothed)
  const grown = localMaxima(smoothed)
    .filter((peak) => smoothed[peak]! >= base + settings.leastProminence)
    .map((peak) => grow(smoothed, base, peak))
  const merged = mergeStreaks(grown, base, settings)
  return { smoothed, base, cores: suppress(merged, settings) }
}

/** Positions of the maxima, in order; of a plateau its middle. The ends of the recording count as falling. */
function localMaxima(values: Float32Array): number[] {
  const maxima: number[] = []
  for (let i = 0; i < values.length;) {
    let end = i
    while (end + 1 < values.length && values[end + 1] === values[i]) end++
    const before = values[i - 1] ?? -Infinity
    const after = values[end + 1] ?? -Infinity
    if (values[i]! > before && values[i]! > after) maxima.push((i + end) >> 1)
    i = end + 1
  }
  return maxima
}

function grow(values: Float32Array, base: number, peak: number): Core {
  const score = values[peak]!
  const half = base + (score - base) / 2
  let [from, to] = [peak, peak]
  while (from > 0 && values[from - 1]! >= half) from--
  while (to < values.length - 1 && values[to + 1]! >= half) to++
  return { peak, score, from, to }
}

/**
 * A streak (kill after kill) shows as peaks whose cores touch or nearly touch: it is one moment, as long as it fits in
 * one clip. The highest peak stands for it.
 */
function mergeStreaks(cores: readonly Core[], base: number, settings: DecoderSettings): Core[] {
  const room = (settings.longest - settings.padBefore - settings.padAfter) * settings.rate
  const merged: Core[] = []
  for (const core of cores) {
    const last = merged.at(-1)
    if (last) {
      const gap = core.from - last.to - 1
      const [from, to] = [Math.min(last.from, core.from), Math.max(last.to, core.to)]
      const [low, high] = last.score < core.score ? [last, core] : [core, last]
      const alike = low.score - base >= (high.score - base) * settings.streakLikeness
      const within = core.peak >= last.from && core.peak <= last.to
      if (gap <= settings.streakGap * settings.rate && (alike || within || gap < 0) && to - from + 1 <= room) {
        merged[merged.length - 1] = { peak: high.peak, score: high.score, from, to }
        continue
      }
    }
    merged.push(core)
  }
  return merged
}

/** Keeps a peak only when no better one lies within `suppressSeconds`. */
function suppress(cores: readonly Core[], settings: DecoderSettings): Core[] {
  const kept: Core[] = []
  const distance = settings.suppressSeconds * settings.rate
  for (const core of cores.toSorted((a, b) => b.score - a.score || a.peak - b.peak)) {
    if (kept.every((other) => Math.abs(other.peak - core.peak) >= distance)) kept.push(core)
  }
  return kept
}
