import { formatTimecode, frameFromTicks, parseTimecode, usesDropFrame } from '../../../src-shared/domain/timecode.ts'
import type { HandOff } from './hand-off.ts'

/** Events are numbered with three digits. */
export const MAX_EVENTS = 999

/**
 * A CMX 3600 edit decision list: one cut per clip, end to end from record time 01:00:00:00. The format knows only
 * ASCII, reels of eight characters and 999 events, so names go into `FROM CLIP NAME` comments (which editors use to
 * relink) and more events are refused.
 *
 * @throws RangeError over 999 clips
 */
export function formatEdl({ title, fps, clips }: HandOff): string {
  if (clips.length > MAX_EVENTS) throw new RangeError(`an EDL holds at most ${MAX_EVENTS} events, not ${clips.length}`)
  const lines = [
    `TITLE: ${oneLine(title).slice(0, 70)}`,
    `FCM: ${usesDropFrame(fps) ? 'DROP FRAME' : 'NON-DROP FRAME'}`,
    '',
  ]
  let record = parseTimecode('01:00:00:00', fps) ?? 0
  for (const [index, clip] of clips.entries()) {
    const from = frameFromTicks(clip.start, fps)
    const to = Math.max(from + 1, frameFromTicks(clip.end, fps))
    const length = to - from
    const times = [from, to, record, record + length].map((frame) => formatTimecode(frame, fps)).join(' ')
    lines.push(`${String(index + 1).padStart(3, '0')}  AX       AA/V  C        ${times}`)
    lines.push(`* FROM CLIP NAME: ${oneLine(fileName(clip.path))}`)
    lines.push(`* COMMENT: ${oneLine(`${clip.title} (score ${clip.score.toFixed(2)})`)}`)
    const [reason] = clip.reasons
    if (reason !== undefined) {
      const peak = record + frameFromTicks(clip.peak, fps) - from
      lines.push(`* LOC: ${formatTimecode(Math.min(peak, record + length - 1), fps)} RED     ${oneLine(reason.text)}`)
    }
    lines.push('')
    record += length
  }
  return lines.join('\n')
}

function fileName(path: string): string {
  return path.split(/[/\\]/).at(-1) ?? path
}

/** A name with a line break in it must not become an event of its own. */
function oneLine(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f\u2028\u2029]+/g, ' ').trim()
}
