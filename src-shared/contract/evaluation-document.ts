import { z } from 'zod'
import { analysisDocumentSchema } from './documents.ts'

/** How good a score is, in the order of the tables. What they mean: `domain/evaluation/measure.ts`. */
export const measureNames = [
  'averagePrecision',
  'lift',
  'hit5',
  'hit10',
  'ndcg10',
  'precision30',
  'recall30',
  'f30',
  'precision50',
  'recall50',
  'f50',
  'startHeld',
  'startBefore',
] as const

export type MeasureName = (typeof measureNames)[number]

/** Null where a measure is not defined, for instance the start of clips that show nothing. */
const measuresSchema = z.record(z.enum(measureNames), z.number().nullable())
const spanSchema = z.object({ start: z.number(), end: z.number() })
const clipSchema = z.object({ ...spanSchema.shape, peak: z.number(), score: z.number() })
/** 95 %. */
const intervalSchema = z.tuple([z.number().nullable(), z.number().nullable()])

const { recording, model, device, warnings, timing } = analysisDocumentSchema.shape

/** What `evaluate --json` prints. A public interface, as all of `documents.ts`. */
export const evaluationDocumentSchema = z.object({
  version: z.literal(1),
  ...{ recording, model, device },
  labels: z.object({
    path: z.string(),
    /** `events`: a log of all that happened, of which the best 12 % count; `moments`: what somebody marked, all of it. */
    kind: z.enum(['events', 'moments']),
    moments: z.int().nonnegative(),
    /** Those that lie after the end of the recording, which were left out. */
    outside: z.int().nonnegative(),
    /** What is to be found, in the order of time. */
    highlights: z.array(spanSchema),
    /** Share of the recording that they cover. */
    share: z.number(),
  }),
  measures: measuresSchema,
  baselines: z.array(z.object({ name: z.string(), measures: measuresSchema })),
  intervals: z.object({ averagePrecision: intervalSchema, found: intervalSchema }),
  /** Highlights of which the clips show at least half. */
  found: z.int().nonnegative(),
  /** The clips that were judged, best first; `of` is what a clip shows, `held` whether it starts early enough. */
  clips: z.array(
    z.object({
      ...clipSchema.shape,
      of: z.object({ name: z.string(), at: z.number(), held: z.boolean() }).nullable(),
    }),
  ),
  misses: z.array(z.object({ ...spanSchema.shape, names: z.array(z.string()), score: z.number() })),
  falseAlarms: z.array(clipSchema),
  /** What the program would pick by itself. */
  selected: z.object({
    clips: z.int().nonnegative(),
    found: z.int().nonnegative(),
    falseAlarms: z.int().nonnegative(),
  }),
  ...{ warnings, timing },
})

export type EvaluationDocument = z.infer<typeof evaluationDocumentSchema>
