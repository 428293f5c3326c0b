import { z } from 'zod'
import { chatReportSchema } from './chat.ts'
import { cutModes, renderKinds } from './clip.ts'
import { markersReportSchema } from './markers.ts'
import { trackRoles } from './media-info.ts'
import { deviceUseSchema, modelRefSchema, reasonSchema, scoresSchema } from './segment.ts'

/**
 * The JSON that `--json` prints. Times are seconds on the recording's timeline. These documents are a public
 * interface: fields are added, never renamed; `version` grows when that can't be kept.
 */
const secondsSchema = z.number()

const recordingDocumentSchema = z.object({
  path: z.string(),
  fingerprint: z.string(),
  duration: secondsSchema,
  width: z.int().positive().nullable(),
  height: z.int().positive().nullable(),
  fps: z.number().positive().nullable(),
  audioTracks: z.array(z.object({ index: z.int(), title: z.string(), role: z.enum(trackRoles) })),
})

const segmentDocumentSchema = z.object({
  start: secondsSchema,
  end: secondsSchema,
  peak: secondsSchema,
  score: z.number(),
  /** The model's own score, where what was learned from the streamer changed it. */
  baseScore: z.number().optional(),
  selected: z.boolean(),
  reasons: z.array(reasonSchema),
})

const timingDocumentSchema = z.object({
  wallSeconds: z.number(),
  /** Recording seconds per wall second. */
  realtimeFactor: z.number().nullable(),
  /** Wall seconds of each stage that ran; a stage taken from its checkpoint is absent. */
  stages: z.record(z.string(), z.number()),
})

export const analysisDocumentSchema = z.object({
  version: z.literal(1),
  recording: recordingDocumentSchema,
  scores: scoresSchema,
  segments: z.array(segmentDocumentSchema),
  model: modelRefSchema,
  device: deviceUseSchema,
  warnings: z.array(z.string()),
  /** What became of the chat, where one was given. */
  chat: chatReportSchema.optional(),
  /** The markers of the recording, where there are any. */
  markers: markersReportSchema.optional(),
  timing: timingDocumentSchema,
})

const renderDocumentSchema = z.object({
  path: z.string(),
  kind: z.enum(renderKinds),
  start: secondsSchema,
  end: secondsSchema,
  cut: z.enum(cutModes),
  verified: z.boolean(),
  /** Why it was not cut as somebody may expect. */
  note: z.string().optional(),
  /** The JPEG beside it, where one was asked for and could be made. */
  thumbnail: z.string().optional(),
})

const { version: _version, ...analysisFields } = analysisDocumentSchema.shape

export const processDocumentSchema = z.object({
  version: z.literal(1),
  recordings: z.array(
    z.object({
      ...analysisFields,
      clips: z.array(z.object({ segment: z.int().nonnegative(), renders: z.array(renderDocumentSchema) })),
    }),
  ),
  failures: z.array(z.object({ path: z.string(), code: z.string(), message: z.string() })),
})

/** Says of a folder that it holds a dump. */
export const dumpMark = 'clutchcut-features'

/**
 * `features.json` of `analyze --dump-features`, which `--json` prints too: what the arrays beside it are about. Arrays
 * have a row a slot (half a second), but for `pictures`, which has one for each of `pictureTimes` (or one of zeros).
 */
export const featuresDumpDocumentSchema = z.object({
  kind: z.literal(dumpMark),
  version: z.literal(1),
  /** The program's version. */
  program: z.string(),
  /** Version of the features files that it was made from. */
  format: z.int().positive(),
  slots: z.int().nonnegative(),
  seconds: secondsSchema,
  cuts: z.array(secondsSchema),
  pictureTimes: z.array(secondsSchema),
  /** Columns of the arrays `signals` and `mask`. */
  signals: z.array(z.string()),
  mask: z.array(z.string()),
})

export type FeaturesDumpDocument = z.infer<typeof featuresDumpDocumentSchema>
export type AnalysisDocument = z.infer<typeof analysisDocumentSchema>
export type ProcessDocument = z.infer<typeof processDocumentSchema>
