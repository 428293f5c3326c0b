import { systemPath } from '../../../src-shared/domain/file-name.ts'
import type { SniffedFormat } from './containers/sniff.ts'
import { demuxers } from './containers/sniff.ts'

/** A recording that passed `checkSource`; only such a one is ever given to FFmpeg. */
export interface SourceFile {
  /** Absolute. */
  readonly path: string
  /** Bytes; for DASH the manifest's own, see `segments`. */
  readonly size: number
  readonly mtimeMs: number
  readonly format: SniffedFormat
  /** DASH: every file that the manifest may open, sorted by name; else empty. */
  readonly segments: readonly SourceSegment[]
}

export interface SourceSegment {
  /** Absolute. */
  readonly path: string
  readonly size: number
  readonly mtimeMs: number
}

/**
 * An absolute path as FFmpeg's `file:` URL. FFmpeg strips the prefix and takes the rest as it is: nothing is escaped,
 * so `%`, quotes, newlines and a leading dash are safe, and `C:\…` is not mistaken for a protocol named C. Windows gets
 * long paths in the form that it takes.
 */
export function fileUrl(absolutePath: string, platform: NodeJS.Platform = process.platform): string {
  return `file:${systemPath(absolutePath, platform)}`
}

/**
 * The input options and `-i` for a checked recording, the same for ffmpeg and ffprobe: one demuxer, local files only.
 */
export function inputArgs(source: SourceFile): string[] {
  const demuxer = demuxers[source.format]
  return [
    '-protocol_whitelist',
    'file',
    '-format_whitelist',
    // A DASH manifest opens its segments with demuxers of their own.
    source.format === 'dash' ? 'dash,mov,mp4,matroska,webm' : demuxer,
    // Streams of these two announce themselves late; six audio tracks must all be found.
    ...(source.format === 'mpegts' || source.format === 'flv' ? ['-probesize', '20000000'] : []),
    '-f',
    demuxer,
    '-i',
    fileUrl(source.path),
  ]
}

/** All bytes of a recording. */
export function totalSize(source: SourceFile): number {
  return source.segments.reduce((sum, segment) => sum + segment.size, source.size)
}
