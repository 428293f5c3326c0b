import { z } from 'zod'
import { clipStates, renderSchema } from './clip.ts'
import { clipEditsSchema } from './edits.ts'
import { recordingSchema } from './recording.ts'
import { modelRefSchema, reasonSchema } from './segment.ts'
import { ticksSchema } from './time.ts'

/**
 * `<clip>.clutchcut.json`, beside every file that we make: enough to know the clip, and the recording it is from,
 * when the library is lost. Times are ticks (see `ticksSchema`). Fields are added, never renamed.
 */
export const sidecarSchema = z.object({
  version: z.literal(1),
  recording: z.object({
    ...recordingSchema.shape,
    durationSeconds: z.number().nonnegative().nullable(),
    title: z.string().max(1000),
    game: z.string().max(1000).nullable(),
    recordedAt: z.iso.datetime({ offset: true }).nullable(),
  }),
  clip: z
    .object({
      start: ticksSchema.nonnegative(),
      end: ticksSchema.positive(),
      peak: ticksSchema.nonnegative(),
      score: z.number().min(0).max(1),
      title: z.string().max(1000),
      state: z.enum(clipStates),
      favourite: z.boolean(),
      tags: z.array(z.string().min(1).max(1000)).max(100),
      reasons: z.array(reasonSchema).max(100),
      /** Absent where the clip is its span as it is. */
      edits: clipEditsSchema.optional(),
    })
    .refine((clip) => clip.start < clip.end, 'start < end'),
  render: z
    .object({
      ...renderSchema.omit({ path: true }).shape,
      /** The file's name, in the folder of this document. */
      file: z
        .string()
        .min(1)
        .regex(/^[^/\\]+$/),
      size: z.int().nonnegative(),
      planHash: z.string(),
    })
    .refine((render) => render.start < render.end, 'start < end'),
  /** What found the moment; null where that is no longer known. */
  model: modelRefSchema.nullable(),
})

export type Sidecar = z.infer<typeof sidecarSchema>
