import { ClutchcutError } from '../../src-shared/contract/errors.ts'
import type { MomentCauses } from '../../src-shared/domain/causes.ts'
import type { ScoreInput } from '../../src-shared/domain/score.ts'
import type { Ticks } from '../../src-shared/domain/time.ts'
import type { Scorer } from '../stages/score/scorer.ts'
import type { DecoderSettings } from '../stages/select/decoder-settings.ts'
import { findMoments } from '../stages/select/select-segments.ts'

/** Of so many moments, the best, the model itself says why; of the rest the signals say it. */
const mostMoments = 100

export interface AskWhyOptions {
  readonly scores: ArrayLike<number>
  readonly duration: Ticks
  readonly settings: DecoderSettings
  readonly signal: AbortSignal
}

/**
 * What made the scorer choose the moments that will be chosen, by their peak. Clips do not depend on it: a model that
 * fails here is a warning.
 */
export async function askWhy(
  { explain }: Pick<Scorer, 'explain'>,
  input: ScoreInput,
  { scores, duration, settings, signal }: AskWhyOptions,
): Promise<{ causes: ReadonlyMap<number, MomentCauses>; warning: string | null }> {
  const causes = new Map<number, MomentCauses>()
  const moments = explain ? findMoments({ scores: { values: scores }, duration }, mostMoments, settings) : []
  if (!explain || moments.length === 0) return { causes, warning: null }
  try {
    const found = await explain(input, scores, moments, { signal })
    for (const [i, moment] of moments.entries()) if (found[i]) causes.set(moment.peak, found[i])
    return { causes, warning: null }
  } catch (thrown) {
    signal.throwIfAborted()
    if (!(thrown instanceof ClutchcutError) || !/^(model|inference)\//.test(thrown.code)) throw thrown
    return { causes, warning: `The model could not say why it chose these moments. ${thrown.message}` }
  }
}
