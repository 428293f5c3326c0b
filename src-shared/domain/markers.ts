import type { MarkerKind } from '../contract/markers.ts'

/** A marker as its file writes it. */
export interface FoundMarker {
  /** Seconds on the file's own clock; see `MarkerClock`. */
  readonly time: number
  /** Where the marked span ends; null for a point in time. */
  readonly end: number | null
  readonly kind: MarkerKind
  /** One line, maybe empty. */
  readonly label: string
  /** Where it differs from what its kind weighs. */
  readonly weight?: number
  /** Which of the file's `groups` it belongs to. */
  readonly group?: number
}

/**
 * What the times of a marker file count from. `offset`: the start of a recording, which began at `startedAt` (seconds
 * since 1970) if the file says so. `absolute`: seconds since 1970. `wall`: the same, but of a clock on a wall, without
 * a zone (as if it were UTC).
 */
export type MarkerClock =
  | { readonly kind: 'offset'; readonly startedAt: number | null }
  | { readonly kind: 'absolute' }
  | { readonly kind: 'wall' }

/** Some files hold the markers of several recordings, and say of each when it began (by a clock on a wall) or its name. */
export interface MarkerGroup {
  readonly startedAt: number | null
  readonly file: string | null
}

export interface MarkerFile {
  readonly clock: MarkerClock
  readonly groups: readonly MarkerGroup[]
  readonly markers: readonly FoundMarker[]
}

interface KindSpec {
  /** Of `markerEvidence`. */
  readonly weight: number
  /** What a point in time marks: what was `before` it, or what is `at` it. */
  readonly aim: 'before' | 'at'
  /** Set by a person on purpose: such moments are always selected. */
  readonly own: boolean
}

/**
 * The weights are fixed. What a person marked on purpose counts fully; what a game tells Steam counts less the more of
 * it there is (Steam's own `possible_clip` says that, see `steamEventWeights`). They were chosen, not learned: no
 * recordings with markers are ours to learn from.
 */
export const markerKindSpecs: Readonly<Record<MarkerKind, KindSpec>> = {
  hotkey: { weight: 1, aim: 'before', own: true },
  chapter: { weight: 1, aim: 'before', own: true },
  'stream-marker': { weight: 1, aim: 'before', own: true },
  'steam-marker': { weight: 1, aim: 'before', own: true },
  'steam-event': { weight: 0.4, aim: 'at', own: false },
  'steam-achievement': { weight: 0.6, aim: 'at', own: false },
  'steam-screenshot': { weight: 0.4, aim: 'at', own: false },
  editor: { weight: 1, aim: 'at', own: true },
  label: { weight: 1, aim: 'at', own: true },
}

/** By Steam's ETimelineEventClipPriority: 1 no clip, 2 standard, 3 featured. What says none of them is a `steam-event`. */
export const steamEventWeights: ReadonlyMap<number, number> = new Map([
  [1, 0],
  [2, 0.6],
  [3, 0.85],
])

/**
 * Chapters with names that divide the whole recording are mostly topics: that they begin at a moment is a weak hint, too
 * weak to select what nothing else speaks for.
 */
export const topicWeight = 0.1

/**
 * What a marker of weight 1 adds to the log-odds of the score. Chat adds at most 4, and so does everything in sound and
 * picture together: a marked moment in which nothing else happens rises from 8.5 % to 97 %.
 */
export const markerEvidence = 6
/** Several markers of one moment add up to no more than this. */
export const mostMarkerEvidence = 8
/** Where a person says that something happened, no scorer is surer than this that nothing did. */
export const markedFloor = 0.02

/**
 * Where the marked moment lies, in seconds around a point in time: the evidence rises from nothing at `from` to all at
 * `fullFrom`, and falls from all at `fullTo` to nothing at `to`. Whoever presses a key has seen the moment, finished the
 * fight, and then found the key: some 2 to 12 s, up to 20. A game or somebody who watches marks the moment itself.
 */
export const markerWindows = {
  before: { from: -20, fullFrom: -12, fullTo: -2, to: 5 },
  at: { from: -6, fullFrom: -2, fullTo: 2, to: 6 },
  within: { from: -2, fullFrom: 0, fullTo: 0, to: 2 },
} as const

/** Points of one kind that lie this near each other mark one moment, seconds. */
export const mergeSeconds = 10
/** A marked span of up to `full` seconds says where to look; one of `none` or more does not. */
export const spanSeconds = { full: 60, none: 300 } as const

/** What a span of this many seconds counts, 0 to 1. */
export function spanShare(seconds: number): number {
  return Math.min(1, Math.max(0, (spanSeconds.none - seconds) / (spanSeconds.none - spanSeconds.full)))
}

/** Longer labels are cut. */
const longestLabel = 120

/** One line without control characters (those that turn the direction of text among them), of bearable length. */
export function cleanLabel(text: string): string {
  const line = text
    .replace(/[\p{Cc}\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  const letters = [...line]
  return letters.length > longestLabel
    ? `${letters
        .slice(0, longestLabel - 1)
        .join('')
        .trimEnd()}…`
    : line
}

/** A marked moment as the choice of clips and the reasons look at it. */
export interface Mark {
  /** `marker.hotkey` and so on. */
  readonly signal: string
  /** In words a streamer uses. */
  readonly text: string
  readonly own: boolean
  /** Added to the log-odds of the score from slot `first` on. */
  readonly first: number
  readonly evidence: readonly number[]
}
