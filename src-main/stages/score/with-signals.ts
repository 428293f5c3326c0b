import type { Scorer } from './scorer.ts'

/**
 * What the built-in signals score of an ordinary lively moment (its median over matches is 0.1, nine in ten slots have
 * less than 0.18). Only what lies above is news.
 */
export const ordinarySignals = 0.15

/**
 * Scores with a network, and lets what is unusually loud or busy count beside it: either is reason enough, so the chances
 * join as those of independent causes, `1 - (1 - network)(1 - max(0, signals - 0.15))`. A network knows the games that it
 * was trained on. In any other one it sees little, and this orders the moments; in those it knows, it costs 0.02 of average
 * precision (`models/highlights/CARD.md`).
 */
export function withSignals(network: Scorer, signals: Scorer): Scorer {
  return {
    model: network.model,
    async score(input, options) {
      const result = await network.score(input, options)
      const { onProgress: _, ...quietly } = options
      const unusual = await signals.score(input, quietly)
      return { ...result, scores: joinScores(result.scores, unusual.scores) }
    },
  }
}

/** Probabilities of the same slots, 0 to 1. */
export function joinScores(network: Float32Array, signals: Float32Array): Float32Array {
  return network.map((p, i) => p + (1 - p) * Math.max(0, signals[i]! - ordinarySignals))
}
