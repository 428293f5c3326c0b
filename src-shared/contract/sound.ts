import { z } from 'zod'
import { ticksSchema } from './time.ts'

const spanSchema = z
  .object({ start: ticksSchema.nonnegative(), end: ticksSchema.positive() })
  .refine((span) => span.start < span.end, 'start < end')

/** What a person changed about a clip's sound. Times on the recording's timeline; a track is `AudioTrack.index`. */
export const soundEditsSchema = z.object({
  tracks: z
    .array(z.object({ track: z.int().nonnegative(), gainDb: z.number().min(-60).max(24), muted: z.boolean() }))
    .max(32)
    .default([]),
  /** Spans in which nothing of the sound is heard: a tone of 1 kHz, or nothing at all. */
  bleeps: z
    .array(z.intersection(spanSchema, z.object({ with: z.enum(['tone', 'silence']) })))
    .max(500)
    .default([]),
  /** Lengths on the clip's timeline. */
  fadeIn: ticksSchema.nonnegative().default(0),
  fadeOut: ticksSchema.nonnegative().default(0),
  /** Music goes down while somebody speaks. */
  duckMusic: z.boolean().default(true),
  /** To -14 LUFS with a true peak of -1 dB, as EBU R128 measures them. */
  normalise: z.boolean().default(true),
})

export type SoundEdits = z.infer<typeof soundEditsSchema>
