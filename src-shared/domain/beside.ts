import type { ClipPart } from '../contract/edits.ts'
import type { MediaInfo } from '../contract/media-info.ts'
import { TICKS_PER_SECOND, type Ticks } from './time.ts'

/** A file that goes on where another ends, or ends where another begins. */
export interface FileBeside {
  readonly recording: string
  readonly duration: Ticks
}

/** What a moment shows around its peak: what leads to it, and what comes of it. */
const LEAD: Ticks = 5 * TICKS_PER_SECOND
const AFTERMATH: Ticks = 4 * TICKS_PER_SECOND
/** A clip that ends so near to its file's end was cut off there. */
const EDGE: Ticks = TICKS_PER_SECOND / 4
/** Less is not worth the other file. */
const LEAST: Ticks = TICKS_PER_SECOND / 2

/** Whether a span of a recording may have been cut off by its ends. */
export function touchesEnd({ start, end }: { readonly start: Ticks; readonly end: Ticks }, duration: Ticks): boolean {
  return start <= EDGE || end >= duration - EDGE
}

/**
 * The parts of a clip that was found so near to an end of its file that what belongs to the moment lies in the file
 * beside it. Only what is missing around the peak is added, and only where the clip itself ends at its file's end.
 */
export function reachOver(
  clip: { readonly start: Ticks; readonly end: Ticks; readonly peak: Ticks },
  duration: Ticks,
  { before, after }: { readonly before: FileBeside | null; readonly after: FileBeside | null },
): ClipPart[] {
  const { start, end, peak } = clip
  const earlier = before !== null && start <= EDGE ? Math.min(LEAD - peak, before.duration) : 0
  const later = after !== null && end >= duration - EDGE ? Math.min(peak + AFTERMATH - duration, after.duration) : 0
  const parts: ClipPart[] = []
  if (before !== null && earlier >= LEAST) {
    parts.push({ recording: before.recording, start: before.duration - earlier, end: before.duration, speed: 1 })
  }
  parts.push({
    start: earlier >= LEAST ? 0 : start,
    end: later >= LEAST ? Math.max(end, duration) : end,
    speed: 1,
  })
  if (after !== null && later >= LEAST) parts.push({ recording: after.recording, start: 0, end: later, speed: 1 })
  return parts
}

/** Files whose packets can stand in one file as they are: these keep them as the encoder made them. */
const JOINABLE: ReadonlySet<string> = new Set(['mp4', 'mov', 'matroska', 'webm'])

/** Why two files cannot be shown as one, in a sentence; null where they can. */
export function whyUnlike(a: MediaInfo, b: MediaInfo): string | null {
  if (!JOINABLE.has(a.container)) return `Files of the kind ${a.container} cannot be joined.`
  if (a.container !== b.container) return 'They are files of two kinds.'
  if (a.video === null || b.video === null) return 'One of them has no picture.'
  const picture = (video: NonNullable<MediaInfo['video']>): string =>
    JSON.stringify([
      ...[video.codec, video.profile, video.pixelFormat, video.codedWidth, video.codedHeight, video.rotation],
      ...[video.hdr, video.streamIndex],
    ])
  const sound = ({ audio }: MediaInfo): string =>
    JSON.stringify(audio.map((track) => [track.codec, track.sampleRate, track.channels, track.streamIndex]))
  const rates = [a.video.fps, b.video.fps].map(({ num, den }) => num / den)
  const [slower, faster] = [Math.min(...rates), Math.max(...rates)]
  // Averages of files of a few seconds differ a little.
  if (picture(a.video) !== picture(b.video) || faster > 1.05 * slower)
    return 'Their pictures were recorded differently.'
  return sound(a) === sound(b) ? null : 'Their sound was recorded differently.'
}
