import type { ChatClock, ChatMessage } from '../../../src-shared/domain/chat.ts'

/** Understands one format, fed piece by piece as the file is read. Where the pieces are cut changes nothing. */
export interface ChatParser {
  /** Known from the first message on. */
  readonly clock: ChatClock | null
  /** What looked like a message and could not be read. */
  readonly skipped: number
  push(text: string): ChatMessage[]
  /** What the file's end completes. */
  end(): ChatMessage[]
  /** After the end: whether the file stops in the middle of something. */
  readonly truncated: boolean
}

/** Longer than any platform allows; what follows is not looked at. */
const longestText = 2_000
const longestAuthor = 200
/** A year: no broadcast is longer, and no clock is that wrong. */
const longestOffset = 366 * 86_400
/** Years 2005 to 2100: before there were such chats, and after. */
const [earliest, latest] = [Date.UTC(2005, 0, 1) / 1000, Date.UTC(2100, 0, 1) / 1000]

/** A message within bounds; null for a time that cannot be (negative, not a number, centuries away). */
export function messageOf(
  time: number,
  kind: ChatClock['kind'],
  author: string,
  text: string,
  emotes: number,
): ChatMessage | null {
  const inRange =
    kind === 'absolute' || kind === 'wall' ? time >= earliest && time <= latest : time >= 0 && time <= longestOffset
  if (!inRange) return null
  return { time, author: author.slice(0, longestAuthor), text: text.slice(0, longestText), emotes }
}
