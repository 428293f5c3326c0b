import { causes, type CauseId, type MomentView } from '../../../src-shared/domain/causes.ts'
import { listenTo, type ScoreInput } from '../../../src-shared/domain/score.ts'
import { leastOrdinary, ordinaryLevel } from './ordinary-level.ts'
import type { Scorer } from './scorer.ts'

/**
 * Scores with a network, and lets what is unusually loud or busy count beside it: either is reason enough, so the chances
 * join as those of independent causes, `1 - (1 - network)(1 - max(0, signals - ordinary))`; see `ordinaryLevel`. A network
 * knows the games that it was trained on. In any other one it sees little, and this orders the moments; in those it knows,
 * it costs little average precision (`models/highlights/CARD.md`).
 */
export function withSignals(network: Scorer, signals: Scorer): Scorer {
  const { explain } = network
  return {
    model: network.model,
    ...(explain && {
      async explain(...[input, scores, moments, options]: Parameters<typeof explain>) {
        const found = await explain(input, scores, moments, options)
        return Promise.all(
          found.map(async (one, i) => {
            if (one === null) return null
            return { ...one, views: await joinViews(one.views, input, moments[i]!.peak, signals) }
          }),
        )
      },
    }),
    async score(input, options) {
      const result = await network.score(input, options)
      const { onProgress: _, ...quietly } = options
      const unusual = await signals.score(input, quietly)
      return { ...result, scores: joinScores(result.scores, unusual.scores) }
    },
  }
}

/** Probabilities of the same slots, 0 to 1; of a whole recording, unless it is known what is ordinary in it. */
export function joinScores(
  network: Float32Array,
  signals: Float32Array,
  ordinary: Float32Array = ordinaryLevel(signals),
): Float32Array {
  return network.map((p, i) => p + (1 - p) * Math.max(0, signals[i]! - ordinary[i]!))
}

/** The log-odds are read this near the peak, */
const readSlots = 3
/** and signals further away than this have no part in them. */
const sightSlots = 24
/** Why a moment stands out does not depend on how often the like of it happens. */
const usual = Float32Array.of(leastOrdinary)

/** The same views of what network and signals say together. To the signals, what is ordinary has a z-score of 0. */
async function joinViews(
  views: readonly MomentView[],
  input: ScoreInput,
  peak: number,
  scorer: Scorer,
): Promise<MomentView[]> {
  const [from, to] = [Math.max(0, peak - sightSlots), Math.min(input.signals.length, peak + sightSlots + 1)]
  const joined: MomentView[] = []
  for (const { ordinary, logit } of views) {
    const { scores } = await scorer.score(withOrdinary(input, ordinary, from, to), { device: 'cpu' })
    const near = scores.subarray(Math.max(0, peak - readSlots - from), peak + readSlots + 1 - from)
    const unusual = near.reduce((sum, score) => sum + score, 0) / near.length
    const [p] = joinScores(Float32Array.of(1 / (1 + Math.exp(-logit))), Float32Array.of(unusual), usual)
    const within = Math.min(1 - 1e-6, Math.max(1e-6, p!))
    joined.push({ ordinary, logit: Math.log(within / (1 - within)) })
  }
  return joined
}

/** The signals of slots `from` to `to` (exclusive), those of some causes as usual. */
function withOrdinary(input: ScoreInput, ordinary: readonly CauseId[], from: number, to: number): ScoreInput {
  const { game } = listenTo(input.roles)
  const swapped = causes.filter(({ id }) => ordinary.includes(id))
  const curves = input.signals.curves.map((curve) => {
    const listens = curve.track === null ? null : game.includes(curve.track) ? 'game' : 'mic'
    const isSwapped = swapped.some((cause) => cause.listens === listens && cause.curves.includes(curve.id))
    const [values, valid] = [curve.values.subarray(from, to), curve.valid.subarray(from, to)]
    return { ...curve, values, valid, z: isSwapped ? new Float32Array(to - from) : curve.z.subarray(from, to) }
  })
  return { ...input, signals: { ...input.signals, length: to - from, curves } }
}
