import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { ClutchcutError } from '../../../src-shared/contract/errors.ts'
import type { ChatClock, ChatMessage } from '../../../src-shared/domain/chat.ts'
import type { ChatParser } from './chat-parser.ts'
import { decodeText, understood, unreadable } from './decode-text.ts'
import { CsvChatParser, readCsvHeader } from './parse-csv.ts'
import { JsonChatParser } from './parse-json.ts'
import { LogChatParser } from './parse-log.ts'

export type ChatFormat = 'json' | 'json-lines' | 'log' | 'csv'

/** Over ten hours of a hundred messages a second: what comes after is not read. */
const mostMessages = 4_000_000

/** A chat file of which the first messages were understood. Read `messages` to the end, or `close` it. */
export interface ChatFile {
  readonly format: ChatFormat
  readonly clock: ChatClock
  /** In the order of the file, which is nearly that of time; can be read once. */
  readonly messages: AsyncIterable<ChatMessage>
  /** Final once `messages` has ended. */
  readonly report: Readonly<ChatFileReport>
  close(): Promise<void>
}

export interface ChatFileReport {
  messages: number
  /** Lines or entries that look like none that we know, have impossible times, or are too long. */
  skipped: number
  /** The file breaks off, or is damaged from some place on. */
  truncated: boolean
  /** It has more messages than are ever read. */
  cut: boolean
}

export interface ReadChatOptions {
  readonly signal?: AbortSignal | undefined
  readonly mostMessages?: number
}

/**
 * Opens a chat file, whatever it is called: the format is known by the content. Streams: memory does not grow with the
 * file. Hostile input costs nothing but a clear error or a count of skipped lines.
 * @throws ClutchcutError as `decodeText`, and `input/unsupported` where there is no chat message in it.
 */
export async function readChat(path: string, options: ReadChatOptions = {}): Promise<ChatFile> {
  const { signal, mostMessages: most = mostMessages } = options
  const text = decodeText(path, { signal })
  const pieces = text[Symbol.asyncIterator]()
  const close = async (): Promise<void> => {
    await pieces.return?.()
  }
  const report: ChatFileReport = { messages: 0, skipped: 0, truncated: false, cut: false }
  let ended = false
  let parser: ChatParser | undefined
  const next = async (): Promise<ChatMessage[]> => {
    const piece = await pieces.next()
    if (piece.done === true) {
      ended = true
      const last = parser?.end() ?? []
      report.truncated = text.damaged || parser?.truncated === true
      return last
    }
    parser ??= parserOf(format(piece.value, path))
    return parser.push(piece.value)
  }
  let kind: ChatFormat = 'log'
  const format = (head: string, file: string): ChatFormat => {
    kind = sniffChat(head) ?? unknown(file)
    return kind
  }
  let first: ChatMessage[] = []
  try {
    while (first.length === 0 && !ended) first = await next()
  } catch (error) {
    await close()
    throw error
  }
  const clock = parser?.clock
  if (first.length === 0 || clock == null) return unknown(path)

  async function* messages(): AsyncGenerator<ChatMessage> {
    try {
      for (let batch = first; ; batch = await next()) {
        for (const message of batch) {
          if (report.messages >= most) {
            report.cut = true
            return
          }
          report.messages += 1
          yield message
        }
        first = []
        if (ended) return
        signal?.throwIfAborted()
      }
    } finally {
      report.skipped = parser?.skipped ?? 0
      await close()
    }
  }
  return { format: kind, clock, messages: messages(), report, close }
}

/** What is in a file that begins so; undefined where it is no chat that we know. */
export function sniffChat(head: string): ChatFormat | undefined {
  const start = head.trimStart()
  if (/^\[\s*(?:\{|\]|$)/.test(start)) return 'json'
  const lines = start.split('\n').slice(0, 500)
  if (start.startsWith('{'))
    return isObject(lines[0]) && (lines.length === 1 || isObject(lines[1])) ? 'json-lines' : 'json'
  if (readCsvHeader((lines[0] ?? '').trimEnd()) !== null) return 'csv'
  const log = new LogChatParser()
  return log.push(`${lines.join('\n')}\n`).length > 0 ? 'log' : undefined
}

/** A message of its own, not a document that happens to be on one line. */
function isObject(line: string | undefined): boolean {
  if (line === undefined || line.trim() === '') return line !== undefined
  if (line.length > 64 * 1024) return false
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null && !('comments' in value) && !('messages' in value)
  } catch {
    return false
  }
}

function parserOf(format: ChatFormat): ChatParser {
  if (format === 'csv') return new CsvChatParser()
  return format === 'log' ? new LogChatParser() : new JsonChatParser({ lines: format === 'json-lines' })
}

function unknown(path: string): never {
  throw new ClutchcutError('input/unsupported', `No chat messages were found in ${basename(path)}. ${understood}`, {
    data: { path },
  })
}

export interface ChatIdentity {
  /** Of the whole content, lower-case hex. */
  readonly sha256: string
  readonly size: number
  readonly mtimeMs: number
}

/** What makes a chat file itself: its content. Size and time tell later whether it changed. Throws as `readChat`. */
export async function identifyChat(path: string, options: ReadChatOptions = {}): Promise<ChatIdentity> {
  const { signal } = options
  try {
    const { size, mtimeMs } = await stat(path)
    const hash = createHash('sha256')
    for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024, ...(signal && { signal }) })) {
      hash.update(chunk as Buffer)
    }
    return { sha256: hash.digest('hex'), size, mtimeMs }
  } catch (error) {
    signal?.throwIfAborted()
    throw unreadable(path, error)
  }
}

/** Throws `input/changed` when the file is no longer the one that was identified. */
export async function assertChatUnchanged(path: string, { size, mtimeMs }: ChatIdentity): Promise<void> {
  const now = await stat(path).catch((error: unknown) => {
    throw unreadable(path, error)
  })
  if (now.size === size && now.mtimeMs === mtimeMs) return
  const message = `The chat file changed while it was read: ${path}. Try again when it is finished.`
  throw new ClutchcutError('input/changed', message, { data: { path } })
}
