import { splitRow } from '../../../src-shared/domain/csv-row.ts'
import { labelError, understood } from './label-error.ts'
import { isTime, type LabelRow } from './label-row.ts'

type Column = Exclude<keyof LabelRow, 'line'>

/** Names of columns, compared without case, spaces and signs. */
const columnNames: Readonly<Record<Column, readonly string[]>> = {
  start: ['start', 'from', 'begin', 'in'],
  end: ['end', 'to', 'until', 'out', 'stop'],
  time: ['time', 't', 'at', 'timestamp', 'seconds'],
  weight: ['weight'],
  kind: ['kind', 'type', 'event'],
  title: ['title', 'name', 'label', 'note', 'comment', 'text'],
}
/** A row with more line breaks is a quotation mark that was never closed. */
const mostLines = 20

/**
 * The rows of a table: separated by commas, semicolons or tabs, with a header line that names the columns, or without one
 * where it begins with a time (then: a time, or start and end; whatever follows is the title). Empty lines and lines that
 * begin with # are passed over. @throws ClutchcutError `input/unsupported`, with the line.
 */
export function parseLabelCsv(content: string, path: string): LabelRow[] {
  const lines = content.split(/\r\n|\n|\r/)
  const first = lines.findIndex((line) => isContent(line))
  if (first < 0) return []
  const header = readHeader(lines[first]!)
  if (header === null) {
    throw labelError(path, first + 1, `this is no header that names start and end, or time. ${understood}`)
  }
  const rows: LabelRow[] = []
  for (let i = first + (header.named ? 1 : 0); i < lines.length; i++) {
    if (!isContent(lines[i]!)) continue
    const line = i + 1
    let row = splitRow(lines[i]!, header.separator)
    for (let text = lines[i]!; row.open; row = splitRow(text, header.separator)) {
      i += 1
      if (i >= lines.length || i >= line + mostLines) {
        throw labelError(path, line, 'a quotation mark is opened and never closed.')
      }
      text = `${text}\n${lines[i]!}`
    }
    const cells = Object.entries(header.columns).map(([name, at]) => [name, row.cells[at]])
    rows.push({ ...(Object.fromEntries(cells) as Partial<Record<Column, string>>), line })
  }
  return rows
}

function isContent(line: string): boolean {
  return /[^\s,;]/.test(line) && !line.startsWith('#')
}

interface Header {
  readonly separator: string
  readonly columns: Partial<Record<Column, number>>
  /** False: the first line is a row already. */
  readonly named: boolean
}

function readHeader(line: string): Header | null {
  // In this order: a decimal comma must not split the times of a table with semicolons.
  for (const separator of ['\t', ';', ',']) {
    const names = splitRow(line, separator).cells.map((name) => name.toLowerCase().replaceAll(/[^a-z]/g, ''))
    const found = Object.entries(columnNames).flatMap(([column, wanted]) => {
      const at = names.findIndex((name) => wanted.includes(name))
      return at < 0 ? [] : [[column, at] as const]
    })
    const columns = Object.fromEntries(found) as Partial<Record<Column, number>>
    if (columns.start !== undefined || columns.time !== undefined) return { separator, columns, named: true }
  }
  for (const separator of ['\t', ';', ',']) {
    const { cells } = splitRow(line, separator)
    if (!isTime(cells[0]!)) continue
    const isSpan = cells[1] !== undefined && isTime(cells[1])
    const columns = isSpan ? { start: 0, end: 1, title: 2 } : { time: 0, title: 1 }
    return { separator, columns, named: false }
  }
  return null
}
