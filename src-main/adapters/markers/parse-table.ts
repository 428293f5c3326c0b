import type { MarkerFormat, MarkerKind } from '../../../src-shared/contract/markers.ts'
import { splitRow } from '../../../src-shared/domain/csv-row.ts'
import type { ReadTime } from '../../../src-shared/domain/read-time.ts'
import type { Rational } from '../../../src-shared/domain/time.ts'
import { MarkerCollector, type MarkerList } from './marker-list.ts'
import { readMarkerTime } from './read-marker-time.ts'

/** Names of columns, in order of preference; compared without case, spaces and signs. */
const columnNames = {
  /** Where a person who watches says that the moment itself is. */
  moment: ['peak', 'moment'],
  start: ['start', 'from', 'in', 'begin', 'inpoint', 'starttime'],
  time: ['recordingtimestamponfile', 'recordingtimestamp', 'time', 'timestamp', 'timecode', 'offset', 'seconds', 't'],
  clock: ['datetime', 'date', 'createdat', 'at'],
  end: ['recordingendmarktimestamponfile', 'end', 'to', 'out', 'outpoint', 'endtime'],
  duration: ['duration', 'length'],
  label: ['label', 'markername', 'name', 'title', 'text', 'comment', 'description', 'notes', 'note', 'event', 'marker'],
  file: ['recordingfilename', 'recordingfile'],
} as const
type Columns = Record<keyof typeof columnNames, number>

/** Who set a marker, in the second column of Twitch's list, which has no header. */
const twitchRole = /^(?:broadcaster|editor|moderator|vip|viewer|channel ?manager|lead moderator)$/i
/** A longer row is a quotation mark that was never closed. */
const mostLines = 20

/** A table of markers: with a header line that names its columns, or `time[,end][,label]`. Null where it is none. */
export function parseTable(lines: readonly string[], fps: Rational): MarkerList | null {
  const first = lines.findIndex((line) => line.trim() !== '' && !line.startsWith('#'))
  if (first < 0) return null
  for (const separator of [',', '\t', ';']) {
    const columns = readHeader(lines[first] ?? '', separator)
    if (columns !== null) return withHeader(lines, first, separator, columns, fps)
    const cells = splitRow(lines[first] ?? '', separator).cells
    if (cells.length > 1 && readMarkerTime(cells[0] ?? '', fps) !== null) return withoutHeader(lines, separator, fps)
  }
  return null
}

function readHeader(line: string, separator: string): Columns | null {
  const names = splitRow(line, separator).cells.map((name) => name.toLowerCase().replaceAll(/[^a-z]/g, ''))
  if (names.length < 1 || names.some((name) => name === '' && names.length === 1)) return null
  const columns = Object.fromEntries(
    Object.entries(columnNames).map(([what, wanted]) => {
      const known = (wanted as readonly string[]).find((name) => names.includes(name))
      return [what, known === undefined ? -1 : names.indexOf(known)]
    }),
  ) as Columns
  return [columns.moment, columns.start, columns.time, columns.clock].some((at) => at >= 0) ? columns : null
}

function withHeader(
  lines: readonly string[],
  first: number,
  separator: string,
  columns: Columns,
  fps: Rational,
): MarkerList | null {
  const found = new MarkerCollector()
  const files = new Map<string, number>()
  const streamMarkers = columns.file >= 0
  const { at, kind } = whatIsMarked(columns, lines[first] ?? '')
  for (const { cells, line, text } of rowsOf(lines, first + 1, separator)) {
    const cell = (index: number): string => (index < 0 ? '' : (cells[index] ?? '').trim())
    const time = readMarkerTime(cell(at), fps)
    const length = cell(columns.duration) === '' ? null : readMarkerTime(cell(columns.duration), fps)
    const until = cell(columns.end) === '' ? null : readMarkerTime(cell(columns.end), fps)
    const group = streamMarkers ? groupOf(cell(columns.file), files, found) : 0
    if (!found.add(time, until ?? plus(time, length), { kind, label: cell(columns.label), group }))
      found.skip(line, text)
  }
  return found.list(streamMarkers ? 'stream-markers' : 'csv')
}

function withoutHeader(lines: readonly string[], separator: string, fps: Rational): MarkerList | null {
  const found = new MarkerCollector()
  let format: MarkerFormat = 'csv'
  for (const { cells, line, text } of rowsOf(lines, 0, separator)) {
    const [time, second] = [readMarkerTime(cells[0] ?? '', fps), readMarkerTime(cells[1] ?? '', fps)]
    const twitch = cells.length >= 3 && twitchRole.test((cells[1] ?? '').trim())
    if (twitch) format = 'stream-markers'
    const label = twitch
      ? (cells[3] ?? '')
      : cells
          .slice(second === null ? 1 : 2)
          .filter((cell) => cell.trim() !== '')
          .join(', ')
    // Two times are a span that somebody looked at; one is when a key was pressed.
    const kind = twitch ? 'stream-marker' : second !== null ? 'label' : 'hotkey'
    if (!found.add(time, second, { kind, label })) found.skip(line, text)
  }
  return found.list(format)
}

/** A time that says so is the moment's; any other is when a key was pressed, or somebody wrote it down. */
function whatIsMarked(columns: Columns, header: string): { at: number; kind: MarkerKind } {
  if (columns.file >= 0 && columns.time >= 0) return { at: columns.time, kind: 'hotkey' }
  // Premiere Pro names the kind of each marker.
  const watched = /marker\s*type/i.test(header) ? 'editor' : 'label'
  const spans = columns.start >= 0 && (columns.end >= 0 || columns.duration >= 0)
  const watchedAt = [...(spans ? [columns.start] : []), columns.moment, columns.start].find((at) => at >= 0)
  if (watchedAt !== undefined) return { at: watchedAt, kind: watched }
  return { at: columns.time >= 0 ? columns.time : columns.clock, kind: 'hotkey' }
}

function groupOf(file: string, files: Map<string, number>, found: MarkerCollector): number {
  const known = files.get(file)
  if (known !== undefined) return known
  found.groups.push({ startedAt: null, file: file === '' || file === 'n/a' ? null : file })
  files.set(file, found.groups.length - 1)
  return found.groups.length - 1
}

function plus(time: ReadTime | null, length: ReadTime | null): ReadTime | null {
  if (time === null || length === null || length.kind !== 'offset') return null
  return { ...time, seconds: time.seconds + length.seconds }
}

/** Rows from line `from` on; within quotation marks a row goes on on the next line. */
function* rowsOf(
  lines: readonly string[],
  from: number,
  separator: string,
): Generator<{ cells: string[]; line: number; text: string }> {
  for (let i = from; i < lines.length; i++) {
    const text = lines[i] ?? ''
    if (text.trim() === '' || text.startsWith('#')) continue
    let row = splitRow(text, separator)
    let until = i
    for (let joined = text; row.open && until + 1 < lines.length && until - i < mostLines;) {
      until += 1
      joined += `\n${lines[until]}`
      row = splitRow(joined, separator)
    }
    yield { cells: row.open ? splitRow(text, separator).cells : row.cells, line: i + 1, text }
    if (!row.open) i = until
  }
}
