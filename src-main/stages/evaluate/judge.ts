import { rank } from '../../../src-shared/domain/evaluation/average-precision.ts'
import { randomCurve, stretched } from '../../../src-shared/domain/evaluation/baselines.ts'
import { bootstrapSeconds, shareInterval, type Interval } from '../../../src-shared/domain/evaluation/bootstrap.ts'
import {
  clipStart,
  isFalseAlarm,
  isFound,
  type Clip,
  type ClipStart,
} from '../../../src-shared/domain/evaluation/clips.ts'
import { meanMeasures, measure, type Measures } from '../../../src-shared/domain/evaluation/measure.ts'
import { perSecond } from '../../../src-shared/domain/evaluation/per-second.ts'
import type { Highlight, Truth } from '../../../src-shared/domain/evaluation/truth.ts'

export interface Candidate extends Clip {
  /** Height of the score at the peak. */
  readonly score: number
  /** The program would make a clip of it. */
  readonly selected: boolean
}

export interface JudgeInput {
  readonly truth: Truth
  /** Two values a second. */
  readonly scores: ArrayLike<number>
  /** All candidates that the program found, best first. */
  readonly candidates: readonly Candidate[]
  /** How many of them to judge; null: as many as there are highlights. */
  readonly top: number | null
  /** Other ways to pick moments, each a curve of two values a second; NaN where it knows nothing. */
  readonly baselines: readonly { readonly name: string; readonly curve: ArrayLike<number> }[]
}

export interface JudgeDeps {
  /** Cuts the best `count` clips of a curve from 0 to 1, as the program does it. */
  decode(curve: ArrayLike<number>, count: number): readonly Clip[]
}

export interface Miss extends Highlight {
  /** What counts in it. */
  readonly names: readonly string[]
  /** The highest score in it. */
  readonly score: number
}

export interface Verdict {
  readonly measures: Measures
  /** Random picking is the last of them. */
  readonly baselines: readonly { readonly name: string; readonly measures: Measures }[]
  /** The candidates that were judged, best first, each with what it is of. */
  readonly clips: readonly (Candidate & { readonly of: ClipStart | undefined })[]
  /** Of the highlights, how many the judged clips show (at least half of each). */
  readonly found: number
  readonly misses: readonly Miss[]
  readonly falseAlarms: readonly Candidate[]
  /** What the program would pick by itself, at its threshold. */
  readonly selected: { readonly clips: number; readonly found: number; readonly falseAlarms: number }
  /** How far the numbers may be off because there are so few moments. */
  readonly intervals: { readonly averagePrecision: Interval; readonly found: Interval }
}

const randomDraws = 20

/** Compares the scores of one recording with the truth, and with simpler ways to pick moments. */
export async function judge(
  deps: JudgeDeps,
  { truth, scores, candidates, top, baselines }: JudgeInput,
  { signal }: { signal: AbortSignal },
): Promise<Verdict> {
  const { highlights, moments, positive } = truth
  const count = top ?? highlights.length
  const measureCurve = async (curve: ArrayLike<number>): Promise<Measures> => {
    // Lets a signal arrive: a curve of a long recording takes a while.
    await new Promise((resolve) => void setImmediate(resolve))
    signal.throwIfAborted()
    return measure(truth, curve, deps.decode(stretched(curve), count))
  }
  const judged = candidates.slice(0, count)
  const selected = candidates.filter((candidate) => candidate.selected)
  const compared: { name: string; measures: Measures }[] = []
  for (const { name, curve } of baselines) compared.push({ name, measures: await measureCurve(curve) })
  const draws: Measures[] = []
  for (let i = 0; i < randomDraws; i++) draws.push(await measureCurve(randomCurve(scores.length, i)))
  compared.push({ name: 'random', measures: meanMeasures(draws) })
  const bySecond = perSecond(scores)
  const countFound = (clips: readonly Clip[]): number => highlights.filter((one) => isFound(one, clips)).length
  const found = countFound(judged)
  return {
    measures: measure(truth, scores, judged),
    baselines: compared,
    clips: judged.map((clip) => ({ ...clip, of: clipStart(clip, moments) })),
    found,
    misses: highlights
      .filter((highlight) => !isFound(highlight, judged))
      .map(({ from, to }) => ({
        from,
        to,
        names: moments.filter((moment) => moment.to >= from && moment.from <= to).map(({ name }) => name),
        score: Math.max(...bySecond.subarray(from, to + 1)),
      })),
    falseAlarms: judged.filter((clip) => isFalseAlarm(clip, highlights)),
    selected: {
      clips: selected.length,
      found: countFound(selected),
      falseAlarms: selected.filter((clip) => isFalseAlarm(clip, highlights)).length,
    },
    intervals: {
      averagePrecision: bootstrapSeconds(rank(bySecond), positive),
      found: shareInterval(found, highlights.length),
    },
  }
}
