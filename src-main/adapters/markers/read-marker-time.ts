import { readTime, type ReadTime } from '../../../src-shared/domain/read-time.ts'
import type { Rational } from '../../../src-shared/domain/time.ts'
import { parseTimecode, usesDropFrame } from '../../../src-shared/domain/timecode.ts'

const timecode = /^(\d{2}):(\d{2}):(\d{2})([:;])(\d{2,3})$/

/** A time as `readTime` knows it, or an editor's timecode (`00:12:34:15`, `;` before the frames where it drops numbers). */
export function readMarkerTime(text: string, fps: Rational): ReadTime | null {
  const trimmed = text.trim()
  const seconds = readTimecode(trimmed, fps, trimmed.includes(';'))
  return seconds === null ? readTime(trimmed) : { kind: 'offset', seconds }
}

/** Seconds from timecode 0 at the frame rate of the recording; null for what is no timecode. */
export function readTimecode(text: string, fps: Rational, drop: boolean): number | null {
  const found = timecode.exec(text)
  if (found === null) return null
  const [hours, minutes, seconds, frames] = [found[1], found[2], found[3], found[5]].map(Number) as [
    number,
    number,
    number,
    number,
  ]
  if (minutes > 59 || seconds > 59) return null
  if (drop && usesDropFrame(fps)) {
    const frame = parseTimecode(text, fps)
    return frame === undefined ? null : (frame * fps.den) / fps.num
  }
  const nominal = Math.max(1, Math.round(fps.num / fps.den))
  const whole = hours * 3600 + minutes * 60 + seconds
  // Of an editor that counts more frames a second than the recording has.
  if (frames >= nominal) return whole + Math.min(1, frames / 100)
  return ((whole * nominal + frames) * fps.den) / fps.num
}
