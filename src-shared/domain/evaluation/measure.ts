import { measureNames, type MeasureName } from '../../contract/evaluation-document.ts'
import { median } from '../score.ts'
import { averagePrecision, rank } from './average-precision.ts'
import { clipAccuracy, clipStart, type Clip } from './clips.ts'
import { hitRate, ndcg } from './peaks.ts'
import { perSecond } from './per-second.ts'
import type { Truth } from './truth.ts'

/** How good one score is on one recording. All but `lift` and `startBefore` are shares from 0 to 1; NaN where not defined. */
export type Measures = Readonly<Record<MeasureName, number>>

/** What each number is called, and what it means to somebody who never heard of it. */
export const measureTexts: Readonly<Record<MeasureName, { readonly name: string; readonly meaning: string }>> = {
  averagePrecision: {
    name: 'average precision',
    meaning: 'how well all seconds are ranked, good ones first: 1 is perfect',
  },
  lift: { name: 'lift', meaning: 'average precision over what picking blindly gets' },
  hit5: { name: 'hit@5', meaning: 'of the 5 strongest peaks, the share within 5 s of a good moment' },
  hit10: { name: 'hit@10', meaning: 'of the 10 strongest peaks, the share within 5 s of a good moment' },
  ndcg10: { name: 'nDCG@10', meaning: 'whether the very best moments come first among 10 peaks: 1 is the best order' },
  precision30: { name: 'precision@0.3', meaning: 'of the clips, the share that fits a good moment roughly (IoU 0.3)' },
  recall30: { name: 'recall@0.3', meaning: 'of the good moments, the share that a clip fits roughly (IoU 0.3)' },
  f30: { name: 'F1@0.3', meaning: 'how far clips and good moments match one to one, fitting roughly (IoU 0.3)' },
  precision50: { name: 'precision@0.5', meaning: 'of the clips, the share that fits a good moment well (IoU 0.5)' },
  recall50: { name: 'recall@0.5', meaning: 'of the good moments, the share that a clip fits well (IoU 0.5)' },
  f50: { name: 'F1@0.5', meaning: 'how far clips and good moments match one to one, fitting well (IoU 0.5)' },
  startHeld: {
    name: 'good starts',
    meaning: 'of the clips of something, the share that shows it with the 3 s that lead to it',
  },
  startBefore: { name: 'lead-in', meaning: 'seconds from the start of a clip to what it is of (median)' },
}

/**
 * All measures of a score (two values a second, in any unit, higher is better) whose best clips, as many as there are
 * highlights, are `clips`.
 */
export function measure(truth: Truth, slots: ArrayLike<number>, clips: readonly Clip[]): Measures {
  const { positive, highlights, relevance, moments, seconds } = truth
  const scores = perSecond(slots)
  if (scores.length !== seconds) throw new RangeError(`${scores.length} seconds of scores for ${seconds} of truth`)
  const ap = averagePrecision(rank(scores), positive)
  const [rough, well] = [clipAccuracy(clips, highlights, 0.3), clipAccuracy(clips, highlights, 0.5)]
  const starts = clips.flatMap((clip) => clipStart(clip, moments) ?? [])
  return {
    averagePrecision: ap,
    lift: ap / (positive.filter(Boolean).length / seconds),
    hit5: hitRate(scores, highlights, 5),
    hit10: hitRate(scores, highlights, 10),
    ndcg10: ndcg(scores, relevance, 10),
    precision30: rough.precision,
    recall30: rough.recall,
    f30: rough.f1,
    precision50: well.precision,
    recall50: well.recall,
    f50: well.f1,
    startHeld: starts.filter(({ held }) => held).length / starts.length,
    startBefore: median(starts.map(({ before }) => before)),
  }
}

/** The mean of each measure, over those where it is defined. */
export function meanMeasures(list: readonly Measures[]): Measures {
  const mean = (name: MeasureName): number => {
    const known = list.map((one) => one[name]).filter(Number.isFinite)
    return known.reduce((sum, value) => sum + value, 0) / known.length
  }
  return Object.fromEntries(measureNames.map((name) => [name, mean(name)])) as Measures
}
