import { join } from 'node:path'
import type { EvaluationDocument } from '../../src-shared/contract/evaluation-document.ts'
import { ClutchcutError } from '../../src-shared/contract/errors.ts'
import type { JobSpec } from '../../src-shared/contract/job.ts'
import { baselineCurves, evenlySpaced } from '../../src-shared/domain/evaluation/baselines.ts'
import type { Clip } from '../../src-shared/domain/evaluation/clips.ts'
import { truthOfLabels, type LabelledTruth, type Labels } from '../../src-shared/domain/evaluation/labels.ts'
import { secondsFromTicks, type Ticks } from '../../src-shared/domain/time.ts'
import { openFeatures } from '../adapters/features/read-features.ts'
import { readLabels } from '../adapters/labels/read-labels.ts'
import { judge, type Verdict } from '../stages/evaluate/judge.ts'
import { weighSignals } from '../stages/score/weigh-signals.ts'
import { selectSegments } from '../stages/select/select-segments.ts'
import { evaluationDocument } from './evaluation-document.ts'
import { printJson, printText } from './print.ts'
import type { CommonOptions, ProgramContext } from './program.ts'
import { formatReportCard } from './report-card.ts'
import { runSpec } from './run-spec.ts'
import { withEngine, type Engine, type EngineOutcome } from './with-engine.ts'

export interface EvaluateOptions extends CommonOptions {
  labels: string
  top?: number
  device: JobSpec['device']
  cache: boolean
}

type Result = Extract<EngineOutcome, { kind: 'done' }>['result']

/** Analyses a recording (or takes what is known of it) and compares what was found with what somebody marked. */
export async function evaluateFile(file: string, options: EvaluateOptions, context: ProgramContext): Promise<void> {
  // First: a mistake in the labels is better said before minutes of analysis.
  const labels = await readLabels(options.labels)
  await withEngine(options, async (engine: Engine) => {
    // Markers of the same person would give the answers away.
    const markers = { files: [], offsetSeconds: null, automatic: false }
    const spec = { kind: 'analyze', path: file, device: options.device, useCache: options.cache, markers } as const
    const outcome = await runSpec(engine, spec, context.signal)
    if (outcome.kind === 'failed') throw outcome.error
    if (outcome.kind === 'needs-input') {
      throw new ClutchcutError('job/needs-input', outcome.message, { data: outcome.data })
    }
    const document = await evaluate(engine, outcome.result, labels, options, context.signal)
    if (options.json) printJson(document)
    else printText(formatReportCard(document))
  })
}

async function evaluate(
  engine: Engine,
  result: Result,
  labels: Labels,
  options: EvaluateOptions,
  signal: AbortSignal,
): Promise<EvaluationDocument> {
  const { scored, segments } = result
  const labelled = truthOfLabels(labels, scored.scores.values.length >> 1)
  assertUsable(labelled, options.labels)
  const candidates = segments.map(({ start, end, peak, score, selected }) => ({
    ...clipOf({ start, end, peak }),
    score,
    selected,
  }))
  const { baselines, decode } = await otherWays(engine, result)
  const verdict: Verdict = await judge(
    { decode },
    { truth: labelled.truth, scores: scored.scores.values, candidates, top: options.top ?? null, baselines },
    { signal },
  )
  return evaluationDocument({ result, labels: { path: options.labels, kind: labels.kind }, labelled, verdict })
}

/** What else could have picked moments, from what was measured of the recording, with the program's own clip decoder. */
async function otherWays(engine: Engine, { media, analysis, scored }: Result) {
  const features = await openFeatures(join(engine.library.folder.features, analysis.featuresFile))
  await features.close()
  const { signals } = features
  const roles = media.audio.map(({ role }) => role)
  const { loudness, loudnessZ, sceneChange } = baselineCurves(signals, roles)
  // All that the decoder looks at; reasons from the rest would be made for nothing.
  const heard = signals.curves.filter(({ id }) => id === 'audio.rms' || id === 'audio.speech')
  const { duration, cuts } = analysis
  return {
    baselines: [
      ...(scored.model.id === 'signals' ? [] : [{ name: 'signals', curve: weighSignals({ signals, roles }) }]),
      { name: 'loudness', curve: loudness },
      { name: 'loudness ±3 min', curve: loudnessZ },
      { name: 'scene change', curve: sceneChange },
      { name: 'evenly spaced', curve: evenlySpaced(signals.length) },
    ],
    decode: (curve: ArrayLike<number>, count: number): Clip[] =>
      selectSegments({
        ...{ scores: { values: curve }, signals: { ...signals, curves: heard }, roles, duration, cuts },
        top: count,
      })
        .slice(0, count)
        .map(clipOf),
  }
}

function clipOf({ start, end, peak }: { start: Ticks; end: Ticks; peak: Ticks }): Clip {
  return { start: secondsFromTicks(start), end: secondsFromTicks(end), peak: secondsFromTicks(peak) }
}

function assertUsable({ truth, outside }: LabelledTruth, path: string): void {
  if (truth.highlights.length === 0) {
    const why =
      outside > 0
        ? `All labels of ${path} lie after the end of the recording. Are they of another one?`
        : `The labels of ${path} name nothing that counts, so there is nothing to compare with.`
    throw new ClutchcutError('input/unsupported', why, { data: { path } })
  }
  if (truth.positive.every(Boolean)) {
    const why = `The labels of ${path} cover the whole recording, so they tell no moment from another. Mark the best ones only.`
    throw new ClutchcutError('input/unsupported', why, { data: { path } })
  }
}
