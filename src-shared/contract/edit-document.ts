import { z } from 'zod'
import { clipPartSchema, textOverlaySchema, zoomKeySchema } from './edits.ts'
import { soundEditsSchema } from './sound.ts'

const seconds = z.number().nonnegative()
const { recording, speed } = clipPartSchema.shape
const { start: _start, end: _end, ...text } = textOverlaySchema.shape
const { at: _at, ...view } = zoomKeySchema.shape
const { tracks, duckMusic, normalise } = soundEditsSchema.shape

/** What the verbs of `clutchcut edit` print with `--json`. Seconds; see `documents.ts`. */
export const editDocumentSchema = z.object({
  version: z.literal(1),
  clip: z.int().positive(),
  revision: z.int().nonnegative(),
  canUndo: z.boolean(),
  canRedo: z.boolean(),
  /** Of the clip as it plays. */
  duration: seconds,
  /** `start` and `end` on the recording's timeline, `at` on the clip's; `recording`: a fingerprint, of another file. */
  parts: z.array(z.object({ at: seconds, recording, start: seconds, end: seconds, speed })),
  /** On the recording's timeline. */
  zoom: z.array(z.object({ at: seconds, ...view })),
  texts: z.array(z.object({ start: seconds, end: seconds, ...text })),
  sound: z.object({
    tracks: tracks.unwrap(),
    bleeps: z.array(z.object({ start: seconds, end: seconds, with: z.enum(['tone', 'silence']) })),
    fadeIn: seconds,
    fadeOut: seconds,
    duckMusic: duckMusic.unwrap(),
    normalise: normalise.unwrap(),
  }),
})

export type EditDocument = z.infer<typeof editDocumentSchema>
