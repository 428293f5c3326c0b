import { z } from 'zod'
import { renderSchema } from './clip.ts'
import { jobSpecSchema } from './job.ts'
import { montageSchema } from './montage.ts'

const id = z.int().positive()

/** The names of `clutchcut export --format`. */
export const handOffFormatIds = ['otio', 'fcpxml', 'premiere', 'edl', 'csv'] as const

/** What a render job is told beside what it renders: what `JobSpec` says about rendering. */
const {
  path: _path,
  kind: _kind,
  clipIds: _clipIds,
  top: _top,
  chat: _chat,
  markers: _markers,
  montage: _montage,
  ...rendering
} = jobSpecSchema.shape

/** Fields as a wish: what is not said is up to the settings, and zod would fill defaults in. */
type Undefaulted<Shape> = { [Key in keyof Shape]: Shape[Key] extends z.ZodDefault<infer Inner> ? Inner : Shape[Key] }
const wishes = Object.fromEntries(
  Object.entries(rendering).map(([key, field]) => [key, field instanceof z.ZodDefault ? field.unwrap() : field]),
) as Undefaulted<typeof rendering>

export const renderRequestSchema = z.object({
  /** Of any recordings: one job for each recording. */
  clipIds: z.array(id).min(1).max(500),
  options: z.object(wishes).partial().default({}),
  priority: z.int().min(-100).max(100).default(0),
})

/** `changed`: a file lies there, but not the one that we wrote. */
export const fileStates = ['present', 'missing', 'changed'] as const

/** A render as the list of exports shows it. Of a montage, `start` is 0 and `end` its length. */
export const exportedFileSchema = z.object({
  ...renderSchema.shape,
  id,
  /** Of one clip, or null with `montage`. */
  clipId: id.nullable(),
  recordingId: id.nullable(),
  montage: montageSchema.nullable(),
  /** Of the clip or the montage. */
  title: z.string(),
  recordingTitle: z.string().nullable(),
  bytes: z.int().nonnegative(),
  madeAt: z.iso.datetime({ offset: true }),
  file: z.enum(fileStates),
})

export const handOffRequestSchema = z.object({
  clipIds: z.array(id).min(1).max(2000),
  format: z.enum(handOffFormatIds),
  folder: z.string().min(1).max(4096),
  /** Without an ending; without it, the recording's title. */
  name: z.string().min(1).max(200).optional(),
  /** 29.97 and 59.94 frames a second: whether timecode leaves numbers out. */
  dropFrame: z.boolean().default(true),
})

export const handedOffSchema = z.object({
  path: z.string(),
  /** The .srt beside it, where the format has no place for captions and there are any. */
  captions: z.string().nullable(),
  notes: z.array(z.string()),
})

/** What became of each of several things that were asked for; those that went well have no problem. */
export const outcomesSchema = z.array(z.object({ id, problem: z.string().nullable() }))

export type RenderJobRequest = z.infer<typeof renderRequestSchema>
export type ExportedFile = z.infer<typeof exportedFileSchema>
export type FileState = (typeof fileStates)[number]
export type HandOffRequest = z.infer<typeof handOffRequestSchema>
export type HandedOff = z.infer<typeof handedOffSchema>
export type Outcomes = z.infer<typeof outcomesSchema>
