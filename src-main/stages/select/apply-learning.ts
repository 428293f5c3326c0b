import type { Calibration } from '../../../src-shared/contract/learning.ts'
import type { Reason, Segment } from '../../../src-shared/contract/segment.ts'
import { adjustmentOf, adjustScore } from '../../../src-shared/domain/calibration.ts'
import { describeAdjustment } from '../../../src-shared/domain/learning-words.ts'
import { TICKS_PER_SECOND, type Ticks } from '../../../src-shared/domain/time.ts'
import type { DecoderSettings } from './decoder-settings.ts'

/** What was learned from the streamer and found good enough to use. */
export interface LearnedTaste {
  /** Null leaves scores and order alone. */
  readonly calibration: Calibration | null
  /** Added to where clips begin and end, seconds; negative is earlier. */
  readonly padStart: number
  readonly padEnd: number
}

/** A candidate before it is known which are selected. */
export type Candidate = Omit<Segment, 'selected'>

/** Six decimals, as all scores. */
const round = (score: number): number => Math.round(score * 1e6) / 1e6

/**
 * Scores the candidates anew, best first, with `baseScore` the score of the model and a reason for every change that
 * is worth one. Which moments there are, and the spans that they were found with, stay the model's.
 */
export function rankByTaste(candidates: readonly Candidate[], calibration: Calibration): Candidate[] {
  return candidates
    .map((candidate): Candidate => {
      if (candidate.evidence === undefined) return candidate
      const { total } = adjustmentOf(calibration, candidate.evidence)
      const score = round(adjustScore(candidate.score, total))
      const text = describeAdjustment(calibration, candidate.evidence)
      return {
        ...candidate,
        score,
        baseScore: candidate.score,
        reasons: text === null ? candidate.reasons : mention(candidate, score, text),
      }
    })
    .toSorted((a, b) => b.score - a.score || (b.baseScore ?? 0) - (a.baseScore ?? 0))
}

/**
 * What learning adds carries the part of the score that it added, and the signals share the rest as before. What it
 * takes away carries nothing, and is said last.
 */
function mention({ score: before, reasons }: Candidate, score: number, text: string): Reason[] {
  const share = Math.max(0, Math.floor((1 - before / score) * 1000) / 1000)
  const rest = reasons.map((reason) => ({ ...reason, weight: Math.floor(reason.weight * (1 - share) * 1000) / 1000 }))
  return [...rest, { signal: 'learned', weight: share, text }].toSorted((a, b) => b.weight - a.weight)
}

/**
 * Begins and ends the spans where the streamer would: never over a neighbour, beyond the recording or past what leads
 * to the peak, and no shorter or longer than clips are. `found` keeps the span as it was found.
 */
export function padByTaste(
  candidates: readonly Candidate[],
  { padStart, padEnd }: Pick<LearnedTaste, 'padStart' | 'padEnd'>,
  duration: Ticks,
  settings: DecoderSettings,
): Candidate[] {
  if (padStart === 0 && padEnd === 0) return [...candidates]
  const seconds = (value: number): Ticks => Math.round(value * TICKS_PER_SECOND)
  const inTime = candidates.toSorted((a, b) => a.start - b.start)
  const padded = new Map<Candidate, Candidate>()
  let free = 0
  for (const [i, candidate] of inTime.entries()) {
    const { start, end, peak } = candidate
    const latestStart = Math.max(start, peak - seconds(settings.leadIn))
    const earliestEnd = Math.min(end, peak + seconds(1))
    const span = {
      start: Math.max(free, Math.min(latestStart, start + seconds(padStart))),
      end: Math.min(inTime[i + 1]?.start ?? duration, duration, Math.max(earliestEnd, end + seconds(padEnd))),
    }
    const length = span.end - span.start
    const fits =
      length >= Math.min(seconds(settings.shortest), end - start) &&
      length <= Math.max(seconds(settings.longest), end - start)
    const changed = fits && (span.start !== start || span.end !== end)
    padded.set(candidate, changed ? { ...candidate, ...span, found: { start, end } } : candidate)
    free = changed ? span.end : end
  }
  return candidates.map((candidate) => padded.get(candidate) ?? candidate)
}
