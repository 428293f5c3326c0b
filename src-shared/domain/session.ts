import { parseRecordingName, type RecordingName } from './recording-name.ts'

/** What grouping looks at. */
export interface SessionMember {
  readonly id: number
  readonly path: string
  /** When it began, in milliseconds since 1970, as the container says; null when it does not. */
  readonly recordedAt: number | null
  readonly durationSeconds: number | null
}

export interface SessionOptions {
  /**
   * How long nothing may be recorded between two files of one stream. A recorder that splits leaves none; one that
   * was restarted after a crash, a few seconds to a minute.
   */
  maxGapSeconds?: number
  /** Names have whole seconds, and some recorders write the last moments twice. */
  maxOverlapSeconds?: number
}

interface Parsed<T> {
  readonly member: T
  readonly name: RecordingName
}

/**
 * Groups recordings into sessions: the consecutive files of one stream, in order. Files belong together when they
 * are of one family (folder, name without date, ending) and one goes on where the other ends, by the dates in their
 * names, by the containers' dates, or because they are numbered parts of the same recording. Every recording is in
 * exactly one session; the order of the input does not matter.
 */
export function groupIntoSessions<T extends SessionMember>(members: readonly T[], options: SessionOptions = {}): T[][] {
  const parsed = members.map((member) => ({ member, name: parseRecordingName(member.path) }))
  const sessions: T[][] = []
  for (const family of Map.groupBy(parsed, ({ name }) => name.family).values()) {
    const startOf = starts(family)
    let before: Parsed<T> | undefined
    for (const next of family.toSorted((a, b) => compare(startOf(a), startOf(b)) || inOrder(a, b))) {
      if (before && follows(before, next, options)) sessions.at(-1)?.push(next.member)
      else sessions.push([next.member])
      before = next
    }
  }
  return sessions
}

/** Names and many containers have whole seconds, of both ends of the distance. */
const MOST_APART_SECONDS = 1.5

/** Whether `next` holds what was recorded just after `before`, as where a recorder begins a new file: no moment is lost. */
export function goesOn(before: SessionMember, next: SessionMember): boolean {
  const [a, b] = [before, next].map((member) => ({ member, name: parseRecordingName(member.path) }))
  if (a === undefined || b === undefined || a.name.family !== b.name.family || before.path === next.path) return false
  const apart = gaps(a, b)
  if (apart.length > 0) return apart.some((gap) => Math.abs(gap) <= MOST_APART_SECONDS)
  return a.name.stem === b.name.stem && arePartsInTurn(a.name.part, b.name.part)
}

/** Whether `next` belongs to the stream of which `before` is the file before it. */
function follows(before: Parsed<SessionMember>, next: Parsed<SessionMember>, options: SessionOptions): boolean {
  if (before.name.stem === next.name.stem && arePartsInTurn(before.name.part, next.name.part)) {
    return !contradicts(before, next)
  }
  const { maxGapSeconds = 60, maxOverlapSeconds = 10 } = options
  return gaps(before, next).some((gap) => gap >= -maxOverlapSeconds && gap <= maxGapSeconds)
}

/** `name`, `name (1)` or `name_part2`; `_part1`, `_part2`. A missing part ends the row. */
function arePartsInTurn(before: number | null, next: number | null): boolean {
  if (next === null) return false
  return before === null ? next === 1 || next === 2 : next === before + 1
}

/**
 * Numbered parts are believed unless the containers' dates say that days lie between: cameras count over and start
 * again. (Some recorders date a file by its end, so hours are no contradiction.)
 */
function contradicts(before: Parsed<SessionMember>, next: Parsed<SessionMember>): boolean {
  const [a, b] = [before.member.recordedAt, next.member.recordedAt]
  return a !== null && b !== null && Math.abs(b - a) > 24 * 3600 * 1000
}

/** Seconds from one's end to the other's start, by each clock that both of them have. */
function gaps(before: Parsed<SessionMember>, next: Parsed<SessionMember>): number[] {
  const duration = before.member.durationSeconds
  if (duration === null) return []
  const clocks = [
    [before.name.wallClock, next.name.wallClock],
    [before.member.recordedAt, next.member.recordedAt],
  ] as const
  return clocks.flatMap(([a, b]) => (a === null || b === null ? [] : [(b - a) / 1000 - duration]))
}

/**
 * What a family is put in order by: the containers' dates where all have one (the clock on the wall shows an hour
 * twice each autumn), else the names'. One clock for all: two would not always agree on an order.
 */
function starts(family: readonly Parsed<SessionMember>[]): (file: Parsed<SessionMember>) => number {
  const dated = family.every(({ member }) => member.recordedAt !== null)
  return ({ member, name }) => (dated ? null : name.wallClock) ?? member.recordedAt ?? Infinity
}

function inOrder(a: Parsed<SessionMember>, b: Parsed<SessionMember>): number {
  return (
    compare(a.name.stem, b.name.stem) ||
    compare(a.name.part ?? -1, b.name.part ?? -1) ||
    compare(a.member.recordedAt ?? 0, b.member.recordedAt ?? 0) ||
    compare(a.member.path, b.member.path) ||
    compare(a.member.id, b.member.id)
  )
}

function compare<V extends number | string>(a: V, b: V): number {
  return a < b ? -1 : a > b ? 1 : 0
}
