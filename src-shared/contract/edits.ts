import { z } from 'zod'
import { fingerprintSchema } from './recording.ts'
import { soundEditsSchema } from './sound.ts'
import { ticksSchema } from './time.ts'

const share = z.number().min(0).max(1)

/** A piece of a recording as the clip plays it. */
export const clipPartSchema = z
  .object({
    /** The file that goes on where the clip's ends, or ends where it begins; absent: the clip's own. */
    recording: fingerprintSchema.optional(),
    /** On the timeline of the recording that it is a piece of. */
    start: ticksSchema.nonnegative(),
    end: ticksSchema.positive(),
    /** Above 1 it passes faster; the pitch of the sound stays. */
    speed: z.number().min(0.25).max(4),
  })
  .refine((part) => part.start < part.end, 'start < end')

/** The view moves linearly from key to key, and stands still before the first and after the last. */
export const zoomKeySchema = z.object({
  /** On the recording's timeline. */
  at: ticksSchema.nonnegative(),
  /** 1 shows the whole frame. */
  scale: z.number().min(1).max(8),
  /** The middle of what is shown, as shares of the frame's width and height. */
  x: share,
  y: share,
})

export const textOverlaySchema = z
  .object({
    /** On the recording's timeline. */
    start: ticksSchema.nonnegative(),
    end: ticksSchema.positive(),
    text: z.string().min(1).max(500),
    /** Its middle, as shares of the frame that is rendered. */
    x: share,
    y: share,
    /** Height of a line as a share of the frame's. */
    size: z.number().min(0.01).max(0.5),
    /** `#rrggbb` */
    colour: z.string().regex(/^#[0-9a-f]{6}$/),
    outline: z.boolean(),
  })
  .refine((text) => text.start < text.end, 'start < end')

/** What a clip is to be, after all of a person's edits: what its log of edits comes to. */
export const clipEditsSchema = z.object({
  /** In the order in which they play; at least one. A clip nobody edited has one part: its own span at speed 1. */
  parts: z.array(clipPartSchema).min(1).max(200),
  zoom: z.array(zoomKeySchema).max(300),
  texts: z.array(textOverlaySchema).max(100),
  sound: soundEditsSchema,
})

export type ClipPart = z.infer<typeof clipPartSchema>
export type ZoomKey = z.infer<typeof zoomKeySchema>
export type TextOverlay = z.infer<typeof textOverlaySchema>
export type ClipEdits = z.infer<typeof clipEditsSchema>
