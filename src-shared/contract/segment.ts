import { z } from 'zod'
import { evidenceSchema } from './evidence.ts'
import { ticksSchema } from './time.ts'

/** Highlight probability (0 to 1), two values a second; value i covers [i/2, i/2 + 0.5) s. */
export const scoresSchema = z.object({ rate: z.literal(2), values: z.array(z.number().min(0).max(1)) })

/** Why a moment was picked: one signal, how much of the score it carries, and a sentence a streamer understands. */
export const reasonSchema = z.object({
  /** For instance `audio.onset`; `audio[1].onset` for the second track. */
  signal: z.string().min(1),
  /** Share of the positive evidence, 0 to 1; a segment's reasons are listed heaviest first. */
  weight: z.number().min(0).max(1),
  text: z.string().min(1),
})

export const segmentSchema = z
  .object({
    start: ticksSchema.nonnegative(),
    end: ticksSchema.positive(),
    peak: ticksSchema.nonnegative(),
    score: z.number().min(0).max(1),
    /** Taken by the threshold or by `--top`. */
    selected: z.boolean(),
    reasons: z.array(reasonSchema).min(1),
    /** The model's own score, where what was learned from the streamer changed it. */
    baseScore: z.number().min(0).max(1).optional(),
    /** The span as it was found, where learned padding changed it. */
    found: z.object({ start: ticksSchema.nonnegative(), end: ticksSchema.positive() }).optional(),
    /** What learning may look at. Kept in the library, and not part of what is printed. */
    evidence: evidenceSchema.optional(),
  })
  .refine((s) => s.start <= s.peak && s.peak <= s.end && s.start < s.end, 'start <= peak <= end, start < end')

/** Which model scored, and where it ran. */
export const modelRefSchema = z.object({ id: z.string(), version: z.string() })
export const executionProviders = ['cpu', 'webgpu', 'cuda', 'directml', 'coreml'] as const
export const deviceUseSchema = z.object({
  used: z.enum(executionProviders),
  /** Why not the device that was asked for (or, for `auto`, why no GPU); null when there is nothing to explain. */
  fallbackReason: z.string().nullable(),
})

export type Scores = z.infer<typeof scoresSchema>
export type Reason = z.infer<typeof reasonSchema>
export type Segment = z.infer<typeof segmentSchema>
export type ModelRef = z.infer<typeof modelRefSchema>
export type ExecutionProvider = (typeof executionProviders)[number]
export type DeviceUse = z.infer<typeof deviceUseSchema>
