import { countedRise, defaultLag, lagRange } from '../../../src-shared/domain/chat.ts'
import { robustZ } from '../../../src-shared/domain/robust-z.ts'
import { median, smooth } from '../../../src-shared/domain/score.ts'
import { SLOT_RATE } from '../../../src-shared/domain/signal.ts'
import { windowed } from './chat-curves.ts'
import type { ChatCounts } from './count-messages.ts'

/** Shorter recordings, and quieter chats, do not say how late their chat is. */
const leastSlots = 5 * 60 * SLOT_RATE
const leastMessages = 100
/** A rise lasts some 20 s, so that many neighbouring slots are one observation. */
const slotsPerRise = 20 * SLOT_RATE
/** The correlation must be this many standard errors (1/√observations) above nothing, and above the other lags, */
const standardErrors = 3.5
/** and at least so high. */
const leastCorrelation = 0.15

export interface Lag {
  readonly slots: number
  readonly measured: boolean
}

/**
 * How long after a moment the chat answers: the lag, from 1 to 60 s, at which rises of the messages follow rises of
 * the score best. Where no lag stands out clearly, `defaultLag`. `scores` are the signals' own, without chat.
 */
export function estimateLag(scores: ArrayLike<number>, counts: ChatCounts): Lag {
  const unknown: Lag = { slots: defaultLag * SLOT_RATE, measured: false }
  const { slots, messages } = counts
  if (slots < leastSlots || counts.total < leastMessages) return unknown
  const odds = smooth(
    Float32Array.from({ length: slots }, (_, i) => logit(scores[i] ?? 0)),
    4,
  )
  const score = rises(odds, 0.5, () => true)
  const chat = rises(
    windowed(messages, messages.length, 0).map((n) => Math.log1p(n)),
    0.15,
    (i) => i >= counts.first && i <= counts.last,
  )
  const [from, to] = [lagRange.from * SLOT_RATE, lagRange.to * SLOT_RATE]
  const correlations: number[] = []
  let observations = 0
  for (let lag = from; lag <= to; lag++) {
    const { r, pairs } = correlate(score, chat, lag, counts)
    correlations.push(r)
    observations = Math.max(observations, pairs / slotsPerRise)
  }
  const best = correlations.reduce((top, r, i) => (r > correlations[top]! ? i : top), 0)
  const needed = standardErrors / Math.sqrt(Math.max(1, observations))
  const height = correlations[best]!
  const stands = height >= leastCorrelation && height >= needed && height - median(correlations) >= needed / 2
  // A best lag at an end of the range means that the true one lies beyond, or that there is none.
  if (!stands || best === 0 || best === correlations.length - 1) return unknown
  return { slots: from + best, measured: true }
}

function rises(values: Float32Array, epsilon: number, isKnown: (i: number) => boolean): Float32Array {
  const valid = Uint8Array.from(values, (_, i) => (isKnown(i) ? 1 : 0))
  return robustZ(values, valid, { epsilon }).map(countedRise)
}

/** Pearson's correlation of the score at i with the chat at i + lag, over the slots that the chat covers. */
function correlate(
  score: Float32Array,
  chat: Float32Array,
  lag: number,
  { first, last }: ChatCounts,
): { r: number; pairs: number } {
  let [n, sx, sy, sxx, syy, sxy] = [0, 0, 0, 0, 0, 0]
  const end = Math.min(score.length, chat.length - lag, last - lag + 1)
  for (let i = Math.max(0, first - lag); i < end; i++) {
    const [x, y] = [score[i]!, chat[i + lag]!]
    n += 1
    sx += x
    sy += y
    sxx += x * x
    syy += y * y
    sxy += x * y
  }
  const spread = Math.sqrt((n * sxx - sx * sx) * (n * syy - sy * sy))
  return { r: spread > 0 ? (n * sxy - sx * sy) / spread : 0, pairs: n }
}

function logit(p: number): number {
  const within = Math.min(1 - 1e-6, Math.max(1e-6, p))
  return Math.log(within / (1 - within))
}
