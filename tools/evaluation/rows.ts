import type { MeasureName } from '../../src-shared/contract/evaluation-document.ts'
import { evenlySpaced, randomCurve, stretched } from '../../src-shared/domain/evaluation/baselines.ts'
import { isFalseAlarm, isFound, type Clip } from '../../src-shared/domain/evaluation/clips.ts'
import { meanMeasures, measure, type Measures } from '../../src-shared/domain/evaluation/measure.ts'
import { momentsOfEvents, truthOf, type Truth } from '../../src-shared/domain/evaluation/truth.ts'
import { clipDecoder, type ClipDecoder } from './decode-clips.ts'
import { decodeCurve, type Evidence, type EvidenceMatch, type SetName } from './evidence.ts'

export const baselineNames = [
  'random',
  'evenly spaced',
  'scene change',
  'loudness',
  'loudness ±3 min',
  'signals',
] as const
/** Neither is a competitor: one has seen the maps that it is judged on, the other the truth. */
export const markNames = ['signals, as shipped', 'the truth itself'] as const
/** The variant that is shipped; all others leave something out. */
export const modelVariant = 'full'

export interface JudgedMatch {
  readonly match: EvidenceMatch
  readonly truth: Truth
  readonly decoder: ClipDecoder
}

/** How a way to score does on each match that it scored, seeds averaged. */
export interface Row {
  readonly name: string
  readonly seeds: number
  readonly matches: readonly JudgedMatch[]
  readonly measures: readonly Measures[]
}

/** What the program would make of the scores at its one default threshold. */
export interface AtThreshold {
  /** Share of the highlights of which the clips show at least half. */
  readonly recall: number
  readonly falseAlarms: number
  readonly clipsPerHour: number
  /** The same within the number of clips that the program takes by itself. */
  readonly selectedRecall: number
  readonly selectedFalseAlarms: number
  readonly selectedPerHour: number
}

const randomDraws = 20

/** The matches of a set, each with its truth. */
export function matchesOf({ matches }: Evidence, set: SetName): JudgedMatch[] {
  return matches
    .filter((match) => match.set === set)
    .map((match) => ({
      match,
      truth: truthOf(momentsOfEvents(match.events), match.slots >> 1, 'top'),
      decoder: clipDecoder(match),
    }))
}

/** Scores of a variant for a match, one curve a seed; empty where it did not score it. */
export function scoresOf({ runs }: Evidence, variant: string, name: string): Float64Array[] {
  return runs.flatMap((run) => (run.variant === variant && run.scores[name] ? [decodeCurve(run.scores[name])] : []))
}

export function variantNames({ runs }: Evidence): string[] {
  return [...new Set(runs.map(({ variant }) => variant))].toSorted(
    (a, b) => Number(b === modelVariant) - Number(a === modelVariant) || (a < b ? -1 : 1),
  )
}

/** The row of a variant, over the matches that it scored. Throws when it scored some of the seeds only in part. */
export function variantRow(evidence: Evidence, variant: string, judged: readonly JudgedMatch[]): Row {
  const seeds = evidence.runs.filter((run) => run.variant === variant).length
  const matches = judged.filter(({ match }) => scoresOf(evidence, variant, match.name).length > 0)
  for (const { match } of matches) {
    const found = scoresOf(evidence, variant, match.name).length
    if (found < seeds) throw new Error(`"${variant}" scored ${match.name} with ${found} of ${seeds} seeds only.`)
  }
  if (variant === modelVariant && matches.length < judged.length) {
    const missing = judged.find((one) => !matches.includes(one))!
    throw new Error(`"${variant}" did not score ${missing.match.name}.`)
  }
  const measures = matches.map((one) =>
    meanMeasures(scoresOf(evidence, variant, one.match.name).map((scores) => judgeOne(one, scores, scores))),
  )
  return { name: variant, seeds, matches, measures }
}

/** Every other way to pick moments: `baselineNames`, then `markNames`. */
export function baselineRows(judged: readonly JudgedMatch[]): Row[] {
  const row = (name: string, of: (one: JudgedMatch) => Measures): Row => ({
    ...{ name, seeds: 1, matches: judged, measures: judged.map(of) },
  })
  const byCurve = (name: string, curve: (match: EvidenceMatch) => ArrayLike<number>): Row =>
    row(name, (one) => judgeOne(one, curve(one.match), stretched(curve(one.match))))
  const byProbability = (name: string, curve: (match: EvidenceMatch) => ArrayLike<number>): Row =>
    row(name, (one) => judgeOne(one, curve(one.match), curve(one.match)))
  return [
    row('random', (one) => {
      const draws = Array.from({ length: randomDraws }, (_, seed) => randomCurve(one.match.slots, seed))
      return meanMeasures(draws.map((draw) => judgeOne(one, draw, draw)))
    }),
    byProbability('evenly spaced', ({ slots }) => evenlySpaced(slots)),
    byCurve('scene change', ({ sceneChange }) => decodeCurve(sceneChange)),
    byCurve('loudness', ({ loudness }) => decodeCurve(loudness)),
    byCurve('loudness ±3 min', ({ loudnessZ }) => decodeCurve(loudnessZ)),
    byProbability('signals', ({ signals }) => decodeCurve(signals)),
    byProbability('signals, as shipped', ({ signalsShipped }) => decodeCurve(signalsShipped)),
    row('the truth itself', (one) => {
      const { relevance } = one.truth
      const curve = Float64Array.from({ length: one.match.slots }, (_, i) => relevance[i >> 1] ?? 0)
      return judgeOne(one, curve, stretched(curve))
    }),
  ]
}

function judgeOne({ truth, decoder }: JudgedMatch, curve: ArrayLike<number>, forDecoder: ArrayLike<number>): Measures {
  return measure(truth, curve, decoder.best(forDecoder, truth.highlights.length))
}

/** Pooled over matches and seeds. `curves` gives the probabilities of a match, one curve a seed. */
export function atThreshold(
  judged: readonly JudgedMatch[],
  curves: (match: EvidenceMatch) => readonly ArrayLike<number>[],
): AtThreshold {
  const sum = { highlights: 0, hours: 0, over: count(), selected: count() }
  for (const { match, truth, decoder } of judged) {
    for (const scores of curves(match)) {
      sum.highlights += truth.highlights.length
      sum.hours += match.seconds / 3600
      add(sum.over, decoder.overThreshold(scores), truth)
      add(sum.selected, decoder.selected(scores), truth)
    }
  }
  return {
    recall: sum.over.found / sum.highlights,
    falseAlarms: sum.over.falseAlarms / sum.over.clips,
    clipsPerHour: sum.over.clips / sum.hours,
    selectedRecall: sum.selected.found / sum.highlights,
    selectedFalseAlarms: sum.selected.falseAlarms / sum.selected.clips,
    selectedPerHour: sum.selected.clips / sum.hours,
  }
}

interface Counts {
  clips: number
  found: number
  falseAlarms: number
}

function count(): Counts {
  return { clips: 0, found: 0, falseAlarms: 0 }
}

function add(counts: Counts, clips: readonly Clip[], { highlights }: Truth): void {
  counts.clips += clips.length
  counts.found += highlights.filter((highlight) => isFound(highlight, clips)).length
  counts.falseAlarms += clips.filter((clip) => isFalseAlarm(clip, highlights)).length
}

export function column({ measures }: Row, name: MeasureName): number[] {
  return measures.map((one) => one[name])
}

/** The baseline with the highest mean of a measure. */
export function bestBaseline(rows: readonly Row[], name: MeasureName): Row {
  const competitors = rows.filter((row) => (baselineNames as readonly string[]).includes(row.name))
  const mean = (row: Row): number => meanMeasures(row.measures)[name]
  return competitors.reduce((best, row) => (mean(row) > mean(best) ? row : best))
}
