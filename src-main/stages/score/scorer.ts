import type { DeviceUse, ExecutionProvider, ModelRef } from '../../../src-shared/contract/segment.ts'
import type { Moment, MomentCauses } from '../../../src-shared/domain/causes.ts'
import type { ScoreInput } from '../../../src-shared/domain/score.ts'

export interface ScoreOptions {
  /** What to run on; a scorer without a choice ignores it. */
  device: ExecutionProvider | 'auto'
  signal?: AbortSignal
  /** 0 to 1. */
  onProgress?: (fraction: number) => void
}

export interface ScoreResult {
  /** Highlight probability of each 0.5 s slot, 0 to 1. */
  scores: Float32Array
  model: ModelRef
  device: DeviceUse
  /** From a model that knows: of each slot, seconds back to its moment's start and forward to the moment's end. */
  bounds?: Float32Array
  /** From a model that tells kinds of moments apart: `names.length` probabilities a slot, 0 to 1. */
  kinds?: { names: readonly string[]; probabilities: Float32Array }
}

/** Gives every half second of a recording a highlight probability. The same input gives the same bytes. */
export interface Scorer {
  readonly model: ModelRef
  score(input: ScoreInput, options: ScoreOptions): Promise<ScoreResult>
  /**
   * What made the model score moments as it did, in their order; null for one that it cannot tell. `scores` are those of
   * the recording. Absent from a scorer whose weights say it.
   */
  explain?(
    input: ScoreInput,
    scores: ArrayLike<number>,
    moments: readonly Moment[],
    options: { signal?: AbortSignal },
  ): Promise<(MomentCauses | null)[]>
}
