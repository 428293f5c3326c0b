import type { Learned } from '../../../src-shared/contract/learning.ts'
import { leastTrims } from '../../../src-shared/domain/calibration.ts'
import { median } from '../../../src-shared/domain/score.ts'
import { foldsByRecording } from './folds.ts'
import { mostChance } from './learn-ranking.ts'
import { chanceOf } from './paired-test.ts'

/** A clip that somebody kept or trimmed: how far its ends lie from where they were found, seconds, negative is earlier. */
export interface Trim {
  readonly recording: string
  readonly start: number
  readonly end: number
  /** False where the clip was kept as it was offered: that is an answer too. */
  readonly trimmed: boolean
}

/** The farthest that padding reaches, seconds. */
const farthest = 6

type Edge = Learned['padding']['start']

/**
 * Learns how much earlier or later than the decoder somebody begins and ends clips: the median over what was trimmed
 * and what was kept as it was, so that a few trims among many contented keeps move nothing. Each end is used only if
 * that comes nearer on recordings that it did not see.
 */
export function learnPadding(trims: readonly Trim[]): Learned['padding'] {
  const trimmed = trims.filter((trim) => trim.trimmed)
  const enough =
    trimmed.length >= leastTrims.total &&
    new Set(trimmed.map(({ recording }) => recording)).size >= leastTrims.recordings
  const few: Edge = { state: 'too-few', seconds: 0, baseError: null, learnedError: null }
  return enough ? { start: learnEdge(trims, 'start'), end: learnEdge(trims, 'end') } : { start: few, end: few }
}

function learnEdge(trims: readonly Trim[], edge: 'start' | 'end'): Edge {
  const errors = foldsByRecording(trims).flatMap(({ training, heldBack }) => {
    const shift = usualShift(training, edge)
    return heldBack.map((trim) => ({
      recording: trim.recording,
      base: Math.abs(trim[edge]),
      learned: Math.abs(trim[edge] - shift),
    }))
  })
  const mean = (which: 'base' | 'learned'): number => errors.reduce((sum, one) => sum + one[which], 0) / errors.length
  const byRecording = [...Map.groupBy(errors, ({ recording }) => recording).values()]
  const chance = chanceOf(byRecording.map((group) => group.reduce((sum, one) => sum + one.base - one.learned, 0)))
  const seconds = usualShift(trims, edge)
  const [baseError, learnedError] = [mean('base'), mean('learned')]
  const better = seconds !== 0 && learnedError < baseError && chance <= mostChance
  return { state: better ? 'used' : 'no-better', seconds: better ? seconds : 0, baseError, learnedError }
}

/** To a tenth of a second: finer is noise. */
function usualShift(trims: readonly Trim[], edge: 'start' | 'end'): number {
  const shift = Math.round(median(trims.map((trim) => trim[edge])) * 10) / 10 + 0
  return Math.min(farthest, Math.max(-farthest, shift))
}
