import { z } from 'zod'
import { errorCodes, type ErrorCode } from '../../../src-shared/contract/errors.ts'
import { executionProviders } from '../../../src-shared/contract/segment.ts'

/** One request or answer may carry this much tensor data; longer recordings are scored in chunks. */
export const maxMessageBytes = 64 * 1024 * 1024

export const tensorTypes = ['float32', 'uint8', 'int64'] as const

const tensorSchema = z
  .object({
    type: z.enum(tensorTypes),
    dims: z.array(z.int().nonnegative()).max(8),
    data: z.union([
      z.instanceof(Float32Array<ArrayBufferLike>),
      z.instanceof(Uint8Array<ArrayBufferLike>),
      z.instanceof(BigInt64Array<ArrayBufferLike>),
    ]),
  })
  .refine((t) => t.dims.reduce((a, b) => a * b, 1) === t.data.length, 'dims do not match the data')

const sessionSchema = z.object({
  /** Absolute path. */
  modelPath: z.string().min(1),
  /** What the file must hash to; null skips the check. */
  sha256: z.string().nullable(),
  provider: z.enum(executionProviders),
  threads: z.int().positive().max(64),
})

/** Every request names its session in full, so that it can be repeated in a fresh process. */
export const inferenceRequestSchema = z.discriminatedUnion('kind', [
  z.object({ id: z.int(), kind: z.literal('info') }),
  z.object({ id: z.int(), kind: z.literal('load'), session: sessionSchema }),
  z.object({ id: z.int(), kind: z.literal('run'), session: sessionSchema, feeds: z.record(z.string(), tensorSchema) }),
])

export const valueInfoSchema = z.object({
  name: z.string(),
  type: z.string(),
  /** A string is a symbolic dimension. */
  shape: z.array(z.union([z.number(), z.string()])),
})

export const inferenceResultSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('info'), runtimeVersion: z.string(), providers: z.array(z.string()) }),
  z.object({ kind: z.literal('load'), inputs: z.array(valueInfoSchema), outputs: z.array(valueInfoSchema) }),
  z.object({ kind: z.literal('run'), outputs: z.record(z.string(), tensorSchema), milliseconds: z.number() }),
])

export const inferenceAnswerSchema = z.union([
  z.object({ id: z.int(), result: inferenceResultSchema }),
  z.object({
    id: z.int(),
    error: z.object({ code: z.enum(Object.keys(errorCodes) as [ErrorCode, ...ErrorCode[]]), message: z.string() }),
  }),
])

export type Tensor = z.infer<typeof tensorSchema>
export type Tensors = Record<string, Tensor>
export type SessionSpec = z.infer<typeof sessionSchema>
export type ValueInfo = z.infer<typeof valueInfoSchema>
export type InferenceRequest = z.infer<typeof inferenceRequestSchema>
export type InferenceResult = z.infer<typeof inferenceResultSchema>
export type InferenceAnswer = z.infer<typeof inferenceAnswerSchema>
/** A request before it gets its number. */
export type InferenceCall = InferenceRequest extends infer R ? (R extends unknown ? Omit<R, 'id'> : never) : never

export function tensorBytes(tensors: Tensors): number {
  return Object.values(tensors).reduce((sum, tensor) => sum + tensor.data.byteLength, 0)
}
