import { z } from 'zod'
import type { Rational, Ticks } from '../../../src-shared/domain/time.ts'
import { ticksFromPts, ticksFromSeconds } from '../../../src-shared/domain/time.ts'

/** The part of `ffprobe -of json` that we read. Everything may be missing: versions 5 to 8 differ, and so do files. */
const tagsSchema = z.record(z.string(), z.string()).optional()
const number = z.number().optional().catch(undefined)
const text = z.string().optional().catch(undefined)

export const ffprobeStreamSchema = z.object({
  index: z.int().nonnegative(),
  codec_type: text,
  codec_name: text,
  profile: z
    .union([z.string(), z.number().transform(String)])
    .optional()
    .catch(undefined),
  level: number,
  width: number,
  height: number,
  has_b_frames: number,
  sample_aspect_ratio: text,
  pix_fmt: text,
  field_order: text,
  color_range: text,
  color_space: text,
  color_transfer: text,
  color_primaries: text,
  bits_per_raw_sample: text,
  r_frame_rate: text,
  avg_frame_rate: text,
  time_base: text,
  start_pts: number,
  duration_ts: number,
  duration: text,
  nb_frames: text,
  sample_rate: text,
  channels: number,
  channel_layout: text,
  disposition: z.record(z.string(), z.number()).optional().catch(undefined),
  tags: tagsSchema.catch(undefined),
  side_data_list: z
    .array(z.looseObject({ side_data_type: text, rotation: number, displaymatrix: text }))
    .optional()
    .catch(undefined),
})

export const ffprobeSchema = z.object({
  format: z
    .object({
      format_name: text,
      start_time: text,
      duration: text,
      bit_rate: text,
      tags: tagsSchema.catch(undefined),
    })
    .optional(),
  streams: z.array(ffprobeStreamSchema).default([]),
  chapters: z
    .array(z.object({ time_base: text, start: number, end: number, tags: tagsSchema.catch(undefined) }))
    .optional()
    .catch(undefined),
})

export type FfprobeStream = z.infer<typeof ffprobeStreamSchema>
export type FfprobeJson = z.infer<typeof ffprobeSchema>

/** `30000/1001`, `16:9`, `1/90000`; null for `0/0`, `N/A` and whatever else is no positive fraction. */
export function parseRational(value: string | undefined): Rational | null {
  const match = /^(\d{1,15})[/:](\d{1,15})$/.exec(value ?? '')
  if (match === null) return null
  const [num, den] = [Number(match[1]), Number(match[2])]
  return num > 0 && den > 0 ? { num, den } : null
}

/** `5.005000` as ticks; null for `N/A`. */
export function parseSeconds(value: string | undefined): Ticks | null {
  if (value === undefined || !/^-?\d+(\.\d+)?$/.test(value)) return null
  const ticks = ticksFromSeconds(Number(value))
  return Number.isSafeInteger(ticks) ? ticks : null
}

/** A stream's timebase; every demuxer gives one, a broken file may not. */
export function timebaseOf(stream: FfprobeStream): Rational {
  return parseRational(stream.time_base) ?? { num: 1, den: 1000 }
}

/** Where a stream starts in the file's clock, exactly; null when ffprobe does not know. */
export function streamStart(stream: FfprobeStream): Ticks | null {
  return stream.start_pts === undefined ? null : ticksFromPts(stream.start_pts, timebaseOf(stream))
}
