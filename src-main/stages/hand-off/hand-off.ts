import type { TrackRole } from '../../../src-shared/contract/media-info.ts'
import type { Reason } from '../../../src-shared/contract/segment.ts'
import type { Rational, Ticks } from '../../../src-shared/domain/time.ts'

/** A recording as an editor looks for it. Times of its clips count from its first presented frame. */
export interface HandOffSource {
  /** Absolute, as the system writes it that `HandOff.platform` names. */
  path: string
  /** Null where it has no picture. */
  video: { fps: Rational; variableFrameRate: boolean; width: number; height: number } | null
  /** Null where nobody knows; the clips then say how much of it there must be. */
  duration: Ticks | null
  /** Timecode of its first frame, `;` before the frames where it drops numbers; null where it has none: then 0. */
  timecode: string | null
  audio: readonly HandOffTrack[]
}

export interface HandOffTrack {
  title: string
  role: TrackRole
  channels: number
  sampleRate: number
}

/** Something to see at a moment; in the recording's time. */
export interface HandOffMarker {
  at: Ticks
  name: string
  note: string
}

/** What is said; in the recording's time. Lines may overlap and reach out of the clip. */
export interface HandOffCaption {
  start: Ticks
  end: Ticks
  text: string
}

/**
 * Where the frame looks, in the recording's time; linear in between. `x` and `y` are the point of the picture in the
 * middle of the frame (0 to 1, from left and top); `scale` 1 just fills the frame, 2 shows half as much.
 */
export interface ReframeKey {
  at: Ticks
  x: number
  y: number
  scale: number
}

/** One moment as an editor is told of it. */
export interface HandOffClip {
  source: HandOffSource
  title: string
  start: Ticks
  end: Ticks
  /** Null where it is not in this span. */
  peak: Ticks | null
  /** 2: twice as fast; a number of hundredths. Absent: as it is. */
  speed?: number
  score: number
  reasons: readonly Reason[]
  tags: readonly string[]
  /** Beyond the one at the peak. */
  markers?: readonly HandOffMarker[]
  captions?: readonly HandOffCaption[]
  reframe?: readonly ReframeKey[]
}

/** Clips end to end, in this order: all that a format needs to know. */
export interface HandOff {
  title: string
  /** Whose paths these are. */
  platform: NodeJS.Platform
  clips: readonly HandOffClip[]
  /** What a person should know beyond what the timeline finds out. */
  notes?: readonly string[]
  /** Size of the frame; without it, that of the first picture. */
  frame?: { width: number; height: number }
  /** Count 29.97 and 59.94 with numbers left out (the default), or not. */
  dropFrame?: boolean
  /** BCP 47, of the captions; English where nobody says. */
  language?: string
}
