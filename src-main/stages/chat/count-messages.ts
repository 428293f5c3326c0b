import { chatWindowSeconds, lagRange } from '../../../src-shared/domain/chat.ts'
import { SLOT_RATE } from '../../../src-shared/domain/signal.ts'
import type { ChatLog } from './collect-messages.ts'
import { marks } from './mark-message.ts'

/** Slots to either side of the middle one. */
export const WINDOW_HALF = Math.floor((chatWindowSeconds * SLOT_RATE) / 2)
/** The chat answers what happens at the end of a recording after it. */
const AFTER_END = lagRange.to * SLOT_RATE + WINDOW_HALF

/**
 * A chat on the grid of the recording, before its lag is taken off: value i is what was written in
 * [i/2, i/2 + 0.5) s, up to a minute past the end. Whole numbers, so it is short as JSON.
 */
export interface ChatCounts {
  /** Slots of the recording itself. */
  readonly slots: number
  readonly messages: number[]
  /** How many of them have each mark. */
  readonly hype: number[]
  readonly emotes: number[]
  readonly caps: number[]
  readonly short: number[]
  /** People who wrote within the window around each slot. */
  readonly authors: number[]
  /** Slots of the first and of the last message of the file, which may lie outside. */
  readonly first: number
  readonly last: number
  /** Messages and people of the recording (with what follows its end). */
  readonly total: number
  readonly people: number
}

/** Counts what falls into the recording, when the chat's clock is moved by `shift` seconds. Null when nothing does. */
export function countMessages(log: ChatLog, shift: number, slots: number): ChatCounts | null {
  const length = slots + AFTER_END
  const slotAt = (i: number): number => Math.floor((log.times[i]! + shift) * SLOT_RATE)
  const inside: number[] = []
  let [first, last] = [Infinity, -Infinity]
  for (let i = 0; i < log.length; i++) {
    const slot = slotAt(i)
    first = Math.min(first, slot)
    last = Math.max(last, slot)
    if (slot >= 0 && slot < length) inside.push(i)
  }
  if (inside.length === 0) return null
  const count = (mark: number): number[] => {
    const counts = Array.from({ length }, () => 0)
    for (const i of inside) if (mark === 0 || (log.marks[i]! & mark) !== 0) counts[slotAt(i)]! += 1
    return counts
  }
  const everybody = new Set(inside.map((i) => log.authors[i]!))
  return {
    slots,
    messages: count(0),
    hype: count(marks.hype),
    emotes: count(marks.emote),
    caps: count(marks.caps),
    short: count(marks.short),
    authors: authorsAround(log, inside, slotAt, length),
    first,
    last,
    total: inside.length,
    people: everybody.size,
  }
}

/** Distinct authors within the window around each slot. */
function authorsAround(
  log: ChatLog,
  inside: readonly number[],
  slotAt: (i: number) => number,
  length: number,
): number[] {
  // Files are nearly in order: sorting costs little.
  const sorted = Uint32Array.from(inside).sort((a, b) => log.times[a]! - log.times[b]! || a - b)
  const present = new Map<number, number>()
  const around = Array.from({ length }, () => 0)
  let [entering, leaving] = [0, 0]
  for (let slot = 0; slot < length; slot++) {
    for (; entering < sorted.length && slotAt(sorted[entering]!) <= slot + WINDOW_HALF; entering++) {
      const author = log.authors[sorted[entering]!]!
      present.set(author, (present.get(author) ?? 0) + 1)
    }
    for (; leaving < entering && slotAt(sorted[leaving]!) < slot - WINDOW_HALF; leaving++) {
      const author = log.authors[sorted[leaving]!]!
      const rest = (present.get(author) ?? 0) - 1
      if (rest > 0) present.set(author, rest)
      else present.delete(author)
    }
    around[slot] = present.size
  }
  return around
}
