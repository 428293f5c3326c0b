import { isNear } from './peaks.ts'
import type { Highlight, Moment } from './truth.ts'

/** A span that a decoder cut, in seconds; lists of them are best first. */
export interface Clip {
  readonly start: number
  readonly end: number
  readonly peak: number
}

export interface ClipAccuracy {
  readonly precision: number
  readonly recall: number
  readonly f1: number
}

/** Intersection over union of a clip and a highlight, which lasts from the beginning of its first second to the end of its last. */
export function temporalIou({ start, end }: Pick<Clip, 'start' | 'end'>, { from, to }: Highlight): number {
  const shared = Math.min(end, to + 1) - Math.max(start, from)
  return shared <= 0 ? 0 : shared / (end - start + (to + 1 - from) - shared)
}

/**
 * Each clip, best first, takes the highlight that it fits best, of those that no better clip took, if their temporal IoU
 * is at least `least`. Precision is over the clips, recall over the highlights; both are 0 where there are no clips.
 */
export function clipAccuracy(clips: readonly Clip[], highlights: readonly Highlight[], least: number): ClipAccuracy {
  const taken = new Set<Highlight>()
  for (const clip of clips) {
    let best: Highlight | undefined
    for (const highlight of highlights) {
      const iou = temporalIou(clip, highlight)
      if (taken.has(highlight) || iou < least) continue
      if (best === undefined || iou > temporalIou(clip, best)) best = highlight
    }
    if (best) taken.add(best)
  }
  return {
    precision: clips.length === 0 ? 0 : taken.size / clips.length,
    recall: highlights.length === 0 ? Number.NaN : taken.size / highlights.length,
    f1: clips.length + highlights.length === 0 ? Number.NaN : (2 * taken.size) / (clips.length + highlights.length),
  }
}

export interface ClipStart {
  /** What the clip is of. */
  readonly moment: Moment
  /** Seconds from the clip's start to the moment; negative where it starts too late. */
  readonly before: number
  /** It shows the moment, and the seconds that lead to it. */
  readonly held: boolean
}

/**
 * How a clip begins. It is of the weightiest of the moments that count at the second of its peak (of equal ones, the
 * first). Undefined where none does: a false alarm has no start to judge.
 */
export function clipStart(clip: Clip, moments: readonly Moment[]): ClipStart | undefined {
  const second = Math.floor(clip.peak)
  let moment: Moment | undefined
  for (const one of moments) {
    if (second < one.from || second > one.to) continue
    if (!moment || one.weight > moment.weight || (one.weight === moment.weight && one.at < moment.at)) moment = one
  }
  if (!moment) return undefined
  const before = moment.at - clip.start
  return { moment, before, held: before >= moment.lead && moment.at <= clip.end }
}

/** A highlight is found when the clips show at least half of it. */
export function isFound({ from, to }: Highlight, clips: readonly Clip[]): boolean {
  let shown = 0
  // Clips of one recording do not overlap.
  for (const { start, end } of clips) shown += Math.max(0, Math.min(end, to + 1) - Math.max(start, from))
  return shown >= (to + 1 - from) / 2
}

/** A clip is a false alarm when its peak is more than 5 s from every highlight. */
export function isFalseAlarm({ peak }: Clip, highlights: readonly Highlight[]): boolean {
  return !highlights.some((highlight) => isNear(Math.floor(peak), highlight))
}
