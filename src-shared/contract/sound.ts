import { z } from 'zod'
import { trackRoles } from './media-info.ts'
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

/** What is asked for the sound of all clips of a job, by what tracks hold. It comes on top of each clip's own edits. */
export const soundWishSchema = z.object({
  muted: z.array(z.enum(trackRoles)).default([]),
  gains: z
    .array(z.object({ role: z.enum(trackRoles), gainDb: z.number().min(-60).max(24) }))
    .max(trackRoles.length)
    .default([]),
  bleeps: soundEditsSchema.shape.bleeps,
  duckMusic: z.boolean().default(true),
  normalise: z.boolean().default(true),
})

const decibels = z.number().min(-100).max(100)

/** One track of sound made of several, as a player that knows only the first track needs it. */
export const mixPlanSchema = z.object({
  action: z.literal('mix'),
  /** `AudioTrack.index`; at least one. */
  sources: z
    .array(z.object({ track: z.int().nonnegative(), gainDb: decibels }))
    .min(1)
    .max(32),
  /** Sources that go down while one of the others speaks. */
  duck: z
    .object({ music: z.array(z.int().nonnegative()).min(1), speech: z.array(z.int().nonnegative()).min(1) })
    .nullable(),
  /** On the clip's timeline, in order, apart from each other. */
  bleeps: z.array(z.intersection(spanSchema, z.object({ with: z.enum(['tone', 'silence']) }))),
  fadeIn: ticksSchema.nonnegative(),
  fadeOut: ticksSchema.nonnegative(),
  /** LUFS and dBTP that it is brought to; null: it stays as loud as it is. */
  loudness: z.object({ integrated: z.number(), truePeak: z.number() }).nullable(),
  codec: z.literal('aac'),
  bitRate: z.int().positive(),
  sampleRate: z.int().positive(),
})

export type SoundEdits = z.infer<typeof soundEditsSchema>
export type SoundWish = z.infer<typeof soundWishSchema>
export type MixPlan = z.infer<typeof mixPlanSchema>
