import { z } from 'zod'
import { cutModes, renderKinds } from './clip.ts'
import { clipPartSchema, zoomKeySchema } from './edits.ts'
import { layoutSchema } from './layout.ts'
import { fingerprintSchema } from './recording.ts'
import { mixPlanSchema } from './sound.ts'
import { rationalSchema, ticksSchema } from './time.ts'

const spanSchema = z
  .object({ start: ticksSchema.nonnegative(), end: ticksSchema.positive() })
  .refine((span) => span.start < span.end, 'start < end')

/** What happens to pictures between decoder and encoder, in this order. */
export const picturePlanSchema = z.object({
  /** From this curve of brightness to BT.709; null: colours stay. */
  toneMap: z.enum(['pq', 'hlg']).nullable(),
  /** At an even rate; null: when the recording shows them. */
  fps: rationalSchema.nullable(),
  /** Pixels, square ones; null: the recording's own. */
  frame: z.object({ width: z.int().positive(), height: z.int().positive() }).nullable(),
  /** How the picture is put into the frame; null: it is scaled. */
  layout: layoutSchema.nullable(),
  /** What is shown of the frame. */
  zoom: z.array(zoomKeySchema),
  /** Captions and texts on it: an ASS document on the clip's timeline. */
  overlay: z.string().nullable(),
})

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
    /** Bits a second at most; null: as many as the quality takes. */
    bitRate: z.int().positive().nullable(),
    /** null: pictures stay as they are. */
    picture: picturePlanSchema.nullable(),
  }),
])

export const audioPlanSchema = z.discriminatedUnion('action', [
  z.object({ track: z.int().nonnegative(), action: z.literal('copy') }),
  z.object({
    track: z.int().nonnegative(),
    action: z.literal('encode'),
    codec: z.literal('aac'),
    bitRate: z.int().positive(),
    /** Hz; null: the track's own. */
    sampleRate: z.int().positive().nullable(),
  }),
  /** All tracks that are to be heard, as one; then it is the only one. */
  mixPlanSchema,
])

/**
 * Everything that decides what a rendered file holds, and nothing else: no paths, no names. Equal plans give equal
 * files, so `hash` (SHA-256 over the plan without `metadata`) says whether an earlier render can be used again.
 */
export const renderPlanSchema = z.object({
  version: z.literal(4),
  recording: fingerprintSchema,
  kind: z.enum(renderKinds),
  cut: z.enum(cutModes),
  /** The clip as a person or rule wants it. */
  asked: spanSchema,
  /** What is cut: `asked`, or for `copy` from the keyframe at or before its start. */
  span: spanSchema,
  /** What is played, in this order, cut to whole pictures; unless something is encoded, `span` alone at speed 1. */
  parts: z.array(clipPartSchema).min(1),
  container: z.literal('mp4'),
  /** False: it plays right without, and has none. */
  editLists: z.boolean(),
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
export type PicturePlan = z.infer<typeof picturePlanSchema>
export type VideoPlan = z.infer<typeof videoPlanSchema>
export type AudioPlan = z.infer<typeof audioPlanSchema>
