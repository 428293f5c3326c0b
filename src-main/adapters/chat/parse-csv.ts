import type { ChatClock, ChatMessage } from '../../../src-shared/domain/chat.ts'
import { splitRow } from '../../../src-shared/domain/csv-row.ts'
import { readTime } from '../../../src-shared/domain/read-time.ts'
import { messageOf, type ChatParser } from './chat-parser.ts'
import { LineSplitter, longestLine } from './split-lines.ts'

/** Names of columns, in order of preference; compared without case, spaces and signs. */
const columnNames = {
  time: [
    ...['contentoffsetseconds', 'timeinseconds', 'offsetseconds', 'offset', 'videooffset', 'seconds', 'time'],
    ...['timestamp', 'createdat', 'datetime', 'date', 'sentat', 'timeutc'],
  ],
  author: ['author', 'user', 'username', 'displayname', 'authorname', 'name', 'nick', 'login', 'commenter'],
  text: ['message', 'text', 'body', 'content', 'comment', 'messagebody', 'chat'],
}
/** A message with more line breaks is a quotation mark that was never closed. */
const mostLines = 20

export interface CsvColumns {
  readonly separator: string
  readonly time: number
  readonly author: number
  readonly text: number
}

/** Understands a header line; null where it names no time and no message. */
export function readCsvHeader(line: string): CsvColumns | null {
  for (const separator of [',', ';', '\t']) {
    const names = splitRow(line, separator).cells.map((name) => name.toLowerCase().replaceAll(/[^a-z]/g, ''))
    const find = (wanted: readonly string[]): number =>
      wanted.reduce((found, name) => (found >= 0 ? found : names.indexOf(name)), -1)
    const [time, author, text] = [find(columnNames.time), find(columnNames.author), find(columnNames.text)]
    if (names.length > 1 && time >= 0 && text >= 0) return { separator, time, author, text }
  }
  return null
}

/** A table with a header line: a time, who wrote, and what. Separated by commas, semicolons or tabs. */
export class CsvChatParser implements ChatParser {
  clock: ChatClock | null = null
  private readonly lines = new LineSplitter()
  private columns: CsvColumns | null = null
  private pending: string[] = []
  private bad = 0
  private open = false

  get skipped(): number {
    return this.bad + this.lines.overlong
  }

  get truncated(): boolean {
    return this.open
  }

  push(text: string): ChatMessage[] {
    return this.lines.push(text).flatMap((line) => this.take(line))
  }

  end(): ChatMessage[] {
    const messages = this.lines.end().flatMap((line) => this.take(line))
    this.open = this.pending.length > 0
    while (this.pending.length > 0) messages.push(...this.giveUp())
    return messages
  }

  private take(line: string): ChatMessage[] {
    if (this.columns === null) {
      if (line.trim() !== '') this.columns = readCsvHeader(line) ?? { separator: ',', time: -1, author: -1, text: -1 }
      return []
    }
    this.pending.push(line)
    const row = this.pending.join('\n')
    const { cells, open } = splitRow(row, this.columns.separator)
    // Within quotation marks a row goes on on the next line.
    if (!open) {
      this.pending = []
      return row.trim() === '' ? [] : this.messageIn(cells, this.columns)
    }
    return this.pending.length > mostLines || row.length > longestLine ? this.giveUp() : []
  }

  /** The first line of what is pending is no row: skips it, and looks at the others again. */
  private giveUp(): ChatMessage[] {
    const [, ...others] = this.pending
    this.pending = []
    this.bad += 1
    return others.flatMap((line) => this.take(line))
  }

  private messageIn(cells: readonly string[], columns: CsvColumns): ChatMessage[] {
    const time = readTime(cells[columns.time] ?? '')
    if (time !== null) this.clock ??= time.kind === 'offset' ? { kind: 'offset', startedAt: null } : { kind: time.kind }
    const message =
      time === null || time.kind !== this.clock?.kind
        ? null
        : messageOf(time.seconds, time.kind, cells[columns.author] ?? '', cells[columns.text] ?? '', 0)
    if (message === null) this.bad += 1
    return message === null ? [] : [message]
  }
}
