import { eventIterator, oc } from '@orpc/contract'
import { z } from 'zod'
import { clipSchema, clipStates } from './clip.ts'
import { errorCodes, type ErrorCode } from './errors.ts'
import { engineEventSchema } from './events.ts'
import { facecamAnswerSchema, facecamSettingSchema } from './facecam.ts'
import { jobSchema, jobSpecSchema, jobStates } from './job.ts'
import { learningReportSchema } from './learning.ts'
import { recordingStates, recordingSummarySchema } from './recording.ts'
import { segmentSchema } from './segment.ts'
import { settingsChangeSchema, settingsSchema } from './settings.ts'
import {
  filmstripRequestSchema,
  filmstripSchema,
  thumbnailRequestSchema,
  thumbnailSchema,
  waveformRequestSchema,
  waveformSchema,
} from './stills.ts'
import { ticksSchema } from './time.ts'

/** Every code of `errorCodes`, declared to oRPC so that clients get them typed. */
const errorData = z.record(z.string(), z.unknown())
const declaredErrors = Object.fromEntries(
  Object.entries(errorCodes).map(([code, { status }]) => [code, { status, data: errorData }]),
) as Record<ErrorCode, { status: number; data: typeof errorData }>

const procedure = oc.errors(declaredErrors)

const id = z.int().positive()
const page = { limit: z.int().min(1).max(500).default(100), offset: z.int().min(0).default(0) }
const byId = z.object({ id })

/** One readable table of what the engine can be asked. Handlers: `src-main/api/`, one file per area. */
export const contract = {
  recordings: {
    list: procedure
      .input(
        z.object({
          state: z.enum(recordingStates).optional(),
          game: z.string().optional(),
          hasClips: z.boolean().optional(),
          order: z.enum(['newest', 'oldest', 'name', 'longest']).default('newest'),
          ...page,
        }),
      )
      .output(z.object({ items: z.array(recordingSummarySchema), total: z.int().nonnegative() })),
    get: procedure
      .input(byId)
      .output(z.object({ recording: recordingSummarySchema, segments: z.array(segmentSchema) })),
    rename: procedure
      .input(
        z.object({ id, title: z.string().min(1).max(300).optional(), game: z.string().max(200).nullable().optional() }),
      )
      .output(recordingSummarySchema),
    search: procedure.input(z.object({ text: z.string().max(500), ...page })).output(
      z.array(
        z.object({
          recordingId: id,
          clipId: id.nullable(),
          title: z.string(),
          /** The matching text, hits between U+0002 and U+0003, so that nothing in it is mistaken for markup. */
          snippet: z.string(),
        }),
      ),
    ),
  },
  clips: {
    list: procedure
      .input(
        z.object({
          recordingId: id.optional(),
          state: z.enum(clipStates).optional(),
          favourite: z.boolean().optional(),
          order: z.enum(['best', 'newest', 'time']).default('best'),
          ...page,
        }),
      )
      .output(z.object({ items: z.array(clipSchema), total: z.int().nonnegative() })),
    update: procedure
      .input(
        z.object({
          id,
          /** `kept` and `rejected` are decisions to learn from; `candidate` takes one back. */
          state: z.enum(clipStates).optional(),
          /** Trims: where it begins and ends now. Inside the recording, and the start before the end. */
          start: ticksSchema.nonnegative().optional(),
          end: ticksSchema.positive().optional(),
          title: z.string().min(1).max(300).optional(),
          favourite: z.boolean().optional(),
          tags: z.array(z.string().min(1).max(60)).max(30).optional(),
        }),
      )
      .output(clipSchema),
  },
  jobs: {
    list: procedure
      .input(z.object({ states: z.array(z.enum(jobStates)).optional(), limit: z.int().min(1).max(500).default(100) }))
      .output(z.array(jobSchema)),
    get: procedure.input(byId).output(jobSchema),
    add: procedure
      .input(z.object({ spec: jobSpecSchema, priority: z.int().min(-100).max(100).default(0) }))
      .output(jobSchema),
    pause: procedure.input(byId).output(jobSchema),
    resume: procedure.input(byId).output(jobSchema),
    cancel: procedure.input(byId).output(jobSchema),
    retry: procedure.input(byId).output(jobSchema),
    setPriority: procedure.input(z.object({ id, priority: z.int().min(-100).max(100) })).output(jobSchema),
  },
  settings: {
    get: procedure.output(settingsSchema),
    change: procedure.input(settingsChangeSchema).output(settingsSchema),
  },
  learning: {
    /** What was learned from keeping, trimming and discarding, and whether it is used. Settings switch it on and off. */
    report: procedure.output(learningReportSchema),
    /** Forgets it all. Clips stay as they are. */
    reset: procedure.output(learningReportSchema),
  },
  /** Where cameras are in recordings' pictures, for upright layouts. */
  layouts: {
    list: procedure.output(z.array(facecamSettingSchema)),
    set: procedure.input(facecamSettingSchema).output(z.array(facecamSettingSchema)),
    forget: procedure.input(facecamSettingSchema.pick({ game: true })).output(z.array(facecamSettingSchema)),
    /** Of one recording; looks at it where nobody has, which takes some seconds. Its file must be there. */
    facecam: procedure.input(z.object({ recordingId: id })).output(facecamAnswerSchema),
  },
  /** What to look at, made when it is asked for. Needs an analysed recording: `features/unusable` otherwise. */
  stills: {
    thumbnail: procedure.input(thumbnailRequestSchema).output(thumbnailSchema),
    filmstrip: procedure.input(filmstripRequestSchema).output(filmstripSchema),
    waveform: procedure.input(waveformRequestSchema).output(waveformSchema),
  },
  events: procedure.output(eventIterator(engineEventSchema)),
}

export type Contract = typeof contract
