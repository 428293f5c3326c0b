import type { TrackRole } from '../../../src-shared/contract/media-info.ts'
import type { Scores, Segment } from '../../../src-shared/contract/segment.ts'
import { listenTo } from '../../../src-shared/domain/score.ts'
import type { Moment, MomentCauses } from '../../../src-shared/domain/causes.ts'
import type { Mark } from '../../../src-shared/domain/markers.ts'
import type { Signals } from '../../../src-shared/domain/signal.ts'
import { TICKS_PER_SECOND, type Ticks } from '../../../src-shared/domain/time.ts'
import { padByTaste, rankByTaste, type Candidate, type LearnedTaste } from './apply-learning.ts'
import { chooseSegments, defaultBudget } from './choose-segments.ts'
import { decoderSettings, type DecoderSettings } from './decoder-settings.ts'
import { explain } from './explain.ts'
import { isOwn } from './explain-marks.ts'
import { findPeaks } from './find-peaks.ts'
import { measureEvidence } from './measure-evidence.ts'
import { shapeSpans } from './shape-spans.ts'

export interface SelectInput {
  readonly scores: Pick<Scores, 'values'> | { readonly values: ArrayLike<number> }
  readonly signals: Signals
  /** Role of each audio track, by track index. */
  readonly roles: readonly TrackRole[]
  readonly duration: Ticks
  /** Scene changes, in order. */
  readonly cuts: readonly Ticks[]
  /** Take the best N; null takes what the threshold and the length of the recording allow. */
  readonly top: number | null
  /** What people and games marked; the scores have what that adds. */
  readonly marks?: readonly Mark[]
  /** What the model says of moments that `findMoments` found, by their peak. */
  readonly causes?: ReadonlyMap<number, MomentCauses>
  /** What the streamer's decisions taught; null or absent leaves everything to the model. */
  readonly learned?: LearnedTaste | null
}

/** The moments that `selectSegments` will look for reasons for, best first, at most so many. */
export function findMoments(
  input: Pick<SelectInput, 'scores' | 'duration'>,
  most: number,
  settings: DecoderSettings = decoderSettings,
): Moment[] {
  if (input.duration <= 0) return []
  const { cores } = findPeaks(withinDuration(input, settings), settings)
  return cores.slice(0, most).map(({ peak, from, to }) => ({ peak, from, to }))
}

/**
 * The clip decoder: every candidate of a recording, best first, none over another, each with at least one reason;
 * `selected` marks those to make clips of. Pure: the same input gives the same segments.
 */
export function selectSegments(input: SelectInput, settings: DecoderSettings = decoderSettings): Segment[] {
  if (input.duration <= 0) return []
  const { cores, base } = findPeaks(withinDuration(input, settings), settings)
  const spans = shapeSpans(cores, input.duration, { cuts: input.cuts, noise: noiseOf(input) }, settings)
  const listening = listenTo(input.roles)
  const budget = input.top ?? defaultBudget(input.duration, settings)
  const { marks = [] } = input
  /** Peaks of moments that a person marked: they are taken however many there are. */
  const own = new Set<Ticks>()
  const candidates: Candidate[] = []
  for (const [i, span] of spans.entries()) {
    const core = cores[i]!
    if (!span) continue
    const score = round(core.score)
    const heard = { core, signals: input.signals, listening, rate: settings.rate }
    const reasons = explain({ ...heard, base, marks, causes: input.causes?.get(core.peak) ?? null })
    if (isOwn(core, marks)) own.add(span.peak)
    const evidence = measureEvidence({ span, peak: core.peak, score }, input.signals, listening)
    candidates.push({ ...span, score, reasons, evidence })
  }
  const ranked = byTaste(candidates, input, settings)
  const rated = ranked.map(({ peak, score, baseScore = 0 }) => {
    const isTheirs = own.has(peak)
    // What they marked is not up to what they usually like.
    return { score: isTheirs ? Math.max(score, baseScore) : score, isTheirs }
  })
  const chosen = chooseSegments(rated, { top: input.top, budget, threshold: settings.threshold })
  return ranked.map(({ reasons, evidence, ...candidate }, i) => {
    return { ...candidate, selected: chosen[i] ?? false, reasons, ...(evidence && { evidence }) }
  })
}

function byTaste(candidates: Candidate[], { learned, duration }: SelectInput, settings: DecoderSettings): Candidate[] {
  if (learned == null) return candidates
  const { calibration } = learned
  const ranked = calibration === null ? candidates : rankByTaste(candidates, calibration)
  return padByTaste(ranked, learned, duration, settings)
}

/** A score that reaches past the end (the last slot of a short recording) has nothing to show there. */
function withinDuration(
  { scores, duration }: Pick<SelectInput, 'scores' | 'duration'>,
  settings: DecoderSettings,
): ArrayLike<number> {
  const slots = Math.ceil((duration / TICKS_PER_SECOND) * settings.rate)
  return Array.from(scores.values).slice(0, slots)
}

/** How much sounds at each slot, loudness and speech together, as z-scores; NaN where no track is known. */
function noiseOf({ signals, roles }: SelectInput): Float32Array {
  const { game, mic } = listenTo(roles)
  const heard = signals.curves.filter(
    (curve) =>
      (curve.id === 'audio.rms' || curve.id === 'audio.speech') &&
      curve.track !== null &&
      (game.includes(curve.track) || mic.includes(curve.track)),
  )
  return Float32Array.from({ length: signals.length }, (_, i) => {
    let [sum, count] = [0, 0]
    for (const curve of heard) {
      const z = curve.z[i]
      if (!curve.valid[i] || z === undefined || !Number.isFinite(z)) continue
      sum += z
      count++
    }
    return count === 0 ? Number.NaN : sum / count
  })
}

/** Six decimals: enough to rank, and short in JSON. */
function round(score: number): number {
  return Math.round(score * 1e6) / 1e6
}
