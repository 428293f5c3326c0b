import { z } from 'zod'
import { ticksSchema } from './time.ts'

const share = z.number().min(0).max(1)

/** A rectangle of the picture as it is shown: shares of its width and height, from the left and the top. */
export const regionSchema = z
  .object({ x: share, y: share, width: share.positive(), height: share.positive() })
  .refine(({ x, y, width, height }) => x + width <= 1.000001 && y + height <= 1.000001, 'inside the picture')

/** A point of the picture, as shares of its width and height. */
const pointSchema = z.object({ x: share, y: share })

export const layoutKinds = ['fill', 'blur', 'stacked', 'facecam', 'follow'] as const

/** How a picture is put into a frame of another shape. */
export const layoutSchema = z.discriminatedUnion('kind', [
  /** The part of the picture around `focus` that fills the frame. */
  z.object({ kind: z.literal('fill'), focus: pointSchema }),
  /** The whole picture, over itself enlarged and blurred. */
  z.object({ kind: z.literal('blur') }),
  /** The camera above or below, as wide as the frame, and a crop of the game in the rest. */
  z.object({
    kind: z.literal('stacked'),
    facecam: regionSchema,
    facecamAt: z.enum(['top', 'bottom']),
    focus: pointSchema,
  }),
  /** A crop of the game fills the frame; the camera lies on it, `width` of the frame wide, its middle at `at`. */
  z.object({
    kind: z.literal('facecam'),
    facecam: regionSchema,
    at: pointSchema,
    width: z.number().min(0.1).max(1),
    focus: pointSchema,
  }),
  /**
   * As `fill`, with a focus that moves linearly from key to key; `at` in the recording's time, ascending. They become
   * part of a command, and Windows takes 32,767 characters of one.
   */
  z.object({
    kind: z.literal('follow'),
    keys: z
      .array(z.object({ at: ticksSchema, ...pointSchema.shape }))
      .min(1)
      .max(300)
      .refine((keys) => keys.every((key, i) => i === 0 || key.at > keys[i - 1]!.at), 'ascending'),
  }),
])

export type Region = z.infer<typeof regionSchema>
export type Layout = z.infer<typeof layoutSchema>
export type LayoutKind = (typeof layoutKinds)[number]
