import { weighSignals } from './weigh-signals.ts'
import type { Scorer } from './scorer.ts'

const model = { id: 'signals', version: '1.0.0' }

/**
 * The embedded baseline: transparent, without a model file, always on the CPU. It is a few additions a second of
 * recording, so there is no device to choose and nothing to explain.
 */
export const signalsScorer: Scorer = {
  model,
  async score(input, { signal, onProgress }) {
    signal?.throwIfAborted()
    const scores = weighSignals(input)
    onProgress?.(1)
    return { scores, model, device: { used: 'cpu', fallbackReason: null } }
  },
}
