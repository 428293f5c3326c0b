import { z } from 'zod'
import { executionProviders } from './segment.ts'

/** One model that is not part of the program: fetched when somebody asks for it. */
export const manifestModelSchema = z.object({
  id: z.string().regex(/^[a-z0-9][a-z0-9.-]*$/),
  version: z.string().regex(/^\d+\.\d+\.\d+$/),
  /** What it is for, in a few words. */
  purpose: z.string().min(1),
  /** A plain file name; the file lies in `<data folder>/models/<id>/<version>/`. */
  file: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/),
  size: z.int().positive(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** SPDX identifier. */
  licence: z.string().min(1),
  /** Where it comes from. */
  url: z.url({ protocol: /^https$/ }),
})

/** `models/manifest.json`. */
export const modelManifestSchema = z.object({ version: z.literal(1), models: z.array(manifestModelSchema) })

/** `models/highlights/model.json`, beside the model file: what it must be. */
export const bundledModelSchema = z.object({
  id: z.string(),
  version: z.string().regex(/^\d+\.\d+\.\d+$/),
  licence: z.string().min(1),
  size: z.int().positive(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** Columns of its output `kinds`, where it has one. */
  kinds: z.array(z.string().min(1)).min(1).max(64).optional(),
})

/** One row of `models list`. */
export const modelRowSchema = z.object({
  id: z.string(),
  version: z.string(),
  purpose: z.string(),
  kind: z.enum(['built-in', 'bundled', 'fetched']),
  installed: z.boolean(),
  /** Bytes; null for what has no file. */
  size: z.int().nonnegative().nullable(),
  path: z.string().nullable(),
  licence: z.string(),
  /** What is wrong with it, if something is. */
  problem: z.string().nullable(),
})

export const verdictStatuses = ['ok', 'wrong', 'failed', 'crashed', 'timeout', 'unavailable'] as const

/** What checking one execution provider with one model on a canned input found. */
export const verdictSchema = z.object({
  provider: z.enum(executionProviders),
  status: z.enum(verdictStatuses),
  /** Median milliseconds of a run on the canned input, after the first; null where none finished. */
  milliseconds: z.number().nonnegative().nullable(),
  /** Largest difference of a logit from the CPU's; null where there was nothing to compare. */
  maxError: z.number().nonnegative().nullable(),
  /** One sentence; null when all is well. */
  reason: z.string().nullable(),
  /** Milliseconds since 1970. */
  checkedAt: z.number().nonnegative(),
})

/** What checking one way to decode video on a GPU found. */
export const decodeVerdictSchema = z.object({
  kind: z.literal('decode'),
  status: z.enum(['ok', 'wrong', 'failed']),
  /** Wall time beside the CPU's for the same pictures; null where it failed. */
  ratio: z.number().positive().nullable(),
  /** Milliseconds since 1970. */
  checkedAt: z.number().nonnegative(),
})

/** What trying a hardware encoder found. */
export const encodeVerdictSchema = z.object({
  kind: z.literal('encode'),
  status: z.enum(['ok', 'wrong', 'failed']),
  /** Milliseconds since 1970. */
  checkedAt: z.number().nonnegative(),
})

/** One row of `doctor`'s table. */
export const deviceRowSchema = z.object({
  ...verdictSchema.shape,
  model: z.string(),
  /** True for the provider that `--device auto` takes. */
  chosen: z.boolean(),
})

export type ManifestModel = z.infer<typeof manifestModelSchema>
export type ModelManifest = z.infer<typeof modelManifestSchema>
export type BundledModel = z.infer<typeof bundledModelSchema>
export type ModelRow = z.infer<typeof modelRowSchema>
export type Verdict = z.infer<typeof verdictSchema>
export type DecodeVerdict = z.infer<typeof decodeVerdictSchema>
export type EncodeVerdict = z.infer<typeof encodeVerdictSchema>
export type DeviceRow = z.infer<typeof deviceRowSchema>
