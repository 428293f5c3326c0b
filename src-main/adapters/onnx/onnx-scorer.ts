import { ClutchcutError } from '../../../src-shared/contract/errors.ts'
import type { DeviceUse, ModelRef } from '../../../src-shared/contract/segment.ts'
import type { ScoreInput } from '../../../src-shared/domain/score.ts'
import type { CheckedModel } from './check-provider.ts'
import type { InferenceClient } from './client.ts'
import type { DeviceWish } from './decide-device.ts'
import { buildFeeds, checkModelShape } from './model-inputs.ts'
import type { SessionSpec, ValueInfo } from './messages.ts'
import { providerLabels } from './providers.ts'

/**
 * Slots per run: ten minutes, with as much context to both sides as the model sees (±63 s, rounded up), so that the
 * chunks give what one run over everything would. Memory and messages stay bounded for any length of recording.
 */
export const chunkSlots = 1200
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

/**
 * Scores with an ONNX model in the inference process (fits `Scorer` of stages/score). A GPU that fails during the
 * work is left for the CPU, with the reason. Errors: `model/invalid`, `model/missing`, `inference/failed`.
 */
export function createOnnxScorer(deps: OnnxScorerDeps, ref: ModelRef, model: CheckedModel) {
  async function score(
    input: ScoreInput,
    options: OnnxScorerOptions,
  ): Promise<{ scores: Float32Array; model: ModelRef; device: DeviceUse }> {
    const { signal } = options
    const cpu = { ...model, provider: 'cpu' } as const
    const { inputs, outputs } = await deps.client.call({ kind: 'load', session: cpu }, { signal })
    checkModelShape(inputs, outputs)
    const device = await deps.chooseDevice(options.device, model, { signal })
    try {
      return {
        scores: await runChunks(input, inputs, { ...model, provider: device.used }, options),
        model: ref,
        device,
      }
    } catch (error) {
      signal?.throwIfAborted()
      if (device.used === 'cpu' || !(error instanceof ClutchcutError)) throw error
      const fallbackReason = `${providerLabels[device.used]} failed while scoring (${error.message}) The CPU was used instead.`
      const scores = await runChunks(input, inputs, cpu, options)
      return { scores, model: ref, device: { used: 'cpu', fallbackReason } }
    }
  }

  async function runChunks(
    input: ScoreInput,
    inputs: readonly ValueInfo[],
    session: SessionSpec,
    { signal, onProgress }: OnnxScorerOptions,
  ): Promise<Float32Array> {
    const { length } = input.signals
    const scores = new Float32Array(length)
    for (let at = 0; at < length; at += chunkSlots) {
      const end = Math.min(length, at + chunkSlots)
      const [from, to] = [Math.max(0, at - contextSlots), Math.min(length, end + contextSlots)]
      const feeds = await buildFeeds(input, inputs, from, to)
      const { outputs } = await deps.client.call({ kind: 'run', session, feeds }, { signal })
      const logits = outputs['logits']
      if (logits?.data.length !== to - from)
        throw new ClutchcutError('inference/failed', 'The model gave too few values.')
      for (let i = at; i < end; i++) {
        const probability = 1 / (1 + Math.exp(-Number(logits.data[i - from])))
        if (Number.isNaN(probability))
          throw new ClutchcutError('inference/failed', 'The model gave values that are not numbers.')
        scores[i] = probability
      }
      onProgress?.(end / length)
    }
    return scores
  }

  return { model: ref, score }
}
