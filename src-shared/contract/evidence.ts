import { z } from 'zod'

/** Grows with every change of what the numbers of `evidenceSchema` mean: those of another version are not compared. */
export const EVIDENCE_VERSION = 1

/** The groups of signals that learning tells apart. */
export const evidenceGroups = ['game', 'voice', 'picture', 'chat', 'markers'] as const

const strength = z.number().min(-1).max(2)

/**
 * What is known of a moment when a person decides about it; all that learning looks at. A group is 0 where its signals
 * are as usual in this recording or absent, 1 where they stand two usual spreads above it; -1 and 2 are the limits.
 */
export const evidenceSchema = z.object({
  version: z.literal(EVIDENCE_VERSION),
  /** Log-odds of the frozen model's score, -6 to 6. */
  base: z.number().min(-6).max(6),
  game: strength,
  voice: strength,
  picture: strength,
  chat: strength,
  markers: strength,
  /** Natural logarithm of the found span's length over 20 s, -2 to 2. */
  length: z.number().min(-2).max(2),
})

export type Evidence = z.infer<typeof evidenceSchema>
export type EvidenceGroup = (typeof evidenceGroups)[number]
