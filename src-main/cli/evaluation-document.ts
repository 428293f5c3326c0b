import {
  measureNames,
  type EvaluationDocument,
  type MeasureName,
} from '../../src-shared/contract/evaluation-document.ts'
import type { LabelledTruth, Labels } from '../../src-shared/domain/evaluation/labels.ts'
import type { Measures } from '../../src-shared/domain/evaluation/measure.ts'
import type { Interval } from '../../src-shared/domain/evaluation/bootstrap.ts'
import type { AnalysisLike, PipelineResult } from '../jobs/run-pipeline.ts'
import type { Candidate, Verdict } from '../stages/evaluate/judge.ts'
import { analysisDocument } from './documents.ts'

export interface Evaluated {
  readonly result: PipelineResult<AnalysisLike>
  readonly labels: { readonly path: string; readonly kind: Labels['kind'] }
  readonly labelled: LabelledTruth
  readonly verdict: Verdict
}

/** What `evaluate --json` prints; see `contract/documents.ts`. */
export function evaluationDocument({ result, labels, labelled, verdict }: Evaluated): EvaluationDocument {
  const { recording, model, device, warnings, timing } = analysisDocument(result)
  const { truth, outside } = labelled
  const { clips, misses, falseAlarms, selected, intervals } = verdict
  return {
    ...{ version: 1, recording, model, device },
    labels: {
      ...labels,
      moments: truth.moments.length,
      outside,
      highlights: truth.highlights.map(({ from, to }) => ({ start: from, end: to + 1 })),
      share: round(truth.positive.filter(Boolean).length / truth.seconds),
    },
    measures: measuresDocument(verdict.measures),
    baselines: verdict.baselines.map(({ name, measures }) => ({ name, measures: measuresDocument(measures) })),
    intervals: {
      averagePrecision: intervalDocument(intervals.averagePrecision),
      found: intervalDocument(intervals.found),
    },
    found: verdict.found,
    clips: clips.map(({ of, ...clip }) => ({
      ...clipDocument(clip),
      of: of === undefined ? null : { name: of.moment.name, at: round(of.moment.at), held: of.held },
    })),
    misses: misses.map(({ from, to, names, score }) => ({
      start: from,
      end: to + 1,
      names: [...names],
      score: round(score),
    })),
    falseAlarms: falseAlarms.map((clip) => clipDocument(clip)),
    selected,
    ...{ warnings, timing },
  }
}

function clipDocument({ start, end, peak, score }: Candidate): {
  start: number
  end: number
  peak: number
  score: number
} {
  return { start: round(start), end: round(end), peak: round(peak), score: round(score) }
}

/** JSON has no NaN. */
function measuresDocument(measures: Measures): Record<MeasureName, number | null> {
  const entries = measureNames.map((name) => [name, orNull(measures[name])])
  return Object.fromEntries(entries) as Record<MeasureName, number | null>
}

function intervalDocument({ low, high }: Interval): [low: number | null, high: number | null] {
  return [orNull(low), orNull(high)]
}

function orNull(value: number): number | null {
  return Number.isFinite(value) ? round(value) : null
}

function round(value: number): number {
  return Number(value.toFixed(4))
}
