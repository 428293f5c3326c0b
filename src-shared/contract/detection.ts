import { z } from 'zod'
import { ticksSchema } from './time.ts'

export const previewRequestSchema = z.object({
  recordingId: z.int().positive(),
  sensitivity: z.number().min(0).max(1),
  /** Without it, as the settings say. */
  clipsPerHour: z.number().min(0.5).max(60).optional(),
})

/** What would be taken; nothing is changed. */
export const previewSchema = z.object({
  /** From this score on, moments are taken, */
  threshold: z.number().min(0).max(1),
  /** but not more than so many. */
  most: z.int().nonnegative(),
  /** Every moment that was found, best first. */
  segments: z.array(
    z.object({
      start: ticksSchema,
      end: ticksSchema,
      peak: ticksSchema,
      score: z.number().min(0).max(1),
      selected: z.boolean(),
    }),
  ),
})

export type PreviewRequest = z.infer<typeof previewRequestSchema>
export type Preview = z.infer<typeof previewSchema>
