import { z } from 'zod'
import { chatSpecSchema } from './chat.ts'
import { cutModes, renderKinds } from './clip.ts'
import { errorCodes, type ErrorCode } from './errors.ts'
import { markersSpecSchema } from './markers.ts'
import { montageSchema } from './montage.ts'
import { fingerprintSchema } from './recording.ts'
import { renderLook } from './render-options.ts'

/**
 * In pipeline order (`chat` only where a chat was given, `markers` only where there are any, `montage` for jobs of its own);
 * `src-main/jobs/run-pipeline.ts` is the only file that knows what each one calls.
 */
export const stageNames = [
  'import',
  'probe',
  'analyse',
  'score',
  'chat',
  'markers',
  'select',
  'render',
  'montage',
] as const

export const jobStates = ['queued', 'running', 'paused', 'done', 'failed', 'cancelled', 'needs-input'] as const

export const jobKinds = ['analyze', 'process', 'render', 'montage'] as const

/** What a job is to do; set once when it is queued. */
export const jobSpecSchema = z.object({
  /**
   * `analyze` ends after select, `process` renders too; `render` makes files of given clips, without an analysis, and
   * `montage` one of several.
   */
  kind: z.enum(jobKinds),
  /** Of `montage`, the recording of its first clip. */
  path: z.string().min(1),
  device: z.enum(['auto', 'cpu', 'webgpu', 'cuda', 'directml', 'coreml']).default('auto'),
  /** False: recompute every stage even where a checkpoint exists. */
  useCache: z.boolean().default(true),
  /** The best N; null takes the threshold. */
  top: z.int().positive().max(1000).nullable().default(null),
  outputFolder: z.string().nullable().default(null),
  renderKinds: z.array(z.enum(renderKinds)).default(['landscape']),
  /** null: smart where that is possible, else encode. */
  cut: z.enum(cutModes).nullable().default(null),
  nameTemplate: z.string().nullable().default(null),
  ...renderLook,
  chat: chatSpecSchema.nullable().default(null),
  /** null: those in the recording's file and beside it. */
  markers: markersSpecSchema.nullable().default(null),
  /** Of `render`, which: clips of the one recording at `path`. */
  clipIds: z.array(z.int().positive()).max(500).nullable().default(null),
  /** Of `montage`, what it is made of. */
  montage: montageSchema.nullable().default(null),
})

/** Per stage and overall. Fractions are 0 to 1; `etaSeconds` is null until there is something to measure. */
export const jobProgressSchema = z.object({
  stage: z.enum(stageNames),
  stageFraction: z.number().min(0).max(1),
  stageEtaSeconds: z.number().nonnegative().nullable(),
  fraction: z.number().min(0).max(1),
  etaSeconds: z.number().nonnegative().nullable(),
  /** What it waits for, if it waits ("another job is analysing"). */
  waitingFor: z.string().nullable(),
})

export const jobFailureSchema = z.object({
  code: z.enum(Object.keys(errorCodes) as [ErrorCode, ...ErrorCode[]]),
  message: z.string(),
  data: z.record(z.string(), z.unknown()),
  stage: z.enum(stageNames).nullable(),
  at: z.iso.datetime({ offset: true }),
})

/** Clips that it was about, and files that lie there now for them. */
export const jobProducedSchema = z.object({ clips: z.int().nonnegative(), renders: z.int().nonnegative() })

export const jobSchema = z.object({
  id: z.int().positive(),
  spec: jobSpecSchema,
  state: z.enum(jobStates),
  /** Higher first; equal ones in the order they were queued. */
  priority: z.int(),
  attempt: z.int().nonnegative(),
  /** How often its process ended under it (a crash, a power cut), and it went on by itself. */
  interruptions: z.int().nonnegative(),
  recording: fingerprintSchema.nullable(),
  progress: jobProgressSchema.nullable(),
  /** Newest last, at most 20: each retry keeps the reason of the one before. */
  failures: z.array(jobFailureSchema),
  createdAt: z.iso.datetime({ offset: true }),
  updatedAt: z.iso.datetime({ offset: true }),
  /** For people: of the recording, once it is known; filled in where jobs are told to somebody. */
  about: z.object({ recordingId: z.int().positive(), title: z.string() }).nullable().optional(),
  /** What came of it, once it is done. */
  produced: jobProducedSchema.nullable().optional(),
})

export type JobKind = (typeof jobKinds)[number]
export type JobProduced = z.infer<typeof jobProducedSchema>
export type StageName = (typeof stageNames)[number]
export type JobState = (typeof jobStates)[number]
export type JobSpec = z.infer<typeof jobSpecSchema>
export type JobProgress = z.infer<typeof jobProgressSchema>
export type JobFailure = z.infer<typeof jobFailureSchema>
export type Job = z.infer<typeof jobSchema>
