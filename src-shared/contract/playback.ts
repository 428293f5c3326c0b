import { z } from 'zod'

/** How a browser can play a recording. Addresses are paths of the host's: `http://host:port` or `media:` before them. */
export const playbackRequestSchema = z.object({
  id: z.int().positive(),
  /** Position among the audio tracks; null: the first. */
  audioTrack: z.int().nonnegative().nullable().default(null),
  /** After the browser refused what it got: everything is encoded to what every browser plays. */
  encodeAll: z.boolean().default(false),
})

/** Why the file itself cannot be given to the browser. */
export const proxyReasons = ['container', 'video-codec', 'audio-codec', 'audio-track', 'truncated', 'refused'] as const

/**
 * Pieces of one SourceBuffer (add both before the first piece: Chromium takes none later). Piece `n` (from 0) lies at `path` with `{n}` replaced: an MP4 that begins with its own
 * initialisation, so pieces may be appended in any order.
 */
const piecesSchema = z.object({
  path: z.string(),
  /** For `MediaSource.addSourceBuffer`. */
  mime: z.string(),
  seconds: z.number().positive(),
  count: z.int().positive(),
  /**
   * `exact`: piece n holds [n × seconds, (n + 1) × seconds). `keyframes`: it holds the pictures from each keyframe in
   * that span up to the next keyframe. So it may begin later (then the piece before holds what is missing, and so on
   * back to one that is not empty), end later, or hold nothing but the initialisation.
   */
  bounds: z.enum(['exact', 'keyframes']),
})

export const playbackSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('direct'),
    /** For `src`; answers ranges. */
    path: z.string(),
    durationSeconds: z.number().nonnegative().nullable(),
    /** Media time = recording time + this. */
    offsetSeconds: z.number(),
  }),
  z.object({
    kind: z.literal('proxy'),
    why: z.array(z.enum(proxyReasons)),
    durationSeconds: z.number().positive(),
    /** For `SourceBuffer.timestampOffset`, of both; media time is the recording's time then. */
    timestampOffsetSeconds: z.number(),
    video: piecesSchema.nullable(),
    audio: piecesSchema.nullable(),
  }),
])

export type PlaybackRequest = z.infer<typeof playbackRequestSchema>
export type Playback = z.infer<typeof playbackSchema>
export type ProxyReason = (typeof proxyReasons)[number]
export type Pieces = z.infer<typeof piecesSchema>
