import { bootstrap, bootstrapDifference, type Interval } from '../../src-shared/domain/evaluation/bootstrap.ts'
import { meanMeasures } from '../../src-shared/domain/evaluation/measure.ts'
import { perSecond } from '../../src-shared/domain/evaluation/per-second.ts'
import { reliability, type Reliability } from '../../src-shared/domain/evaluation/reliability.ts'
import type { MeasureName } from '../../src-shared/contract/evaluation-document.ts'
import { decodeCurve, type Evidence } from './evidence.ts'
import {
  atThreshold,
  baselineRows,
  column,
  matchesOf,
  modelVariant,
  scoresOf,
  variantNames,
  variantRow,
  type AtThreshold,
  type JudgedMatch,
  type Row,
} from './rows.ts'

/** All that the tables and plots show. Parts that need a model are undefined where the evidence has none. */
export interface Judgement {
  readonly evidence: Evidence
  readonly matches: readonly JudgedMatch[]
  readonly baselines: readonly Row[]
  readonly model: Row | undefined
  readonly ablations: readonly Row[]
  readonly folds: number
  readonly streams: { readonly model: Row; readonly baselines: readonly Row[] } | undefined
  readonly thresholds: readonly (AtThreshold & { readonly name: string })[]
  /** Clips that the model would pick by itself where nothing happens; its seeds averaged. */
  readonly quiet: readonly { readonly name: string; readonly minutes: number; readonly clips: number }[]
  readonly reliability: Reliability | undefined
}

/** Judges all that the evidence has. @throws Error where a run leaves matches out that it must not. */
export function judgeEvidence(evidence: Evidence): Judgement {
  const matches = matchesOf(evidence, 'matches')
  const none = matches.find(({ truth }) => truth.highlights.length === 0)
  if (matches.length === 0 || none) throw new Error(`${none?.match.name ?? 'The evidence'} has no highlight to find.`)
  const variants = variantNames(evidence)
  const hasModel = variants.includes(modelVariant)
  const modelScores = ({ name }: { name: string }): Float64Array[] => scoresOf(evidence, modelVariant, name)
  const copies = matchesOf(evidence, 'stream-like').filter(({ match }) => modelScores(match).length > 0)
  const signals = { name: 'signals', ...atThreshold(matches, (match) => [decodeCurve(match.signals)]) }
  return {
    ...{ evidence, matches },
    baselines: baselineRows(matches),
    model: hasModel ? variantRow(evidence, modelVariant, matches) : undefined,
    ablations: variants.filter((name) => name !== modelVariant).map((name) => variantRow(evidence, name, matches)),
    folds: new Set(
      evidence.runs.flatMap(({ variant, folds }) => (variant === modelVariant ? Object.values(folds) : [])),
    ).size,
    streams:
      copies.length > 0
        ? { model: variantRow(evidence, modelVariant, copies), baselines: baselineRows(copies) }
        : undefined,
    thresholds: hasModel ? [{ name: modelVariant, ...atThreshold(matches, modelScores) }, signals] : [signals],
    quiet: matchesOf(evidence, 'quiet')
      .filter(({ match }) => modelScores(match).length > 0)
      .map(({ match, decoder }) => {
        const curves = modelScores(match)
        const clips = curves.reduce((sum, scores) => sum + decoder.selected(scores).length, 0)
        return { name: match.name, minutes: match.seconds / 60, clips: clips / curves.length }
      }),
    reliability: hasModel ? reliabilityOf(matches, modelScores) : undefined,
  }
}

function reliabilityOf(
  matches: readonly JudgedMatch[],
  curves: (match: { name: string }) => readonly Float64Array[],
): Reliability {
  const [claimed, positive]: [number[], boolean[]] = [[], []]
  for (const { match, truth } of matches) {
    for (const scores of curves(match)) {
      claimed.push(...perSecond(scores))
      positive.push(...truth.positive)
    }
  }
  return reliability(claimed, positive)
}

/** Mean over matches, with its 95 % interval. */
export function intervalOf(row: Row, name: MeasureName): Interval {
  return bootstrap(column(row, name))
}

/** Of the means of two rows, over the matches that both have; `by` resamples matches or whole maps. */
export function differenceOf(a: Row, b: Row, name: MeasureName, by: 'match' | 'map' = 'match'): Interval {
  const pairs = a.matches.flatMap((one, i) => {
    const k = b.matches.findIndex(({ match }) => match.name === one.match.name)
    return k < 0 ? [] : [{ map: one.match.map, a: a.measures[i]![name], b: b.measures[k]![name] }]
  })
  return bootstrapDifference(
    pairs.map((pair) => pair.a),
    pairs.map((pair) => pair.b),
    by === 'map' ? pairs.map(({ map }) => map) : undefined,
  )
}

export function meanOf(row: Row, name: MeasureName): number {
  return meanMeasures(row.measures)[name]
}
