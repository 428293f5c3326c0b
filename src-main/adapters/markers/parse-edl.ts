import type { Rational } from '../../../src-shared/domain/time.ts'
import { MarkerCollector, type MarkerList } from './marker-list.ts'
import { readTimecode } from './read-marker-time.ts'

const timecode = String.raw`\d{2}:\d{2}:\d{2}[:;]\d{2}`
const event = new RegExp(
  String.raw`^\s*\d{1,6}\s+(\S.*?)\s+\S+\s+[CDW]\S*\s+(${timecode})\s+(${timecode})\s+(${timecode})\s+(${timecode})\s*$`,
)
const resolve = /\|M:(.*?)\s*(?:\|D:(\d+).*)?$/
const location = new RegExp(String.raw`^\s*\*\s*LOC:\s*(${timecode})\s+(\S+)\s*(.*)$`)
const comment = /^\s*\*\s*COMMENT:\s*(.*)$/i

interface EdlEvent {
  readonly line: number
  readonly reel: string
  readonly times: readonly [number, number, number, number]
  name: string | null
  frames: number
  comment: string
}

export function isEdl(lines: readonly string[]): boolean {
  return lines.some((line) => event.test(line) || location.test(line))
}

/**
 * A CMX 3600 list. DaVinci Resolve's markers lie on a timeline that starts at 01:00:00:00; InfoWriter writes spans from
 * one key press to the next; any other list of cuts says which spans of the recording somebody took, by source time;
 * a list with `* LOC:` alone has markers on its timeline.
 */
export function parseEdl(lines: readonly string[], fps: Rational): MarkerList | null {
  const drop = lines.some((line) => /^\s*FCM:\s*DROP/i.test(line))
  const found = new MarkerCollector()
  const events: EdlEvent[] = []
  const locations: { line: number; time: number; label: string }[] = []
  const read = (text: string): number => readTimecode(text, fps, drop || text.includes(';')) ?? Number.NaN
  for (const [i, text] of lines.entries()) {
    const at = event.exec(text)
    if (at) {
      const times = at.slice(2, 6).map(read) as [number, number, number, number]
      events.push({ line: i + 1, reel: at[1] ?? '', times, name: null, frames: 0, comment: '' })
      continue
    }
    const last = events.at(-1)
    const marker = resolve.exec(text)
    if (marker && last) Object.assign(last, { name: marker[1] ?? '', frames: Number(marker[2] ?? 0) })
    const place = location.exec(text)
    if (place) locations.push({ line: i + 1, time: read(place[1] ?? ''), label: place[3] ?? '' })
    if (last) last.comment ||= comment.exec(text)?.[1] ?? ''
  }
  const add = (line: number, from: number, to: number | null, kind: 'editor' | 'hotkey', label: string): void => {
    const [time, end] = [from, to].map((seconds) => (seconds === null ? null : ({ kind: 'offset', seconds } as const)))
    if (!found.add(time ?? null, end ?? null, { kind, label })) found.skip(line, lines[line - 1] ?? '')
  }
  const named = events.filter(({ name }) => name !== null)
  if (named.length > 0) {
    const base = baseOf(named.map(({ times }) => times[2]))
    for (const { line, times, name, frames } of named) {
      const start = times[2] - base
      add(line, start, frames > 1 ? start + (frames * fps.den) / fps.num : null, 'editor', name ?? '')
    }
  } else if (isInfoWriter(events)) {
    for (const { line, times, reel } of events.slice(1)) add(line, times[0], null, 'hotkey', reel)
  } else if (events.length > 0) {
    for (const { line, times, comment: label } of events) add(line, times[0], times[1], 'editor', label)
  } else {
    const base = baseOf(locations.map(({ time }) => time))
    for (const { line, time, label } of locations) add(line, time - base, null, 'editor', label)
  }
  return found.list('edl')
}

/** Editors begin their timelines at one hour. */
function baseOf(times: readonly number[]): number {
  return times.every((time) => time >= 3600) ? 3600 : 0
}

/** From START on, each ends where the next begins, and nothing was moved. */
function isInfoWriter(events: readonly EdlEvent[]): boolean {
  return (
    events.length > 1 &&
    events[0]?.reel.trim() === 'START' &&
    events.every(
      ({ times: [from, to, into, out] }, i) =>
        from === into && to === out && (i === 0 || from === events[i - 1]?.times[1]),
    )
  )
}
