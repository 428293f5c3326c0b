import { z } from 'zod'
import { cutModes, renderKinds } from './clip.ts'
import { fingerprintSchema } from './recording.ts'
import { ticksSchema } from './time.ts'

const spanSchema = z
  .object({ start: ticksSchema.nonnegative(), end: ticksSchema.positive() })
  .refine((span) => span.start < span.end, 'start < end')

export const videoPlanSchema = z.discriminatedUnion('action', [
  z.object({ action: z.literal('copy') }),
  z.object({
    action: z.literal('smart'),
    /** The pictures that are copied; those of the span before and behind are encoded to match. */
    copy: spanSchema,
  }),
  z.object({
    action: z.literal('encode'),
    codec: z.literal('h264'),
    /** x264's constant rate factor: 18 is visually lossless for game footage. */
    crf: z.int().min(0).max(51),
    preset: z.string(),
    /** 4:2:0, 8 bit: what every platform and phone plays. */
    pixelFormat: z.literal('yuv420p'),
  }),
])

export const audioPlanSchema = z.discriminatedUnion('action', [
  z.object({ track: z.int().nonnegative(), action: z.literal('copy') }),
  z.object({
    track: z.int().nonnegative(),
    action: z.literal('encode'),
    codec: z.literal('aac'),
    bitRate: z.int().positive(),
  }),
])

/**
 * Everything that decides what a rendered file holds, and nothing else: no paths, no names. Equal plans give equal
 * files, so `hash` (SHA-256 over the plan without `metadata`) says whether an earlier render can be used again.
 */
export const renderPlanSchema = z.object({
  version: z.literal(2),
  recording: fingerprintSchema,
  kind: z.enum(renderKinds),
  cut: z.enum(cutModes),
  /** The clip as a person or rule wants it. */
  asked: spanSchema,
  /** What is cut: `asked`, or for `copy` from the keyframe at or before its start. */
  span: spanSchema,
  container: z.literal('mp4'),
  video: videoPlanSchema,
  /** In the order of the output's tracks; `track` is the source's (`AudioTrack.index`). */
  audio: z.array(audioPlanSchema),
  /** Written into the file for people to read; a new title alone does not ask for a new file. */
  metadata: z.object({ title: z.string(), comment: z.string() }),
  /** Why it is not cut as somebody may expect; null when there is nothing to say. */
  note: z.string().nullable(),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
})

export type RenderPlan = z.infer<typeof renderPlanSchema>
export type VideoPlan = z.infer<typeof videoPlanSchema>
export type AudioPlan = z.infer<typeof audioPlanSchema>
