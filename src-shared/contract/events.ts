import { z } from 'zod'
import { errorCodes, type ErrorCode } from './errors.ts'
import { jobKinds, jobSchema } from './job.ts'

const id = z.int().positive()

/** Of a notice: what came of a job. Counts are null where the job ended before there were any. */
export const noticeSchema = z.object({
  jobId: id,
  kind: z.enum(jobKinds),
  outcome: z.enum(['done', 'failed', 'needs-input']),
  /** Of the recording, or the file's name where the library does not know it yet. */
  title: z.string(),
  recordingId: id.nullable(),
  /** Clips that the rules took, and files that lie there now. */
  clips: z.int().nonnegative().nullable(),
  renders: z.int().nonnegative().nullable(),
  /** Why it ended; null when it is done. */
  failure: z
    .object({ code: z.enum(Object.keys(errorCodes) as [ErrorCode, ...ErrorCode[]]), message: z.string() })
    .nullable(),
  at: z.iso.datetime({ offset: true }),
})

const newsSchemas = [
  z.object({ kind: z.literal('job-changed'), job: jobSchema }),
  z.object({ kind: z.literal('recording-changed'), recordingId: id }),
  z.object({ kind: z.literal('clips-changed'), recordingId: id }),
  z.object({ kind: z.literal('settings-changed') }),
  /** A file was made of several clips. One of a clip is told of by `clips-changed`. */
  z.object({ kind: z.literal('exports-changed') }),
  /** Jobs were cleared away, recordings removed: what is shown of the library is to be read again. */
  z.object({ kind: z.literal('library-changed') }),
  z.object({ kind: z.literal('notice'), notice: noticeSchema }),
] as const

/** What happened, before it has a number. */
export const engineNewsSchema = z.discriminatedUnion('kind', newsSchemas)

/** `run` changes whenever the engine starts anew; `seq` grows by one with each event of a run. */
const numbered = { run: z.string().min(1).max(40), seq: z.int().nonnegative() }
export const eventPlaceSchema = z.object(numbered)

/**
 * What the engine tells whoever listens. The first event of a stream is `listening` (everything from there on will be
 * told, and everything since `after` follows), or `missed`: what is shown is to be read again. `missed` may come later
 * too, to a listener that is too slow. Events are hints, not the truth.
 */
export const engineEventSchema = z.discriminatedUnion('kind', [
  z.object({ ...numbered, kind: z.literal('listening') }),
  z.object({ ...numbered, kind: z.literal('missed') }),
  newsSchemas[0].extend(numbered),
  newsSchemas[1].extend(numbered),
  newsSchemas[2].extend(numbered),
  newsSchemas[3].extend(numbered),
  newsSchemas[4].extend(numbered),
  newsSchemas[5].extend(numbered),
  newsSchemas[6].extend(numbered),
])

export type Notice = z.infer<typeof noticeSchema>
export type EngineNews = z.infer<typeof engineNewsSchema>
export type EventPlace = z.infer<typeof eventPlaceSchema>
export type EngineEvent = z.infer<typeof engineEventSchema>
