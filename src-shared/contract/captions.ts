import { z } from 'zod'
import { ticksSchema } from './time.ts'

/**
 * Something that is shown and timed as one: a word with its punctuation, or a part of a text that is written without
 * spaces. Times on the recording's timeline, or on the clip's once it was retimed.
 */
export const captionWordSchema = z.object({
  start: ticksSchema,
  end: ticksSchema,
  /** Without white space at its ends. */
  text: z.string().min(1),
  /** Follows the word before it without a space, as in Chinese or Thai. */
  joined: z.boolean().optional(),
  /** A phrase ends with it: its file began a new line or segment behind it. */
  closes: z.boolean().optional(),
  /** 0 to 1. */
  confidence: z.number().min(0).max(1).optional(),
  speaker: z.string().optional(),
})

export const captionFormats = ['srt', 'vtt', 'ass', 'whisper'] as const

/** What is said in a recording, in order of time. Words do not overlap. */
export const transcriptSchema = z.object({
  format: z.enum(captionFormats),
  /** BCP 47 as the file writes it; null where it does not say. */
  language: z.string().nullable(),
  words: z.array(captionWordSchema),
  /** Lines or words of the file that were passed over, and the first of them. */
  skipped: z.int().nonnegative(),
  firstSkipped: z.object({ line: z.int().positive(), text: z.string() }).nullable(),
})

/** What is shown at one time: its lines from top to bottom, each of words in the order of speaking. */
export const captionCueSchema = z.object({
  start: ticksSchema,
  end: ticksSchema,
  lines: z.array(z.array(captionWordSchema).min(1)).min(1),
})

export const captionStyles = ['clean', 'karaoke', 'boxed', 'big'] as const
/** Whose buttons and texts lie over the picture; `none` for a file that is shown bare. */
export const captionPlatforms = ['none', 'youtube', 'shorts', 'tiktok', 'reels'] as const

export type CaptionWord = z.infer<typeof captionWordSchema>
export type CaptionFormat = z.infer<typeof transcriptSchema>['format']
export type Transcript = z.infer<typeof transcriptSchema>
export type CaptionCue = z.infer<typeof captionCueSchema>
export type CaptionStyleName = (typeof captionStyles)[number]
export type CaptionPlatform = (typeof captionPlatforms)[number]
