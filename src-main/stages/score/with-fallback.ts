import { ClutchcutError } from '../../../src-shared/contract/errors.ts'
import type { Scorer } from './scorer.ts'

/**
 * Scores with `first`; where its model is missing, damaged or keeps crashing, with `second`, and says so. A broken
 * model file must not cost a streamer their clips.
 */
export function withFallback(first: Scorer, second: Scorer): Scorer {
  const { explain } = first
  return {
    model: first.model,
    ...(explain && { explain: (...args: Parameters<typeof explain>) => explain(...args) }),
    async score(input, options) {
      try {
        return await first.score(input, options)
      } catch (error) {
        options.signal?.throwIfAborted()
        if (!(error instanceof ClutchcutError) || !/^(model|inference)\//.test(error.code)) throw error
        const result = await second.score(input, options)
        const fallbackReason = `${error.message} Scored with the built-in signals instead.`
        return { ...result, device: { ...result.device, fallbackReason } }
      }
    },
  }
}
