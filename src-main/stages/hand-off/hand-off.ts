import type { Reason } from '../../../src-shared/contract/segment.ts'
import type { Rational, Ticks } from '../../../src-shared/domain/time.ts'

/** One moment as an editor is told of it. */
export interface HandOffClip {
  /** Of the recording, as the editor shall look for it. */
  path: string
  title: string
  start: Ticks
  end: Ticks
  peak: Ticks
  score: number
  reasons: readonly Reason[]
}

export interface HandOff {
  title: string
  /** Frame rate of the recordings; without video, 25. */
  fps: Rational
  clips: readonly HandOffClip[]
}
