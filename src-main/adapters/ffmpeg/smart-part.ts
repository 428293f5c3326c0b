import type { MediaInfo } from '../../../src-shared/contract/media-info.ts'
import type { Ticks } from '../../../src-shared/domain/time.ts'
import type { FfmpegRunner } from './runner.ts'
import type { SmartSource } from './smart-source.ts'
import type { SourceFile } from './source-file.ts'
import type { VideoMp4 } from './video-mp4.ts'

/** What each part of a smart cut works on. */
export interface PartInput {
  readonly runner: FfmpegRunner
  readonly source: SourceFile
  readonly media: MediaInfo & { readonly video: NonNullable<MediaInfo['video']> }
  readonly stream: Extract<SmartSource, { kind: 'ok' }>
  readonly file: VideoMp4
  readonly signal: AbortSignal
}

/** The same instant, told by two programs that round to ticks on their own: less than two microseconds apart. */
export function isSameTime(a: Ticks, b: Ticks): boolean {
  return Math.abs(a - b) < 1000
}

/** Thrown where a part turns out not to fit; the clip is encoded as a whole then. Its message is a sentence. */
export class CannotJoin extends Error {}
