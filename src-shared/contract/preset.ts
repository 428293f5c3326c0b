import { z } from 'zod'

export const presetIds = ['landscape', 'vertical', 'square'] as const
export const platformIds = ['youtube', 'youtube-shorts', 'tiktok', 'instagram-reels'] as const

/** The shape that a clip is rendered in. */
export const presetSchema = z.object({
  id: z.enum(presetIds),
  name: z.string(),
  /** Pixels of the frame; null: as the recording is shown. */
  frame: z.object({ width: z.int().positive(), height: z.int().positive() }).nullable(),
  /** Frames a second at most; null: as the recording has them. */
  mostFps: z.number().positive().nullable(),
})

/** What a platform takes; null where it says nothing. */
export const platformLimitsSchema = z.object({
  id: z.enum(platformIds),
  name: z.string(),
  seconds: z.object({ least: z.number().nullable(), most: z.number().nullable() }),
  mostBytes: z.int().positive().nullable(),
  /** FFmpeg's names. */
  videoCodecs: z.array(z.string()).nullable(),
  /** 4:2:0 only: other pixel formats are refused. */
  only420: z.boolean(),
  fps: z.object({ least: z.number(), most: z.number() }).nullable(),
  /** Pixels of either side. */
  side: z.object({ least: z.int().nullable(), most: z.int().nullable() }),
  mostWidth: z.int().positive().nullable(),
  /** True where the picture must not be wider than high. */
  uprightOnly: z.boolean(),
  /** Bits a second of the video. */
  mostBitRate: z.int().positive().nullable(),
  mostSampleRate: z.int().positive().nullable(),
  /** The file's index must come before its content. */
  moovFirst: z.boolean(),
  /** False: edit lists are not understood, so the file must play right without them. */
  editLists: z.boolean(),
  /** Where the figures are from, and how sure they are. */
  source: z.string(),
})

export type PresetId = (typeof presetIds)[number]
export type PlatformId = (typeof platformIds)[number]
export type Preset = z.infer<typeof presetSchema>
export type PlatformLimits = z.infer<typeof platformLimitsSchema>
