import { ClutchcutError } from '../../../src-shared/contract/errors.ts'
import type { Verdict } from '../../../src-shared/contract/model.ts'
import type { ExecutionProvider } from '../../../src-shared/contract/segment.ts'
import { cannedInput, largestDifference } from './canned-input.ts'
import { InferenceClient, type InferenceClientDeps } from './client.ts'
import type { SessionSpec, Tensors } from './messages.ts'
import { providerLabels } from './providers.ts'

/** Largest difference of a logit from the CPU's that still counts as correct. */
export const tolerance = 1e-3
/** For starting a provider, compiling the model for it, and four runs. */
const timeLimitMs = 20_000
const timedRuns = 3

/** The CPU's answer to the canned input, which every other provider must give. */
export interface Reference {
  readonly feeds: Tensors
  readonly outputs: Tensors
  readonly milliseconds: number
}

export interface CheckOptions {
  signal?: AbortSignal | undefined
  timeLimitMs?: number
}

export type CheckedModel = Omit<SessionSpec, 'provider'>

/** Runs the model on the CPU. Throws what is wrong with the model, if something is. */
export async function referenceRun(
  deps: InferenceClientDeps,
  model: CheckedModel,
  options: CheckOptions = {},
): Promise<Reference> {
  return inOwnProcess(deps, options, async (client) => {
    const session = { ...model, provider: 'cpu' } as const
    const { inputs } = await client.call({ kind: 'load', session }, options)
    const feeds = cannedInput(inputs)
    return { feeds, ...(await timedRun(client, session, feeds, options)) }
  })
}

/**
 * Checks one provider with one model in a process of its own, which may crash or hang. Never throws but for an abort:
 * whatever goes wrong is the verdict.
 */
export async function checkProvider(
  deps: InferenceClientDeps,
  provider: ExecutionProvider,
  model: CheckedModel,
  reference: Reference,
  now: number,
  options: CheckOptions = {},
): Promise<Verdict> {
  const label = providerLabels[provider]
  const verdict = { provider, milliseconds: null, maxError: null, reason: null, checkedAt: now }
  try {
    const { outputs, milliseconds } = await inOwnProcess(deps, options, (client) =>
      timedRun(client, { ...model, provider }, reference.feeds, options),
    )
    const maxError = largestDifference(reference.outputs, outputs)
    if (maxError <= tolerance) return { ...verdict, status: 'ok', milliseconds, maxError }
    const reason = Number.isFinite(maxError)
      ? `${label} gives other results than the CPU (off by ${maxError.toPrecision(2)}).`
      : `${label} gives results that are not numbers or have another shape.`
    return { ...verdict, status: 'wrong', milliseconds, maxError: Number.isFinite(maxError) ? maxError : null, reason }
  } catch (error) {
    options.signal?.throwIfAborted()
    const data = error instanceof ClutchcutError ? error.data : {}
    if (data['crashed']) return { ...verdict, status: 'crashed', reason: `${label} crashed.` }
    if (data['timeout']) return { ...verdict, status: 'timeout', reason: `${label} gave no result in time.` }
    const detail = error instanceof Error ? error.message : String(error)
    return { ...verdict, status: 'failed', reason: `${label} could not start: ${plainCause(detail)}.` }
  }
}

async function inOwnProcess<T>(
  deps: InferenceClientDeps,
  { timeLimitMs: limit = timeLimitMs }: CheckOptions,
  work: (client: InferenceClient) => Promise<T>,
): Promise<T> {
  const client = new InferenceClient(deps, { retries: 0, timeoutMs: limit })
  try {
    return await work(client)
  } finally {
    await client.close()
  }
}

/** The first run compiles and is not timed; then the median of three. */
async function timedRun(
  client: InferenceClient,
  session: SessionSpec,
  feeds: Tensors,
  { signal }: CheckOptions,
): Promise<{ outputs: Tensors; milliseconds: number }> {
  const { outputs } = await client.call({ kind: 'run', session, feeds }, { signal })
  const times: number[] = []
  for (let i = 0; i < timedRuns; i++) {
    times.push((await client.call({ kind: 'run', session, feeds }, { signal })).milliseconds)
  }
  return { outputs, milliseconds: times.toSorted((a, b) => a - b)[timedRuns >> 1]! }
}

/** ONNX Runtime's usual complaints in plain words; anything else as it is. */
function plainCause(detail: string): string {
  if (/failed to get a webgpu adapter/i.test(detail)) return 'no graphics driver that it can use was found'
  if (/failed to load (shared )?library/i.test(detail)) return 'its library is not installed'
  if (/backend not found/i.test(detail)) return 'it is not part of this build'
  return detail.replace(/\.$/, '')
}
