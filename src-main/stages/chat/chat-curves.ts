import {
  chatCurves,
  chatRise,
  chatTrust,
  countedRise,
  shareRegard,
  trustIn,
  type ChatCurveId,
  type ChatCurveSpec,
} from '../../../src-shared/domain/chat.ts'
import { CONTEXT_SLOTS, robustZ } from '../../../src-shared/domain/robust-z.ts'
import { SLOT_RATE, type SignalCurve } from '../../../src-shared/domain/signal.ts'
import { WINDOW_HALF, type ChatCounts } from './count-messages.ts'

/** Windows of `2 * WINDOW_HALF + 1` slots in a minute. */
const WINDOWS_PER_MINUTE = (60 * SLOT_RATE) / (2 * WINDOW_HALF + 1)

/**
 * The chat signals of a recording, `lag` slots earlier than they were written: what a moment caused lies at the
 * moment. Counts are compared by their logarithm, shares as they are, both against three minutes to either side.
 */
export function chatCurvesOf(counts: ChatCounts, lag: number): SignalCurve[] {
  const { slots } = counts
  const valid = new Uint8Array(slots)
  for (let i = Math.max(0, counts.first - lag); i <= Math.min(slots - 1, counts.last - lag); i++) valid[i] = 1
  const messages = windowed(counts.messages, slots, lag)
  const shares = { 'chat.hype': counts.hype, 'chat.emotes': counts.emotes, 'chat.caps': counts.caps } as const
  const measure = (id: ChatCurveId): { values: Float32Array; compared: Float32Array } => {
    if (id === 'chat.rate') {
      return { values: messages.map((n) => n * WINDOWS_PER_MINUTE), compared: messages.map((n) => Math.log1p(n)) }
    }
    if (id === 'chat.authors') {
      const people = Float32Array.from({ length: slots }, (_, i) => counts.authors[i + lag] ?? 0)
      return { values: people, compared: people.map((n) => Math.log1p(n)) }
    }
    const marked = windowed(id === 'chat.short' ? counts.short : shares[id], slots, lag)
    const values = marked.map((n, i) => n / (messages[i]! + shareRegard))
    return { values, compared: values }
  }
  return chatCurves.map((spec: ChatCurveSpec) => {
    const { values, compared } = measure(spec.id)
    const known = values.map((value, i) => (valid[i] === 1 ? value : 0))
    return { id: spec.id, track: null, unit: spec.unit, values: known, z: robustZ(compared, valid, spec), valid }
  })
}

/** How far the chat is to be trusted at each slot, 0 to 1; see `chatTrust`. */
export function trustOf(counts: ChatCounts, lag: number): Float32Array {
  const inPeople = trustIn(counts.people, chatTrust.people)
  const sums = prefixSums(counts.messages)
  const { length } = counts.messages
  return Float32Array.from({ length: counts.slots }, (_, i) => {
    const from = Math.min(length, Math.max(0, i + lag - CONTEXT_SLOTS))
    const to = Math.min(length, i + lag + CONTEXT_SLOTS + 1)
    const minutes = (to - from) / SLOT_RATE / 60
    const perMinute = minutes > 0 ? (sums[to]! - sums[from]!) / minutes : 0
    return inPeople * trustIn(perMinute, chatTrust.perMinute)
  })
}

/** What chat adds to the log-odds of the score at each slot: 0 where it says nothing. */
export function chatEvidence(curves: readonly SignalCurve[], trust: Float32Array): Float32Array {
  const weightOf = new Map<string, number>(chatCurves.map(({ id, weight }) => [id, weight]))
  return trust.map((share, i) => {
    const sum = curves.reduce((total, { id, z }) => total + (weightOf.get(id) ?? 0) * countedRise(z[i]!), 0)
    return share * sum
  })
}

/** The curves as reasons look at them: their z is the part of the rise that counts, as far as the chat is trusted. */
export function reasonCurves(counts: ChatCounts, lag: number): SignalCurve[] {
  const trust = trustOf(counts, lag)
  return chatCurvesOf(counts, lag).map((curve) => ({
    ...curve,
    // A little more beyond what counts, so that the highest stays the highest.
    z: curve.z.map((z, i) => trust[i]! * (countedRise(z) + Math.max(0, z - chatRise.most) / 100)),
  }))
}

/** Sums over the window around each slot, `lag` slots later. */
export function windowed(counts: readonly number[], slots: number, lag: number): Float32Array {
  const sums = prefixSums(counts)
  const clamp = (at: number): number => Math.min(counts.length, Math.max(0, at))
  return Float32Array.from(
    { length: slots },
    (_, i) => sums[clamp(i + lag + WINDOW_HALF + 1)]! - sums[clamp(i + lag - WINDOW_HALF)]!,
  )
}

function prefixSums(counts: readonly number[]): Float64Array {
  const sums = new Float64Array(counts.length + 1)
  for (const [i, count] of counts.entries()) sums[i + 1] = sums[i]! + count
  return sums
}
