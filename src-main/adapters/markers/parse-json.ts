import { readTime, type ReadTime } from '../../../src-shared/domain/read-time.ts'
import { MarkerCollector, type MarkerList } from './marker-list.ts'

const lists = ['markers', 'labels', 'moments', 'events', 'segments', 'highlights']
const moments = ['peak', 'moment', 'start', 'from', 'in', 'begin', 't']
const times = ['time', 'timestamp', 'offset', 'seconds', 'at', 'position_seconds', 'created_at']
const ends = ['end', 'to', 'out']
const labels = ['label', 'name', 'title', 'text', 'comment', 'description', 'note', 'kind']

type Entry = Readonly<Record<string, unknown>>

/** An array of markers, alone or under a usual name: seconds or `h:mm:ss`, an end or a duration, a label. */
export function parseJson(document: unknown): MarkerList | null {
  const entries = entriesOf(document)
  if (entries === null) return null
  const found = new MarkerCollector()
  for (const [i, entry] of entries.entries()) {
    if (!add(entry, found)) found.skip(i + 1, JSON.stringify(entry)?.slice(0, 200) ?? '')
  }
  return found.list('json')
}

function add(entry: unknown, found: MarkerCollector): boolean {
  if (typeof entry === 'number') return found.add(timeOf(entry), null, { kind: 'label', label: '' })
  if (typeof entry !== 'object' || entry === null) return false
  const fields = entry as Entry
  const pick = (names: readonly string[]): unknown =>
    names.map((name) => fields[name]).find((value) => value !== undefined && value !== null)
  const start = timeOf(pick(['start', 'from', 'in', 'begin']))
  const end = timeOf(pick(ends)) ?? plus(start, timeOf(fields['duration']))
  const moment = end === null ? timeOf(pick(moments)) : start
  const label = pick(labels)
  // A time that says so is the moment's; any other is when somebody wrote it down.
  const kind = moment !== null ? 'label' : 'hotkey'
  return found.add(moment ?? timeOf(pick(times)), end, { kind, label: typeof label === 'string' ? label : '' })
}

function entriesOf(document: unknown): readonly unknown[] | null {
  if (Array.isArray(document)) return document as unknown[]
  if (typeof document !== 'object' || document === null) return null
  const list = lists.map((name) => (document as Entry)[name]).find((value) => Array.isArray(value))
  return list === undefined ? null : (list as unknown[])
}

function timeOf(value: unknown): ReadTime | null {
  if (typeof value === 'number') return Number.isFinite(value) && value >= 0 ? readTime(value.toFixed(6)) : null
  return typeof value === 'string' ? readTime(value) : null
}

function plus(time: ReadTime | null, length: ReadTime | null): ReadTime | null {
  return time === null || length === null || length.kind !== 'offset'
    ? null
    : { ...time, seconds: time.seconds + length.seconds }
}
