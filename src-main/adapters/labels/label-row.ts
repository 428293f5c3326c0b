import type { MarkedMoment } from '../../../src-shared/domain/evaluation/labels.ts'
import { readTime } from '../../../src-shared/domain/read-time.ts'

/** What a file says of one label, as it stands there; undefined or empty where it says nothing. */
export interface LabelRow {
  readonly start?: string | undefined
  readonly end?: string | undefined
  readonly time?: string | undefined
  readonly weight?: string | undefined
  readonly kind?: string | undefined
  readonly title?: string | undefined
  /** Where it stands, from 1. */
  readonly line: number
}

/** Longer than any recording: eleven days. */
const longest = 1e6
const heaviest = 1000
const longestName = 200

/** A label, or what is wrong with the row. */
export function readLabel(row: LabelRow): MarkedMoment | { readonly problem: string } {
  const from = text(row.start) ?? text(row.time)
  if (from === undefined) return { problem: 'there is no start and no time.' }
  const start = secondsOf(from)
  if (start === null) return { problem: notATime(from) }
  const to = text(row.end)
  const end = to === undefined ? null : secondsOf(to)
  if (to !== undefined && end === null) return { problem: notATime(to) }
  if (end !== null && end <= start) return { problem: `the end (${to}) does not lie after the start (${from}).` }
  const weight = text(row.weight) === undefined ? 1 : Number(text(row.weight)!.replace(',', '.'))
  if (!(weight >= 0 && weight <= heaviest)) {
    return { problem: `the weight "${shorten(row.weight!)}" is no number from 0 to ${heaviest}.` }
  }
  return { start, end, weight, name: (text(row.title) ?? text(row.kind) ?? '').slice(0, longestName) }
}

function secondsOf(value: string): number | null {
  // Programs write as many digits as they have, and spreadsheets of half the world write 83,5.
  const plain = /^\d+(?:[.,]\d+)?(?:e-\d+)?$/.test(value) ? Number(value.replace(',', '.')) : null
  const time = plain === null ? readTime(value) : { kind: 'offset', seconds: plain }
  return time?.kind === 'offset' && time.seconds <= longest ? time.seconds : null
}

/** Whether it is a time at all: what a table without a header begins with. */
export function isTime(value: string): boolean {
  return secondsOf(value.trim()) !== null
}

function text(value: string | undefined): string | undefined {
  const trimmed = value?.trim()
  return trimmed === '' ? undefined : trimmed
}

function notATime(value: string): string {
  return `"${shorten(value)}" is no time. Write seconds (83.5) or h:mm:ss (0:01:23.5).`
}

function shorten(value: string): string {
  return value.length > 40 ? `${value.slice(0, 40)}…` : value
}
