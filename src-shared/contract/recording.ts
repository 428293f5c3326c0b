import { z } from 'zod'
import { mediaInfoSchema } from './media-info.ts'

/** Lower-case hex SHA-256; see `src-shared/domain/identity.ts` for what is hashed. */
export const fingerprintSchema = z.string().regex(/^[0-9a-f]{64}$/)

/** A source file that we know by content. */
export const recordingSchema = z.object({
  /** Identity: the same bytes are the same recording, wherever they lie. */
  fingerprint: fingerprintSchema,
  /** Absolute path where it was last seen. For DASH, the manifest. */
  path: z.string().min(1),
  size: z.int().nonnegative(),
  /** Milliseconds since 1970; only to notice that the file changed under us. */
  mtimeMs: z.number(),
})

export const recordingStates = ['new', 'analysed', 'missing', 'failed'] as const

/** One row of the library's list of recordings. */
export const recordingSummarySchema = z.object({
  ...recordingSchema.shape,
  id: z.int().positive(),
  sessionId: z.int().positive().nullable(),
  title: z.string(),
  game: z.string().nullable(),
  state: z.enum(recordingStates),
  recordedAt: z.iso.datetime({ offset: true }).nullable(),
  addedAt: z.iso.datetime({ offset: true }),
  durationSeconds: z.number().nonnegative().nullable(),
  /** Clips that were kept, */
  clipCount: z.int().nonnegative(),
  /** and those that nobody decided about. */
  candidateCount: z.int().nonnegative(),
  media: mediaInfoSchema.nullable(),
  tags: z.array(z.string()),
})

export type Fingerprint = z.infer<typeof fingerprintSchema>
export type Recording = z.infer<typeof recordingSchema>
export type RecordingState = (typeof recordingStates)[number]
export type RecordingSummary = z.infer<typeof recordingSummarySchema>
