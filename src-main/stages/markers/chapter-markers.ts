import type { Marker } from '../../../src-shared/contract/markers.ts'
import { cleanLabel, markerKindSpecs, topicWeight } from '../../../src-shared/domain/markers.ts'

/** A chapter of the recording's file, in seconds on its timeline. */
export interface Chapter {
  readonly start: number
  readonly title: string
}

/** A chapter that begins this near the recording's start begins with it. */
const startSeconds = 1
/** Chapters whose lengths differ by no more than this were set by a program. */
const evenSeconds = 1.5
const evenShare = 0.03

/**
 * The chapters of a file as markers, each with what it counts. A key pressed while recording (OBS, and plugins of it)
 * leaves a chapter at that moment; editing programs, downloads and converters divide a whole recording into chapters:
 *
 * - the one at the recording's start marks nothing, and evenly spaced ones (at least three) were set by a program;
 * - they are key presses if none begins with the recording, or if the one that does is OBS's own "Start", or is not
 *   counted ("Unnamed 1" comes second);
 * - else they divide the recording: with names of their own they count little, with none ("Chapter 3", 00:10:00) nothing.
 */
export function chapterMarkers(chapters: readonly Chapter[], duration: number): Marker[] {
  const inside = chapters
    .filter(({ start }) => start >= -startSeconds && start <= duration)
    .toSorted((a, b) => a.start - b.start)
  const opening = inside.filter(({ start }) => start <= startSeconds)
  const others = inside.filter(({ start }) => start > startSeconds)
  const even = isEven(others.map(({ start }) => start))
  const pressed = arePressed(opening, others)
  return inside.map((chapter) => {
    const start = Math.max(0, Math.round(chapter.start * 1000) / 1000)
    const label = cleanLabel(chapter.title)
    const named = !isGeneric(label)
    const counts = !even && start > startSeconds
    const weight = !counts ? 0 : pressed ? markerKindSpecs.chapter.weight : named ? topicWeight : 0
    return { start, end: start, kind: 'chapter', label: named ? label : '', weight }
  })
}

function arePressed(opening: readonly Chapter[], others: readonly Chapter[]): boolean {
  if (opening.length === 0) return true
  if (opening.some(({ title }) => title.trim() === 'Start')) return true
  const first = numbered(others[0]?.title ?? '')
  return first?.number === 1 && opening.every(({ title }) => numbered(title)?.word !== first.word)
}

/** Whether the distances from the start on are all alike. */
function isEven(starts: readonly number[]): boolean {
  if (starts.length < 3) return false
  const lengths = starts.map((start, i) => start - (starts[i - 1] ?? 0)).toSorted((a, b) => a - b)
  const middle = lengths[lengths.length >> 1]!
  return lengths.every((length) => Math.abs(length - middle) <= Math.max(evenSeconds, evenShare * middle))
}

/** No name of its own: nothing, a time, or a word and a number. */
function isGeneric(title: string): boolean {
  return title === '' || /^[\d\s:.,;#()-]+$/.test(title) || numbered(title) !== null
}

function numbered(title: string): { word: string; number: number } | null {
  const found = /^(\p{L}+)[\s_.#-]*(\d{1,5})$/u.exec(title.trim())
  return found === null ? null : { word: (found[1] ?? '').toLowerCase(), number: Number(found[2]) }
}
