import { z } from 'zod'
import { markerKinds } from './markers.ts'
import { ticksSchema } from './time.ts'

const isStretch = ({ from, to }: { from: number; to: number }): boolean => from < to
const id = z.int().positive()

export const curveGroups = ['sound', 'picture', 'data', 'chat', 'markers'] as const

export const curvesRequestSchema = z
  .object({
    id,
    from: ticksSchema.nonnegative(),
    to: ticksSchema.positive(),
    /** Buckets that the stretch is divided into; fewer where there are not that many values (two a second). */
    points: z.int().min(1).max(4000),
    /** Only these signals, such as `audio.onset`; all of them without it. */
    signals: z.array(z.string().min(1).max(60)).max(60).optional(),
    /** `unusual`: how far a value stands out against three minutes to either side (-8 to 8), instead of the value. */
    as: z.enum(['value', 'unusual']).default('value'),
  })
  .refine(isStretch, 'from < to')

/** Lowest and highest value of each bucket, null where nothing was measured. */
const buckets = z.array(z.number().nullable())

export const curvesSchema = z.object({
  /** Bucket i covers [from + i × step, from + (i + 1) × step): whole slots, so a little more than what was asked for. */
  from: ticksSchema,
  step: ticksSchema.positive(),
  /** 0 to 1; empty where the recording was not scored yet. With what chat and markers add. */
  score: z.object({ low: buckets, high: buckets }),
  /** From this score on, moments are taken. */
  threshold: z.number().min(0).max(1),
  curves: z.array(
    z.object({
      /** As in reasons: `audio.onset`, `audio[1].onset` for the second track, `chat.rate`, `markers`. */
      signal: z.string(),
      /** What it is called, in plain English. */
      name: z.string(),
      group: z.enum(curveGroups),
      track: z.int().nonnegative().nullable(),
      unit: z.string(),
      low: buckets,
      high: buckets,
    }),
  ),
})

/** A marker on the recording's timeline. `end` equals `start` for a point in time. */
export const timelineMarkerSchema = z.object({
  start: ticksSchema,
  end: ticksSchema,
  kind: z.enum(markerKinds),
  label: z.string(),
  weight: z.number().min(0).max(1),
})

export const transcriptLineSchema = z.object({ start: ticksSchema, end: ticksSchema, text: z.string() })

export const importedCaptionsSchema = z.object({
  lines: z.int().nonnegative(),
  /** Lines of the file that were passed over, and the first of them. */
  skipped: z.int().nonnegative(),
  firstSkipped: z.object({ line: z.int().positive(), text: z.string() }).nullable(),
  language: z.string().nullable(),
})

export type CurvesRequest = z.infer<typeof curvesRequestSchema>
export type Curves = z.infer<typeof curvesSchema>
export type CurveGroup = (typeof curveGroups)[number]
export type TimelineMarker = z.infer<typeof timelineMarkerSchema>
export type TimelineLine = z.infer<typeof transcriptLineSchema>
export type ImportedCaptions = z.infer<typeof importedCaptionsSchema>
