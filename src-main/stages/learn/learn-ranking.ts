import type { Calibration, HeldBack, Learned } from '../../../src-shared/contract/learning.ts'
import {
  classWeights,
  fitCalibration,
  fitBase,
  keepLogOdds,
  leastDecisions,
  logLoss,
  type Example,
} from '../../../src-shared/domain/calibration.ts'
import { foldsByRecording } from './folds.ts'
import { chanceOf } from './paired-test.ts'

/** A verdict about a moment of a recording. */
export interface Judgement extends Example {
  readonly recording: string
}

/** What is learned is used only if chance would look this good no oftener. */
export const mostChance = 0.03

/**
 * Learns the ranking from verdicts, and uses it only if it predicts verdicts on recordings that it did not see better
 * than the base does. The base is given its best offset and slope too: how much somebody keeps in all, and how sure the
 * base should be, say nothing about which moments they like, and must not look like a success.
 */
export function learnRanking(judgements: readonly Judgement[]): Learned['ranking'] {
  const kept = judgements.filter((one) => one.kept).length
  const recordings = new Set(judgements.map(({ recording }) => recording)).size
  const enough =
    judgements.length >= leastDecisions.total &&
    Math.min(kept, judgements.length - kept) >= leastDecisions.ofEach &&
    recordings >= leastDecisions.recordings
  if (!enough) return { state: 'too-few', calibration: null, heldBack: null }
  const heldBack = checkHeldBack(judgements)
  const ranksNoWorse = (heldBack.learnedRanking ?? 0) >= (heldBack.baseRanking ?? 0)
  const better = heldBack.learnedLoss < heldBack.baseLoss && heldBack.chance <= mostChance && ranksNoWorse
  return { state: better ? 'used' : 'no-better', calibration: fitCalibration(judgements), heldBack }
}

interface Predicted {
  readonly judgement: Judgement
  readonly base: number
  readonly learned: number
}

function checkHeldBack(judgements: readonly Judgement[]): HeldBack {
  const predictions = foldsByRecording(judgements).flatMap(({ training, heldBack }): Predicted[] => {
    // Without both kinds to learn from, this part says nothing for either side.
    const mixed = training.some(({ kept }) => kept) && training.some(({ kept }) => !kept)
    const [base, learned] = mixed ? [fitBase(training), fitCalibration(training)] : [neutral, neutral]
    return heldBack.map((judgement) => ({
      judgement,
      base: keepLogOdds(base, judgement.evidence),
      learned: keepLogOdds(learned, judgement.evidence),
    }))
  })
  const weigh = classWeights(judgements)
  const lossOf = ({ judgement: { kept } }: Predicted, odds: number): number =>
    (kept ? weigh.keep : weigh.discard) * logLoss(odds, kept)
  const mean = (which: 'base' | 'learned'): number =>
    predictions.reduce((sum, one) => sum + lossOf(one, one[which]), 0) / predictions.length
  const byRecording = [...Map.groupBy(predictions, ({ judgement }) => judgement.recording).values()]
  const gains = byRecording.map((group) =>
    group.reduce((sum, one) => sum + lossOf(one, one.base) - lossOf(one, one.learned), 0),
  )
  return {
    baseLoss: mean('base'),
    learnedLoss: mean('learned'),
    baseRanking: rankingOf(byRecording, 'base'),
    learnedRanking: rankingOf(byRecording, 'learned'),
    chance: chanceOf(gains),
  }
}

/** How often a kept moment stands above a discarded one of its recording, ties counting half: moments compete there. */
function rankingOf(recordings: readonly (readonly Predicted[])[], which: 'base' | 'learned'): number | null {
  let [pairs, wins] = [0, 0]
  for (const group of recordings) {
    const discarded = group.filter(({ judgement }) => !judgement.kept)
    for (const kept of group) {
      if (!kept.judgement.kept) continue
      for (const other of discarded) {
        pairs++
        wins += kept[which] > other[which] ? 1 : kept[which] === other[which] ? 0.5 : 0
      }
    }
  }
  return pairs === 0 ? null : wins / pairs
}

const none = { base: 0, game: 0, voice: 0, picture: 0, chat: 0, markers: 0, length: 0 }
const neutral: Calibration = { offset: 0, weights: none, centre: none }
