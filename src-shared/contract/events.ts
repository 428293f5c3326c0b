import { z } from 'zod'
import { jobSchema } from './job.ts'

/** What the engine tells whoever listens. A listener that missed some re-reads; events are hints, not the truth. */
export const engineEventSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('job-changed'), job: jobSchema }),
  z.object({ kind: z.literal('recording-changed'), recordingId: z.int().positive() }),
  z.object({ kind: z.literal('clips-changed'), recordingId: z.int().positive() }),
  z.object({ kind: z.literal('settings-changed') }),
])

export type EngineEvent = z.infer<typeof engineEventSchema>
