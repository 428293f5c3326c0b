import { z } from 'zod'
import { ticksSchema } from './time.ts'

/** A JPEG, in base64: `data:image/jpeg;base64,…` shows it. */
const jpegSchema = z.base64()

/** Longest side of a thumbnail. */
const side = z.int().min(64).max(1280).default(640)
const id = z.int().positive()

/** Of a clip, or of a moment of a recording (a segment). */
export const thumbnailRequestSchema = z.union([
  z.object({ clipId: id, side }),
  z
    .object({
      recordingId: id,
      start: ticksSchema.nonnegative(),
      end: ticksSchema.positive(),
      peak: ticksSchema.nonnegative(),
      side,
    })
    .refine(({ start, end, peak }) => start < end && start <= peak && peak <= end, 'start <= peak <= end, start < end'),
])

export const thumbnailSchema = z.object({
  jpeg: jpegSchema,
  width: z.int().positive(),
  height: z.int().positive(),
  /** The frame that it shows. */
  time: ticksSchema,
})

const isStretch = ({ from, to }: { from: number; to: number }): boolean => from < to

export const filmstripRequestSchema = z
  .object({
    recordingId: id,
    from: ticksSchema.nonnegative(),
    to: ticksSchema.positive(),
    /** Pictures, evenly spread. */
    count: z.int().min(1).max(400),
    /** Pictures in a row. */
    columns: z.int().min(1).max(50).default(20),
  })
  .refine(isStretch, 'from < to')

/** One JPEG of rows of small pictures, from the upper left; the last row may end in black. */
export const filmstripSchema = z.object({
  jpeg: jpegSchema,
  columns: z.int().positive(),
  rows: z.int().positive(),
  tile: z.object({ width: z.int().positive(), height: z.int().positive() }),
  /** When each picture was shown: the nearest one that the analysis kept, so the same may come twice. */
  times: z.array(ticksSchema),
})

export const waveformRequestSchema = z
  .object({
    recordingId: id,
    /** Position among the audio tracks. */
    track: z.int().nonnegative(),
    from: ticksSchema.nonnegative(),
    to: ticksSchema.positive(),
    buckets: z.int().min(1).max(4000),
  })
  .refine(isStretch, 'from < to')

const swings = z.array(z.int().min(0).max(255))

/** How far the sound swings below and above zero in each bucket; 255 is full scale, 0 is silence or no sound. */
export const waveformSchema = z.object({ low: swings, high: swings })

export type ThumbnailRequest = z.infer<typeof thumbnailRequestSchema>
export type Thumbnail = z.infer<typeof thumbnailSchema>
export type FilmstripRequest = z.infer<typeof filmstripRequestSchema>
export type Filmstrip = z.infer<typeof filmstripSchema>
export type WaveformRequest = z.infer<typeof waveformRequestSchema>
export type WaveformAnswer = z.infer<typeof waveformSchema>
