import { z } from 'zod'
import { modelRefSchema } from './segment.ts'

/** What can be said about a moment. Undone is the same as never said. */
export const verdicts = ['keep', 'discard'] as const

const perFeature = z.object({
  base: z.number(),
  game: z.number(),
  voice: z.number(),
  picture: z.number(),
  chat: z.number(),
  markers: z.number(),
  length: z.number(),
})

/**
 * The few numbers that are learned; see `src-shared/domain/calibration.ts` for the formula. All weights at 0 leave
 * every score as it is.
 */
export const calibrationSchema = z.object({
  /** Log-odds of keeping a moment like the average one, both answers counted alike. Reported, never applied. */
  offset: z.number(),
  /** Added to the log-odds for each unit of evidence above `centre`; of `base`, the slope less 1. */
  weights: perFeature,
  /** The average moment that was decided about: there nothing is added. */
  centre: perFeature,
})

/** `too-few`: nothing can be said yet. `no-better`: did not predict held-back decisions better, so the base is kept. */
export const learningStates = ['too-few', 'no-better', 'used'] as const

/** How the base and what was learned predict decisions on recordings that were left out while learning. */
export const heldBackSchema = z.object({
  /** Mean log loss, keeps and discards counted alike; lower is better. */
  baseLoss: z.number(),
  learnedLoss: z.number(),
  /** How often a kept moment ranks above a discarded one of the same recording; null without such a pair. */
  baseRanking: z.number().min(0).max(1).nullable(),
  learnedRanking: z.number().min(0).max(1).nullable(),
  /** How often chance alone would look this good. */
  chance: z.number().min(0).max(1),
})

const edgeSchema = z.object({
  state: z.enum(learningStates),
  /** Added to where clips begin or end, seconds; negative is earlier. 0 unless used. */
  seconds: z.number().min(-6).max(6),
  /** Mean distance from what the person chose on recordings that were left out, without and with it; null if too few. */
  baseError: z.number().nonnegative().nullable(),
  learnedError: z.number().nonnegative().nullable(),
})

/** What was made of the decisions, for one version of one model. */
export const learnedSchema = z.object({
  model: modelRefSchema,
  counts: z.object({
    kept: z.int().nonnegative(),
    discarded: z.int().nonnegative(),
    trimmed: z.int().nonnegative(),
    recordings: z.int().nonnegative(),
  }),
  ranking: z.object({
    state: z.enum(learningStates),
    /** Null while there are too few decisions. Applied only where `state` is `used`. */
    calibration: calibrationSchema.nullable(),
    heldBack: heldBackSchema.nullable(),
  }),
  padding: z.object({ start: edgeSchema, end: edgeSchema }),
})

/** What the window and `clutchcut learning show` say. */
export const learningReportSchema = z.object({
  enabled: z.boolean(),
  ...learnedSchema.shape,
  /** Decisions about moments that this model has not looked at: they count once their recordings are analysed again. */
  waiting: z.int().nonnegative(),
  /** Is it used, and why (not): sentences. */
  why: z.string(),
  whyPadding: z.string(),
  /** The parameters in plain words, largest effect first. */
  parameters: z.array(z.object({ name: z.string(), value: z.number(), text: z.string() })),
})

export type Verdict = (typeof verdicts)[number]
export type Calibration = z.infer<typeof calibrationSchema>
export type HeldBack = z.infer<typeof heldBackSchema>
export type LearningState = (typeof learningStates)[number]
export type Learned = z.infer<typeof learnedSchema>
export type LearningReport = z.infer<typeof learningReportSchema>
