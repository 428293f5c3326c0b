import { z } from 'zod'

const seconds = z.number().nonnegative()

export const transitionKinds = ['cut', 'cross-fade'] as const

/** The shapes that one timeline is rendered in. */
export const montageKinds = ['landscape', 'vertical'] as const

export const montageClipSchema = z.object({
  clipId: z.int().positive(),
  /** How it follows what is before it; of the first nothing is asked. `seconds` of a cross-fade. */
  transition: z
    .discriminatedUnion('kind', [
      z.object({ kind: z.literal('cut') }),
      z.object({ kind: z.literal('cross-fade'), seconds: seconds.max(5) }),
    ])
    .default({ kind: 'cut' }),
  /** Shown before it, over its first picture. */
  card: z
    .object({
      title: z.string().min(1).max(120),
      subtitle: z.string().max(200).default(''),
      seconds: z.number().min(0.5).max(10).default(2),
    })
    .nullable()
    .default(null),
})

export const montageMusicSchema = z.object({
  /** A file, or a folder that one is taken from. */
  path: z.string().min(1).max(4096),
  /** Above the loudness of the clips. */
  gainDb: z.number().min(-40).max(12).default(-8),
  /** Clips are shortened a little, so that cuts fall on beats. */
  alignBeats: z.boolean().default(false),
  /** It goes down while somebody speaks, or, where voices have no track of their own, while clips are heard. */
  duck: z.boolean().default(true),
})

/** Several clips as one: what a person asks for. */
export const montageSchema = z.object({
  title: z.string().max(200).default(''),
  /** In the order in which they are shown. A clip may come again. */
  clips: z.array(montageClipSchema).min(1).max(100),
  music: montageMusicSchema.nullable().default(null),
  kinds: z.array(z.enum(montageKinds)).min(1).max(montageKinds.length).default(['landscape']),
  /** One for each clip. */
  chapters: z.boolean().default(true),
})

/** A finished montage. */
export const montageFileSchema = z.object({
  path: z.string().min(1),
  kind: z.enum(montageKinds),
  seconds,
  /** Of its pictures, those that are the recordings' own, not encoded again; 0 to 1. */
  copied: z.number().min(0).max(1),
  /** True only when the finished file was checked. */
  verified: z.boolean(),
  /** What went otherwise than somebody may expect. */
  notes: z.array(z.string()),
  chapters: z.array(z.object({ start: seconds, title: z.string() })),
  /** Seconds at which one clip gives way to the next; in the middle of a cross-fade. */
  cuts: z.array(seconds),
  size: z.int().positive(),
  mtimeMs: z.number(),
})

export const montageRequestSchema = z.object({
  montage: montageSchema,
  /** Default: as the settings say. */
  outputFolder: z.string().min(1).max(4096).optional(),
  priority: z.int().min(-100).max(100).default(0),
})

/** What `clutchcut montage --json` prints. */
export const montageDocumentSchema = z.object({
  version: z.literal(1),
  files: z.array(montageFileSchema.omit({ size: true, mtimeMs: true })),
})

export type Montage = z.infer<typeof montageSchema>
export type MontageClip = z.infer<typeof montageClipSchema>
export type MontageKind = (typeof montageKinds)[number]
export type MontageMusic = z.infer<typeof montageMusicSchema>
export type MontageFile = z.infer<typeof montageFileSchema>
export type MontageRequest = z.infer<typeof montageRequestSchema>
export type MontageDocument = z.infer<typeof montageDocumentSchema>
