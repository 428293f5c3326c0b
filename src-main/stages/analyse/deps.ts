import type { MediaInfo } from '../../../src-shared/contract/media-info.ts'
import type { Recording } from '../../../src-shared/contract/recording.ts'
import type { SignalCurve } from '../../../src-shared/domain/signal.ts'
import type { Ticks } from '../../../src-shared/domain/time.ts'

export interface AnalysisSource {
  readonly recording: Recording
  readonly media: MediaInfo
}

/**
 * Receives a recording as it streams by. A returned promise holds the stream back until it is settled. What is passed
 * belongs to the caller and is overwritten afterwards.
 */
export interface AnalysisSink {
  /** 16 kHz mono, `start` counted in samples since the recording's zero (may be negative). */
  audio(track: number, start: number, samples: Int16Array): void | Promise<void>
  /** A keyframe as 160×90 RGB24. */
  frame(time: Ticks, rgb: Uint8Array): void | Promise<void>
  /** A packet of the video stream, in the order of the file. */
  packet(time: Ticks, duration: Ticks, bytes: number, isKey: boolean): void
}

export interface ExtraFramesRequest {
  /** Time of a keyframe. */
  readonly from: Ticks
  /** Nothing at or beyond this is wanted. */
  readonly to: Ticks
  /** One picture is enough for so long. */
  readonly every: Ticks
}

export interface FeaturesSummary {
  readonly slots: number
  readonly duration: Ticks
  readonly cuts: readonly Ticks[]
  /** One after the other, so that they need not all be in memory. */
  readonly curves: Iterable<SignalCurve>
  /** Levels of `domain/waveform.ts`, finest first. */
  readonly waves: Iterable<{ readonly track: number; readonly levels: readonly Uint8Array[] }>
}

/** A features file that is being written. Nothing is visible under its name before `finish`. */
export interface FeaturesWriter {
  /** The next slot of a track; null for silence. */
  writeMel(track: number, patch: Uint8Array | null): void | Promise<void>
  /** A picture as I420, in any order of time; settled when there is room for the next. */
  writePicture(time: Ticks, i420: Uint8Array): Promise<void>
  finish(summary: FeaturesSummary): Promise<{ file: string; bytes: number }>
  /** Removes what was written. Safe to call at any time, even after `finish`. */
  discard(): Promise<void>
}

/** What analysing needs from outside; adapters fit it structurally. */
export interface AnalyseDeps {
  /** One pass over the recording: sound of every track, keyframes, sizes of packets. */
  stream(source: AnalysisSource, sink: AnalysisSink, options: { signal: AbortSignal }): Promise<void>
  /** Decodes from a keyframe onwards and shows a picture now and then. */
  extraFrames(
    source: AnalysisSource,
    request: ExtraFramesRequest,
    onFrame: (time: Ticks, rgb: Uint8Array) => void | Promise<void>,
    options: { signal: AbortSignal },
  ): Promise<void>
  /** `name` is a plain file name. */
  createFeatures(name: string): Promise<FeaturesWriter>
}
