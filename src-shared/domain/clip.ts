import type { Clip } from '../contract/clip.ts'
import type { Segment } from '../contract/segment.ts'
import { formatClock, TICKS_PER_SECOND, type Ticks } from './time.ts'

export type { Clip, ClipState, CutMode, Render, RenderKind } from '../contract/clip.ts'

/** A clip before the library gave it an id. */
export type NewClip = Omit<Clip, 'id' | 'renders'> & {
  /** The span as it was found, where learned padding gave the clip another: by it a clip is known again. */
  readonly origin?: { readonly start: Ticks; readonly end: Ticks }
}

/**
 * A clip of a segment, about which nobody decided yet. Its end stays inside the recording: a segment's padding may
 * reach past the last frame.
 */
export function clipOfSegment(recording: string, segment: Segment, duration: Ticks | null): NewClip {
  const end = duration === null ? segment.end : Math.min(segment.end, Math.max(duration, segment.start + 1))
  return {
    recording,
    start: segment.start,
    end,
    peak: Math.min(segment.peak, end),
    score: segment.score,
    reasons: segment.reasons,
    title: titleOf(segment),
    state: 'candidate',
    favourite: false,
    tags: [],
    ...(segment.found && { origin: segment.found }),
  }
}

/**
 * A clip that a person made: kept, and not up to any score. Its end stays inside the recording; null where it begins
 * behind that.
 */
export function ownClip(
  { fingerprint, durationSeconds }: { fingerprint: string; durationSeconds: number | null },
  { start, end, title }: { start: Ticks; end: Ticks; title?: string | undefined },
): NewClip | null {
  // The length is kept in seconds: a rounding may not cut off the recording's very end.
  const last = durationSeconds === null ? end : Math.ceil(durationSeconds * TICKS_PER_SECOND)
  const until = Math.min(end, last)
  if (start >= until) return null
  return {
    recording: fingerprint,
    start,
    end: until,
    peak: Math.floor((start + until) / 2),
    score: 0,
    reasons: [],
    title: title ?? titleOf({ start }),
    state: 'kept',
    favourite: false,
    tags: [],
  }
}

/** What a clip is called until a person says better: where it lies. */
export function titleOf(segment: Pick<Segment, 'start'>): string {
  return `at ${formatClock(segment.start)}`
}
