import { secondsFromTicks, type Ticks } from '../../../src-shared/domain/time.ts'
import type { HandOff } from './hand-off.ts'

const HEADER = ['file', 'title', 'start', 'end', 'peak', 'score', 'reasons']

/** RFC 4180: comma, CRLF, quotes doubled. Times are seconds with milliseconds. */
export function formatCsv({ clips }: HandOff): string {
  const rows = clips.map((clip) => [
    clip.path,
    clip.title,
    seconds(clip.start),
    seconds(clip.end),
    seconds(clip.peak),
    clip.score.toFixed(3),
    clip.reasons.map((reason) => reason.text).join('; '),
  ])
  return [HEADER, ...rows].map((row) => `${row.map(field).join(',')}\r\n`).join('')
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
