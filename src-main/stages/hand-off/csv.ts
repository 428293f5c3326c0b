import { formatTimecode } from '../../../src-shared/domain/timecode.ts'
import { secondsFromTicks, type Ticks } from '../../../src-shared/domain/time.ts'
import type { Timeline, TimelineClip } from './timeline.ts'

const HEADER = [
  ...['file', 'title', 'start', 'end', 'peak', 'score', 'reasons'],
  ...['tags', 'fps', 'startFrame', 'endFrame', 'startTimecode', 'endTimecode', 'speed'],
]

/**
 * RFC 4180: comma, CRLF, quotes doubled. Times are seconds with milliseconds; frames count from the file's first one,
 * the end being the first frame after, at `fps` (a fraction); timecodes are the file's own.
 */
export function formatCsv({ clips }: Timeline): string {
  return [HEADER, ...clips.map(row)].map((fields) => `${fields.map(field).join(',')}\r\n`).join('')
}

function row({ source, asked, ...clip }: TimelineClip): string[] {
  const { rate, origin, dropFrame } = source
  return [
    source.path,
    clip.title,
    seconds(asked.start),
    seconds(asked.end),
    asked.peak === null ? '' : seconds(asked.peak),
    clip.score.toFixed(3),
    clip.reasons.map((reason) => reason.text).join('; '),
    clip.tags.join('; '),
    rate.den === 1 ? String(rate.num) : `${rate.num}/${rate.den}`,
    String(clip.in),
    String(clip.out),
    formatTimecode(origin + clip.in, rate, dropFrame),
    formatTimecode(origin + clip.out, rate, dropFrame),
    String(clip.speed),
  ]
}

function seconds(ticks: Ticks): string {
  return secondsFromTicks(ticks).toFixed(3)
}

/**
 * A text that begins like a formula gets an apostrophe before it: spreadsheets would run it (OWASP, CSV injection),
 * and file names come from anywhere.
 */
function field(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) && !/^-?\d/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
