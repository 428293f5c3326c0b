import type { ChatMessage } from '../../../src-shared/domain/chat.ts'
import { markMessage } from './mark-message.ts'

/** What is kept of a chat: 13 bytes a message, and nothing that anyone wrote. In the order of the file. */
export interface ChatLog {
  readonly length: number
  /** Seconds on the file's clock. */
  readonly times: Float64Array
  /** Hash of who wrote it. */
  readonly authors: Uint32Array
  readonly marks: Uint8Array
}

/** Reads messages to their end. Commands and bots are left out. */
export async function collectMessages(
  messages: AsyncIterable<ChatMessage> | Iterable<ChatMessage>,
  { signal }: { signal?: AbortSignal } = {},
): Promise<ChatLog> {
  let [times, authors, marks] = [new Float64Array(4096), new Uint32Array(4096), new Uint8Array(4096)]
  let length = 0
  for await (const message of messages) {
    if ((length & 0xfff) === 0) signal?.throwIfAborted()
    const mark = markMessage(message)
    if (mark === null) continue
    if (length === times.length) {
      const grow = <T extends Float64Array | Uint32Array | Uint8Array>(from: T, into: T): T => (into.set(from), into)
      times = grow(times, new Float64Array(2 * length))
      authors = grow(authors, new Uint32Array(2 * length))
      marks = grow(marks, new Uint8Array(2 * length))
    }
    times[length] = message.time
    authors[length] = hashOf(message.author.toLowerCase())
    marks[length] = mark
    length += 1
  }
  return { length, times, authors, marks }
}

/** FNV-1a, 32 bits: two people of one window are taken for one once in millions of times. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return hash >>> 0
}
