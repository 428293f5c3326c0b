import type { ChatPlacement } from '../../../src-shared/contract/chat.ts'
import type { ChatClock } from '../../../src-shared/domain/chat.ts'
import type { RecordingStart } from '../../../src-shared/domain/recording-start.ts'
import { SLOT_RATE } from '../../../src-shared/domain/signal.ts'
import { chatCurvesOf, chatEvidence, trustOf } from './chat-curves.ts'
import type { ChatLog } from './collect-messages.ts'
import { countMessages, type ChatCounts } from './count-messages.ts'
import { estimateLag, type Lag } from './estimate-lag.ts'
import { placeChat } from './place-chat.ts'

export interface WeighChatInput {
  readonly log: ChatLog
  readonly clock: ChatClock
  /** What the signals' scorer said, 0 to 1, at 2 Hz. */
  readonly scores: ArrayLike<number>
  readonly start: RecordingStart
  /** Seconds added by hand, if any. */
  readonly offset: number | null
}

export interface WeighedChat {
  /** The scores with what the chat adds; the very same where it adds nothing. */
  readonly scores: number[]
  /** Null when no message falls into the recording. */
  readonly counts: ChatCounts | null
  readonly lag: Lag
  readonly placedBy: ChatPlacement
  /** Mean over the recording, 0 to 1. */
  readonly trust: number
}

/**
 * Late fusion: what the chat says is added to the log-odds of the scores, with the fixed weights of
 * `src-shared/domain/chat.ts`. Pure: the same chat and scores give the same numbers.
 */
export function weighChat({ log, clock, scores, start, offset }: WeighChatInput): WeighedChat {
  const plain = Array.from(scores)
  const placed = placeChat(clock, start, offset, spanOf(log), plain.length / SLOT_RATE)
  const counts = countMessages(log, placed.shift, plain.length)
  if (counts === null) {
    return { scores: plain, counts, lag: { slots: 0, measured: false }, placedBy: placed.by, trust: 0 }
  }
  const lag = estimateLag(plain, counts)
  const trust = trustOf(counts, lag.slots)
  const evidence = chatEvidence(chatCurvesOf(counts, lag.slots), trust)
  const mean = trust.reduce((sum, share) => sum + share, 0) / Math.max(1, trust.length)
  return { scores: plain.map((p, i) => addOdds(p, evidence[i]!)), counts, lag, placedBy: placed.by, trust: mean }
}

function spanOf({ times, length }: ChatLog): { first: number; last: number } {
  if (length === 0) return { first: 0, last: 0 }
  let [first, last] = [Infinity, -Infinity]
  for (let i = 0; i < length; i++) {
    first = Math.min(first, times[i]!)
    last = Math.max(last, times[i]!)
  }
  return { first, last }
}

/**
 * A network that knows other games gives a recording 0.1 % everywhere. It is not that sure of anything that it has never
 * seen, and viewers are worth hearing there too: what they answer to clearly is held to be this likely before they speak.
 */
const leastOdds = { probability: 0.08, evidence: 2 }

/** A probability whose log-odds are raised; exactly itself where nothing is added. */
function addOdds(p: number, evidence: number): number {
  if (evidence === 0) return p
  const least = leastOdds.probability * Math.min(1, Math.max(0, evidence / leastOdds.evidence))
  const within = Math.min(1 - 1e-6, Math.max(1e-6, least, p))
  return Math.fround(1 / (1 + Math.exp(-(Math.log(within / (1 - within)) + evidence))))
}
