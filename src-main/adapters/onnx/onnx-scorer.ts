import { ClutchcutError } from '../../../src-shared/contract/errors.ts'
import type { DeviceUse, ModelRef } from '../../../src-shared/contract/segment.ts'
import type { Moment, MomentCauses } from '../../../src-shared/domain/causes.ts'
import type { ScoreInput } from '../../../src-shared/domain/score.ts'
import type { CheckedModel } from './check-provider.ts'
import type { InferenceClient } from './client.ts'
import type { DeviceWish } from './decide-device.ts'
import { explainMoments } from './explain-moments.ts'
import { buildFeeds, checkModelShape } from './model-inputs.ts'
import type { SessionSpec, Tensors, ValueInfo } from './messages.ts'
import { providerLabels } from './providers.ts'

/**
 * Slots per run: five minutes, with as much context to both sides as the model sees (±63 s, rounded up), so that the
 * chunks give what one run over everything would. Memory and messages stay bounded for any length of recording: with
 * 429 pictures, the most that a chunk can be shown, a message has 11 MB.
 */
export const chunkSlots = 600
export const contextSlots = 128

export interface OnnxScorerDeps {
  client: Pick<InferenceClient, 'call'>
  chooseDevice(wish: DeviceWish, model: CheckedModel, options: { signal?: AbortSignal | undefined }): Promise<DeviceUse>
}

export interface OnnxScorerOptions {
  device: DeviceWish
  signal?: AbortSignal
  onProgress?: (fraction: number) => void
}

/** What the model says of each slot; `bounds` and `kinds` where it has these outputs. */
interface ModelScores {
  scores: Float32Array
  bounds?: Float32Array
  kinds?: { names: readonly string[]; probabilities: Float32Array }
}

/**
 * Scores with an ONNX model in the inference process (fits `Scorer` of stages/score). A GPU that fails during the
 * work is left for the CPU, with the reason. `kinds` are the columns of the model's output of that name. Errors:
 * `model/invalid`, `model/missing`, `inference/failed`.
 */
export function createOnnxScorer(
  deps: OnnxScorerDeps,
  ref: ModelRef,
  model: CheckedModel,
  kinds: readonly string[] = [],
) {
  async function score(
    input: ScoreInput,
    options: OnnxScorerOptions,
  ): Promise<ModelScores & { model: ModelRef; device: DeviceUse }> {
    const { signal } = options
    const cpu = { ...model, provider: 'cpu' } as const
    const shape = await deps.client.call({ kind: 'load', session: cpu }, { signal })
    checkModelShape(shape.inputs, shape.outputs, kinds)
    const device = await deps.chooseDevice(options.device, model, { signal })
    try {
      const scored = await runChunks(input, shape, { ...model, provider: device.used }, options)
      return { ...scored, model: ref, device }
    } catch (error) {
      signal?.throwIfAborted()
      if (device.used === 'cpu' || !(error instanceof ClutchcutError)) throw error
      const fallbackReason = `${providerLabels[device.used]} failed while scoring (${error.message}) The CPU was used instead.`
      const scored = await runChunks(input, shape, cpu, options)
      return { ...scored, model: ref, device: { used: 'cpu', fallbackReason } }
    }
  }

  async function runChunks(
    input: ScoreInput,
    { inputs, outputs: declared }: { inputs: readonly ValueInfo[]; outputs: readonly ValueInfo[] },
    session: SessionSpec,
    { signal, onProgress }: OnnxScorerOptions,
  ): Promise<ModelScores> {
    const { length } = input.signals
    const has = (name: string): boolean => declared.some((output) => output.name === name)
    const scores = new Float32Array(length)
    const bounds = has('bounds') ? new Float32Array(2 * length) : undefined
    const probabilities = has('kinds') ? new Float32Array(kinds.length * length) : undefined
    for (let at = 0; at < length; at += chunkSlots) {
      const end = Math.min(length, at + chunkSlots)
      const [from, to] = [Math.max(0, at - contextSlots), Math.min(length, end + contextSlots)]
      const feeds = await buildFeeds(input, inputs, from, to)
      const { outputs } = await deps.client.call({ kind: 'run', session, feeds }, { signal })
      const chunk = { outputs, slots: to - from, skip: at - from, at, end }
      take(chunk, 'logits', 1, scores, (logit) => 1 / (1 + Math.exp(-logit)))
      if (bounds) take(chunk, 'bounds', 2, bounds, (seconds) => Math.max(0, seconds))
      if (probabilities) take(chunk, 'kinds', kinds.length, probabilities, asProbability)
      onProgress?.(end / length)
    }
    return {
      scores,
      ...(bounds && { bounds }),
      ...(probabilities && { kinds: { names: kinds, probabilities } }),
    }
  }

  /** See `explainMoments`. On the CPU, so that the reasons are the same whatever scored. */
  function explain(
    input: ScoreInput,
    scores: ArrayLike<number>,
    moments: readonly Moment[],
    options: { signal?: AbortSignal },
  ): Promise<(MomentCauses | null)[]> {
    const session = { ...model, provider: 'cpu' } as const
    return explainMoments({ client: deps.client, session, kinds }, input, scores, moments, options)
  }

  return { model: ref, score, explain }
}

interface Chunk {
  outputs: Tensors
  /** That the model was given; the first `skip` of them are context. */
  slots: number
  skip: number
  /** Slots of the recording that are wanted. */
  at: number
  end: number
}

/** Copies a chunk's part of an output with `width` values a slot, each through `convert`. */
function take(
  { outputs, slots, skip, at, end }: Chunk,
  name: string,
  width: number,
  out: Float32Array,
  convert: (value: number) => number,
): void {
  const given = outputs[name]?.data
  if (given?.length !== slots * width) throw new ClutchcutError('inference/failed', 'The model gave too few values.')
  for (let i = 0; i < (end - at) * width; i++) {
    const value = convert(Number(given[skip * width + i]))
    if (!Number.isFinite(value))
      throw new ClutchcutError('inference/failed', 'The model gave values that are not numbers.')
    out[at * width + i] = value
  }
}

/** Rounding may leave a probability a little outside; what is far outside is none, such as a logit. */
function asProbability(value: number): number {
  return value < -1e-3 || value > 1.001 ? Number.NaN : Math.min(1, Math.max(0, value))
}
