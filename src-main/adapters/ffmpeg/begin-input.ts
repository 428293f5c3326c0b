import type { ClipPart } from '../../../src-shared/contract/edits.ts'
import type { MediaInfo } from '../../../src-shared/contract/media-info.ts'
import { ticksPerFrame, TICKS_PER_SECOND, type Ticks } from '../../../src-shared/domain/time.ts'
import { secondsDown } from './output-args.ts'
import { inputArgs, type SourceFile } from './source-file.ts'

/** A recording as an input that is read from some time on. */
export interface BegunInput {
  /** Up to and with `-i`. */
  readonly args: readonly string[]
  /** The file's time at which the clock of its pictures and sound is zero behind the input. */
  readonly clock: Ticks
}

/** More than the distance of keyframes that recorders write into TS. */
const TS_LEAD: Ticks = 12 * TICKS_PER_SECOND

/** Pictures that a decoder may hold back, and some more. */
const MOST_REORDERED = 5

/** x264 refreshes a picture that is never whole within 250; a decoder shows nothing until then. */
const MOST_REFRESHED = 300

/**
 * The recording as an input that begins at `seek`, in the file's clock, or before it. AVI and FLV are not sought near
 * their beginning: their index has nothing before it, and FFmpeg, which seeks a little early where frames are
 * reordered, gets lost. There it decodes and drops. (AVI's clock begins at zero; FLV keeps its own.) TS and FLV are
 * read from further back. TS lands between keyframes, where a decoder makes up pictures or has none. FLV is sought by
 * when pictures are decoded, which is before they are shown: it lands behind a picture that is wanted, and at the time
 * of the last picture, or behind, it finds nothing at all. `careful`: where pictures were missing. Everything is read
 * from far back, and decoded by one thread: FFmpeg's threads leave pictures out now and then (`verify-edges`). Pure.
 */
export function beginInput(source: SourceFile, media: MediaInfo, seek: Ticks, careful = false): BegunInput {
  const { origin, video } = media
  const refreshed = careful && video !== null ? Math.max(TS_LEAD, MOST_REFRESHED * ticksPerFrame(video.fps)) : 0
  const from = seek - Math.max(refreshed, leadOf(media))
  const begun = beginAt(source, media, careful ? Math.max(from, Math.min(seek, origin)) : from)
  return careful ? { ...begun, args: ['-threads', '1', ...begun.args] } : begun
}

function beginAt(source: SourceFile, { container, origin }: MediaInfo, from: Ticks): BegunInput {
  const isNear = container === 'mpegts' ? from <= origin : from < origin + TICKS_PER_SECOND / 2
  if (isNear && container === 'avi') return { args: inputArgs(source), clock: 0 }
  if (isNear && (container === 'flv' || container === 'mpegts')) return fromStart(source, origin)
  return { args: sought(source, from), clock: from }
}

function leadOf({ container, video }: MediaInfo): Ticks {
  if (container !== 'mpegts' && container !== 'flv') return 0
  if (container === 'mpegts' || video === null || video.variableFrameRate) return TS_LEAD
  return Math.min(TS_LEAD, MOST_REORDERED * ticksPerFrame(video.fps))
}

/** By the file's own clock; where that begins before zero (TS whose time ran over), moved: FFmpeg drops such pictures. */
function fromStart(source: SourceFile, origin: Ticks): BegunInput {
  if (origin >= 0) return { args: ['-copyts', ...inputArgs(source)], clock: 0 }
  const micros = Math.ceil((-origin * 1_000_000) / TICKS_PER_SECOND)
  const clock = (-micros * TICKS_PER_SECOND) / 1_000_000
  return { args: ['-copyts', '-itsoffset', secondsDown(-clock), ...inputArgs(source)], clock }
}

/** Absolute times: without `-seek_timestamp` FFmpeg adds the file's own start, which is its earliest stream's. */
function sought(source: SourceFile, seek: Ticks): string[] {
  return ['-seek_timestamp', '1', '-ss', secondsDown(seek), ...inputArgs(source)]
}

/** Half a millisecond early, so that rounding never drops the first picture. */
export function seekOf(start: Ticks): Ticks {
  return start - TICKS_PER_SECOND / 2000
}

/** The inputs of a clip's parts, one for each run of them. Pure. */
export function beginRuns(
  source: SourceFile,
  media: MediaInfo,
  parts: readonly ClipPart[],
  careful = false,
): BegunInput[] {
  return runsOf(parts).map((run) => beginInput(source, media, seekOf((run[0]?.start ?? 0) + media.origin), careful))
}

/** Parts that one input is read for: in the order of the recording, with little between them that nobody sees. */
export type Run = readonly ClipPart[]

/** What lies between two parts is decoded and dropped up to here; beyond, or backwards, another input is opened. */
const MOST_BETWEEN: Ticks = 20 * TICKS_PER_SECOND

/** Groups parts by the inputs that they are read from: what is read twice, or backwards, would have to be held. Pure. */
export function runsOf(parts: readonly ClipPart[]): Run[] {
  const runs: ClipPart[][] = []
  for (const part of parts) {
    const before = runs.at(-1)?.at(-1)
    if (before !== undefined && part.start >= before.end && part.start - before.end <= MOST_BETWEEN) {
      runs.at(-1)?.push(part)
    } else runs.push([part])
  }
  return runs
}
