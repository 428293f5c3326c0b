import { calibration } from './signal-weights.ts'

/** One message of a chat file. What is kept of it later are its time, who wrote it (hashed), and a few marks. */
export interface ChatMessage {
  /** Seconds on the file's own clock; see `ChatClock`. */
  readonly time: number
  /** Whoever wrote it; only to tell people apart. */
  readonly author: string
  readonly text: string
  /** How many emotes the file marks in it. */
  readonly emotes: number
}

/**
 * What the times of a chat file count from. `offset`: the start of the broadcast, which began at `startedAt` (seconds
 * since 1970) if the file says so. `absolute`: seconds since 1970. `wall`: the same, but of a clock on a wall, without
 * a zone (as if it were UTC). `day`: seconds since midnight of an unknown day, going on past 24 h.
 */
export type ChatClock =
  | { readonly kind: 'offset'; readonly startedAt: number | null }
  | { readonly kind: 'absolute' }
  | { readonly kind: 'wall' }
  | { readonly kind: 'day' }

export type ChatCurveId = 'chat.rate' | 'chat.authors' | 'chat.hype' | 'chat.emotes' | 'chat.caps' | 'chat.short'

export interface ChatCurveSpec {
  readonly id: ChatCurveId
  /** `1/min`, or a `ratio` of the messages. */
  readonly unit: '1/min' | 'people' | 'ratio'
  /** As `CurveSpec.epsilon`, of what is compared: of counts the logarithm of one more, of shares the share. */
  readonly epsilon: number
  /** What a counted rise adds to the score's log-odds; see `countedRise`. */
  readonly weight: number
}

/** Chat is counted over this long around each half second: the same joke takes some seconds to be typed by all. */
export const chatWindowSeconds = 10.5

/**
 * The chat signals, at 2 Hz, each over `chatWindowSeconds`, moved earlier by the chat's lag. The weights are fixed: a
 * chat that does everything at once adds 4 to the log-odds of the score, so that it may lift a moment in which nothing
 * else happens from 5 % to 74 %, and all signals of sound and picture together still weigh more. They were chosen, not
 * learned: no recordings with chat are ours to learn from.
 *
 * A logarithm keeps chance small: where five messages are usual, twelve are no surprise and sixty are one.
 */
export const chatCurves: readonly ChatCurveSpec[] = [
  /** Messages a minute. */
  { id: 'chat.rate', unit: '1/min', epsilon: 0.15, weight: 0.6 },
  /** People who write: ten messages of one are less than one of each of ten. */
  { id: 'chat.authors', unit: 'people', epsilon: 0.15, weight: 0.33 },
  /** Share of messages with a word or a laugh of excitement, in several languages. */
  { id: 'chat.hype', unit: 'ratio', epsilon: 0.12, weight: 0.19 },
  /** Share of messages with an emote. */
  { id: 'chat.emotes', unit: 'ratio', epsilon: 0.12, weight: 0.11 },
  /** Share of messages that are mostly capitals. */
  { id: 'chat.caps', unit: 'ratio', epsilon: 0.12, weight: 0.06 },
  /** Share of messages of at most two words. */
  { id: 'chat.short', unit: 'ratio', epsilon: 0.12, weight: 0.04 },
]

/** A share is of the messages and this many more without the mark: one message of one is no crowd. */
export const shareRegard = 2

/** Rises up to here are a chat's everyday ups and downs, and beyond there count no more. */
export const chatRise = { least: 1, most: 4 } as const

/** What of a z-score counts: 0 for a fall or an everyday rise, at most 3. A quiet chat lowers nothing. */
export function countedRise(z: number): number {
  return Number.isFinite(z) ? Math.min(chatRise.most, Math.max(chatRise.least, z)) - chatRise.least : 0
}

/**
 * How much a chat is worth listening to, by how lively it is: nothing up to `none`, all from `full`, and evenly in
 * between. Messages are those within three minutes to either side, people those of the whole recording. Chat is known
 * to say something from about 50 viewers on; two friends and a bot say nothing.
 */
export const chatTrust = {
  perMinute: { none: 2, full: 8 },
  people: { none: 4, full: 16 },
} as const

export function trustIn(value: number, { none, full }: { readonly none: number; readonly full: number }): number {
  return Math.min(1, Math.max(0, (value - none) / (full - none)))
}

/** Chat's weights on the scale of `signalWeights`, so that reasons of both kinds can be compared. */
export function chatWeightOf(id: string): number {
  const curve = chatCurves.find((entry) => entry.id === id)
  return curve === undefined ? 0 : curve.weight / calibration.scale
}

/** How long after a moment the chat answers when nothing better is known: stream delay, and typing. Seconds. */
export const defaultLag = 20
/** Where the lag is looked for, seconds. */
export const lagRange = { from: 1, to: 60 } as const
