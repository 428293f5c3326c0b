import { z } from 'zod'
import { rationalSchema, ticksSchema } from './time.ts'

export const trackRoles = ['mix', 'game', 'mic', 'music', 'chat', 'unknown'] as const

/** One audio stream, as recorded. OBS names its tracks; the role is guessed from that name. */
export const audioTrackSchema = z.object({
  /** Position among the audio streams, from 0: FFmpeg's `0:a:index`. */
  index: z.int().nonnegative(),
  /** Position among all streams: FFmpeg's `0:streamIndex`. */
  streamIndex: z.int().nonnegative(),
  codec: z.string(),
  sampleRate: z.int().positive(),
  channels: z.int().positive(),
  layout: z.string().nullable(),
  title: z.string(),
  language: z.string().nullable(),
  role: z.enum(trackRoles),
  timebase: rationalSchema,
  /** First sample, in the recording's time (0 is the first presented video frame); may be negative. */
  start: ticksSchema,
})

export const hdrKinds = ['none', 'pq', 'hlg', 'dolby-vision'] as const

export const videoStreamSchema = z.object({
  streamIndex: z.int().nonnegative(),
  codec: z.string(),
  profile: z.string().nullable(),
  level: z.int().nullable(),
  pixelFormat: z.string().nullable(),
  bitDepth: z.int().positive(),
  /** As stored, before rotation. */
  codedWidth: z.int().positive(),
  codedHeight: z.int().positive(),
  /** As shown: rotation and sample aspect ratio applied. */
  width: z.int().positive(),
  height: z.int().positive(),
  /** Clockwise degrees to turn the stored picture by. */
  rotation: z.union([z.literal(0), z.literal(90), z.literal(180), z.literal(270)]),
  sampleAspectRatio: rationalSchema,
  /** Average frame rate. */
  fps: rationalSchema,
  variableFrameRate: z.boolean(),
  timebase: rationalSchema,
  bFrames: z.boolean(),
  hdr: z.enum(hdrKinds),
  colour: z.object({
    range: z.string().nullable(),
    space: z.string().nullable(),
    transfer: z.string().nullable(),
    primaries: z.string().nullable(),
  }),
})

export const containers = ['mp4', 'mov', 'matroska', 'webm', 'avi', 'flv', 'mpegts', 'dash', 'audio'] as const

/** What is in a recording: ffprobe's answer, normalised. */
export const mediaInfoSchema = z.object({
  container: z.enum(containers),
  /** Length of the timeline; null where the file does not say (a cut FLV): the analysis then measures it. */
  duration: ticksSchema.nullable(),
  /**
   * Time zero in the file's own clock, so that `source time = time + origin`: PTS of the first presented video
   * frame, or of the first audio sample when there is no video.
   */
  origin: ticksSchema,
  bitRate: z.int().positive().nullable(),
  video: videoStreamSchema.nullable(),
  audio: z.array(audioTrackSchema),
  chapters: z.array(z.object({ start: ticksSchema, end: ticksSchema, title: z.string() })),
  /** When the recorder says the recording was made (ISO 8601), if it says. */
  recordedAt: z.iso.datetime({ offset: true }).nullable(),
  /** True where the end of the file is missing: what is there is used. */
  truncated: z.boolean(),
  warnings: z.array(z.string()),
})

export type AudioTrack = z.infer<typeof audioTrackSchema>
export type TrackRole = (typeof trackRoles)[number]
export type VideoStream = z.infer<typeof videoStreamSchema>
export type MediaInfo = z.infer<typeof mediaInfoSchema>
export type Container = (typeof containers)[number]
