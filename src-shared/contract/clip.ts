import { z } from 'zod'
import { fingerprintSchema } from './recording.ts'
import { reasonSchema } from './segment.ts'
import { ticksSchema } from './time.ts'

export const clipStates = ['candidate', 'kept', 'rejected'] as const
export const renderKinds = ['landscape', 'vertical', 'square'] as const
export const cutModes = ['copy', 'smart', 'encode'] as const

/** A file made from a clip. `start` and `end` are what the file really holds, not what was asked for. */
export const renderSchema = z.object({
  path: z.string().min(1),
  kind: z.enum(renderKinds),
  start: ticksSchema,
  end: ticksSchema,
  cut: z.enum(cutModes),
  /** True only when the finished file was checked: see `verified` in docs/values.md. */
  verified: z.boolean(),
  /** Why it was not cut as somebody may expect, and what else is to be said of it. */
  note: z.string().optional(),
})

export const clipSchema = z.object({
  id: z.int().positive(),
  recording: fingerprintSchema,
  start: ticksSchema.nonnegative(),
  end: ticksSchema.positive(),
  peak: ticksSchema.nonnegative(),
  score: z.number().min(0).max(1),
  reasons: z.array(reasonSchema),
  title: z.string(),
  state: z.enum(clipStates),
  favourite: z.boolean(),
  tags: z.array(z.string()),
  renders: z.array(renderSchema),
})

/** A clip as the library holds it. */
export const storedClipSchema = z.object({ ...clipSchema.shape, recordingId: z.int().positive() })

export type Clip = z.infer<typeof clipSchema>
export type StoredClip = z.infer<typeof storedClipSchema>
export type ClipState = (typeof clipStates)[number]
export type Render = z.infer<typeof renderSchema>
export type RenderKind = (typeof renderKinds)[number]
export type CutMode = (typeof cutModes)[number]
