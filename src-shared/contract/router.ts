import { eventIterator, oc } from '@orpc/contract'
import { z } from 'zod'
import {
  appInfoSchema,
  cleanableParts,
  cleanedSchema,
  privacyItemSchema,
  recorderFolderSchema,
  storageReportSchema,
} from './app.ts'
import { clipEditSchema, editStateSchema } from './clip-edit.ts'
import { clipStates, storedClipSchema } from './clip.ts'
import {
  curvesRequestSchema,
  curvesSchema,
  importedCaptionsSchema,
  timelineMarkerSchema,
  transcriptLineSchema,
} from './curves.ts'
import { previewRequestSchema, previewSchema } from './detection.ts'
import { errorCodes, type ErrorCode } from './errors.ts'
import { engineEventSchema, eventPlaceSchema } from './events.ts'
import {
  exportedFileSchema,
  handedOffSchema,
  handOffRequestSchema,
  outcomesSchema,
  renderRequestSchema,
} from './exports.ts'
import { facecamAnswerSchema, facecamSettingSchema } from './facecam.ts'
import { jobSchema, jobSpecSchema, jobStates } from './job.ts'
import { browseAnswerSchema, browseRequestSchema } from './files.ts'
import { learningReportSchema } from './learning.ts'
import { deviceRowSchema, modelRowSchema } from './model.ts'
import { montageRequestSchema } from './montage.ts'
import { platformLimitsSchema, presetSchema } from './preset.ts'
import { recordingStates, recordingSummarySchema } from './recording.ts'
import { segmentSchema } from './segment.ts'
import { playbackRequestSchema, playbackSchema } from './playback.ts'
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
const revision = z.int().nonnegative().optional()
const ids = z.array(id).min(1).max(500)
const path = z.string().min(1).max(4096)
const count = z.object({ count: z.int().nonnegative() })

/** What a person can change of a clip. */
const clipChange = {
  /** `kept` and `rejected` are decisions to learn from; `candidate` takes one back. */
  state: z.enum(clipStates).optional(),
  /** Trims: where it begins and ends now. Inside the recording, and the start before the end. */
  start: ticksSchema.nonnegative().optional(),
  end: ticksSchema.positive().optional(),
  title: z.string().min(1).max(300).optional(),
  favourite: z.boolean().optional(),
  tags: z.array(z.string().min(1).max(60)).max(30).optional(),
}
const { start: _start, end: _end, title: _title, ...manyClipsChange } = clipChange

/** One readable table of what the engine can be asked. Handlers: `src-main/api/`, one file per area. */
export const contract = {
  recordings: {
    list: procedure
      .input(
        z.object({
          state: z.enum(recordingStates).optional(),
          game: z.string().optional(),
          hasClips: z.boolean().optional(),
          /** In its title, its game or its tags; every word must be there. */
          text: z.string().max(200).optional(),
          /** Recorded (or, where nobody knows, added) at or after `from`, and before `to`. */
          from: z.iso.datetime({ offset: true }).optional(),
          to: z.iso.datetime({ offset: true }).optional(),
          ids: z.array(id).max(500).optional(),
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
    /** How a browser plays it: the file itself, or pieces of a proxy. */
    playback: procedure.input(playbackRequestSchema).output(playbackSchema),
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
    /** Games that there are, most recordings first. */
    games: procedure.output(z.array(z.object({ game: z.string(), recordings: z.int().nonnegative() }))),
    /** What was measured and how it scored, for a timeline. `features/unusable` before it was analysed. */
    curves: procedure.input(curvesRequestSchema).output(curvesSchema),
    /** Those that its last analysis found, in the order of time. */
    markers: procedure.input(byId).output(z.object({ markers: z.array(timelineMarkerSchema) })),
    transcript: procedure
      .input(z.object({ id, from: ticksSchema.nonnegative().optional(), to: ticksSchema.positive().optional() }))
      .output(z.object({ lines: z.array(transcriptLineSchema) })),
    /** Takes what is said from a caption file, in the place of what was known; search finds it. */
    importCaptions: procedure.input(z.object({ id, path })).output(importedCaptionsSchema),
    forgetCaptions: procedure.input(byId).output(count),
    /** Forgets recordings with all that was found in them. Their files stay, and so do rendered clips. */
    remove: procedure.input(z.object({ ids })).output(outcomesSchema),
    /** Puts recordings' files into the recycle bin; they stay in the library as missing. */
    trash: procedure.input(z.object({ ids })).output(outcomesSchema),
    /** Says where a recording lies now. Refused (`input/changed`) where the file is another recording. */
    relink: procedure.input(z.object({ id, path })).output(recordingSummarySchema),
    reveal: procedure.input(byId).output(z.object({})),
  },
  clips: {
    get: procedure.input(byId).output(storedClipSchema),
    /** One that a person made. */
    create: procedure
      .input(
        z
          .object({
            recordingId: id,
            start: ticksSchema.nonnegative(),
            end: ticksSchema.positive(),
            title: z.string().min(1).max(300).optional(),
          })
          .refine(({ start, end }) => start < end, 'start < end'),
      )
      .output(storedClipSchema),
    /** All of them, or none where one is not there. */
    updateMany: procedure.input(z.object({ ids, change: z.object(manyClipsChange) })).output(z.array(storedClipSchema)),
    /** Forgets clips. Files that were made of them stay, but are no longer listed. */
    remove: procedure.input(z.object({ ids })).output(count),
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
      .output(z.object({ items: z.array(storedClipSchema), total: z.int().nonnegative() })),
    update: procedure.input(z.object({ id, ...clipChange })).output(storedClipSchema),
    /** What a person made of it. `expected` is the revision that an edit is meant for: `edit/conflict` if it is another. */
    edits: procedure.input(byId).output(editStateSchema),
    edit: procedure.input(z.object({ id, edit: clipEditSchema, expected: revision })).output(editStateSchema),
    undo: procedure.input(z.object({ id, expected: revision })).output(editStateSchema),
    redo: procedure.input(z.object({ id, expected: revision })).output(editStateSchema),
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
    /** Every job that waits or runs. The answer holds those that changed. */
    pauseAll: procedure.output(z.array(jobSchema)),
    resumeAll: procedure.output(z.array(jobSchema)),
    /** Forgets jobs that are done, failed or cancelled; what they made stays. */
    clearFinished: procedure.output(count),
    /** The last lines of its log, oldest first, without folders and secrets. */
    log: procedure.input(z.object({ id, lines: z.int().min(1).max(500).default(100) })).output(
      z.object({
        lines: z.array(
          z.object({ at: z.iso.datetime({ offset: true }).nullable(), level: z.string(), text: z.string() }),
        ),
        /** What FFmpeg said last, where it was FFmpeg that failed. */
        ffmpeg: z.array(z.string()),
      }),
    ),
  },
  exports: {
    /** Queues renders: one job for each recording whose clips these are. */
    render: procedure.input(renderRequestSchema).output(z.array(jobSchema)),
    /** Queues a montage: several clips as one file for each shape. */
    montage: procedure.input(montageRequestSchema).output(jobSchema),
    /** Files that were made, newest first, and whether they still lie there. */
    list: procedure
      .input(z.object({ recordingId: id.optional(), clipId: id.optional(), ...page }))
      .output(z.object({ items: z.array(exportedFileSchema), total: z.int().nonnegative() })),
    reveal: procedure.input(byId).output(z.object({})),
    /** Puts the file on the system's clipboard, for other programs to paste. */
    copy: procedure.input(byId).output(z.object({})),
    /** Puts rendered files, and what we laid beside them, into the recycle bin, and forgets them. */
    trash: procedure.input(z.object({ ids })).output(outcomesSchema),
    /** Writes clips down for an editor, as `clutchcut export` does. */
    handOff: procedure.input(handOffRequestSchema).output(handedOffSchema),
  },
  detection: {
    /** Which of a recording's moments would be taken at another sensitivity. `features/unusable` before it was analysed. */
    preview: procedure.input(previewRequestSchema).output(previewSchema),
  },
  devices: {
    /** What was found when each device was checked; `refresh` checks them anew, which may take minutes. */
    report: procedure.input(z.object({ refresh: z.boolean().default(false) })).output(z.array(deviceRowSchema)),
  },
  models: { list: procedure.output(z.array(modelRowSchema)) },
  presets: { list: procedure.output(z.array(presetSchema)) },
  platforms: { list: procedure.output(z.array(platformLimitsSchema)) },
  storage: {
    report: procedure.output(storageReportSchema),
    clean: procedure
      .input(z.object({ what: z.array(z.enum(cleanableParts)).min(1).max(cleanableParts.length) }))
      .output(cleanedSchema),
  },
  /** Choosing files in a browser, where there is no dialog of the system's. */
  files: { browse: procedure.input(browseRequestSchema).output(browseAnswerSchema) },
  setup: {
    /** Folders in which recorders put recordings on this machine. */
    suggestions: procedure.output(z.array(recorderFolderSchema)),
    /** The recording that comes along to try things with; null where this install has none. */
    demo: procedure.output(z.object({ path: z.string().nullable() })),
  },
  privacy: { report: procedure.output(z.array(privacyItemSchema)) },
  app: { info: procedure.output(appInfoSchema) },
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
  /** With the last event's place, those that were missed since come first; see `engineEventSchema`. */
  events: procedure
    .input(z.object({ after: eventPlaceSchema.optional() }).default({}))
    .output(eventIterator(engineEventSchema)),
}

export type Contract = typeof contract
