import type { Reason } from '../../../src-shared/contract/segment.ts'
import { chatWeightOf } from '../../../src-shared/domain/chat.ts'
import type { Mark } from '../../../src-shared/domain/markers.ts'
import { median, type Listening } from '../../../src-shared/domain/score.ts'
import { evidenceSeconds, signalWeights, zLimits } from '../../../src-shared/domain/signal-weights.ts'
import type { SignalCurve, Signals } from '../../../src-shared/domain/signal.ts'
import { describeRise } from './describe-rise.ts'
import { marksWithin } from './explain-marks.ts'
import type { Core } from './find-peaks.ts'

export interface ExplainInput {
  readonly core: Core
  readonly base: number
  readonly smoothed: Float32Array
  readonly signals: Signals
  readonly listening: Listening
  readonly rate: number
  /** What people and games marked. */
  readonly marks?: readonly Mark[]
}

const mostReasons = 4
/** Of them, at most this many marks. */
const mostMarks = 2
/** A signal that carries less of the evidence than this is not worth a sentence. */
const leastShare = 0.05
/** What a moment is compared with: three minutes to either side, as the z-scores are. */
const contextSeconds = 180

/**
 * Why this moment: the signals that rise here, with their share of the weighted evidence, how far they rise, and
 * compared with what. What somebody marked is always among them. Never empty: where no known signal rises, the score
 * itself is the reason.
 */
export function explain(input: ExplainInput): Reason[] {
  const terms = input.signals.curves.flatMap((curve) => {
    const weight = weightOf(curve, input.listening)
    const evidence = weight <= 0 ? 0 : weight * Math.max(0, meanZ(curve, input))
    return evidence > 0 ? [{ curve, evidence }] : []
  })
  const marked = marksWithin(input.core, input.marks ?? [])
  const total = [...terms, ...marked].reduce((sum, term) => sum + term.evidence, 0)
  const marks = marked
    .toSorted((a, b) => b.evidence - a.evidence)
    .slice(0, mostMarks)
    .map(({ mark: { signal, text }, evidence }) => ({ signal, weight: shareOf(evidence / total), text }))
  const rises = terms
    .map(({ curve, evidence }) => ({ curve, share: evidence / total }))
    .toSorted((a, b) => b.share - a.share || order(a.curve, b.curve))
    .filter(({ share }) => share >= leastShare)
    .slice(0, mostReasons - marks.length)
    .map(({ curve, share }) => ({ signal: nameOf(curve), weight: shareOf(share), text: sentence(curve, input) }))
  const reasons = [...marks, ...rises].toSorted((a, b) => b.weight - a.weight)
  return reasons.length > 0 ? reasons : [scoreItself(input)]
}

/** Rounded down, so that the shares never add up to more than one. */
function shareOf(share: number): number {
  return Math.floor(share * 1000) / 1000
}

function weightOf(curve: SignalCurve, { game, mic }: Listening): number {
  const entry = signalWeights.find((w) => w.id === curve.id)
  if (!entry) return curve.track === null ? chatWeightOf(curve.id) : 0
  if (curve.track === null || game.includes(curve.track)) return entry.weight
  return mic.includes(curve.track) ? (entry.mic ?? 0) : 0
}

/** The slots around the peak that the score averages over. */
function windowOf({ core, signals, rate }: ExplainInput): number[] {
  const half = Math.floor((evidenceSeconds * rate) / 2)
  const slots: number[] = []
  for (let i = Math.max(0, core.peak - half); i <= Math.min(signals.length - 1, core.peak + half); i++) slots.push(i)
  return slots
}

function isKnown(curve: SignalCurve, i: number): boolean {
  return curve.valid[i] === 1 && Number.isFinite(curve.z[i]) && Number.isFinite(curve.values[i])
}

function meanZ(curve: SignalCurve, input: ExplainInput): number {
  const known = windowOf(input).filter((i) => isKnown(curve, i))
  const sum = known.reduce((s, i) => s + Math.min(zLimits.high, Math.max(zLimits.low, curve.z[i]!)), 0)
  return known.length === 0 ? 0 : sum / known.length
}

function sentence(curve: SignalCurve, input: ExplainInput): string {
  const { core, signals, rate, listening } = input
  const known = windowOf(input).filter((i) => isKnown(curve, i))
  const strongest = known.reduce((best, i) => (curve.z[i]! > curve.z[best]! ? i : best), known[0]!)
  const reach = contextSeconds * rate
  const [from, to] = [Math.max(0, core.peak - reach), Math.min(signals.length - 1, core.peak + reach)]
  const context: number[] = []
  for (let i = from; i <= to; i++) if (isKnown(curve, i)) context.push(curve.values[i]!)
  return describeRise({
    id: curve.id,
    isMic: curve.track !== null && listening.mic.includes(curve.track),
    unit: curve.unit,
    value: curve.values[strongest]!,
    usual: median(context),
    contextMinutes: (to - from + 1) / rate / 60,
  })
}

/** `audio.onset` on the first track, `audio[1].onset` on the second. */
function nameOf(curve: SignalCurve): string {
  return curve.track === null || curve.track === 0 ? curve.id : curve.id.replace('.', `[${curve.track}].`)
}

function order(a: SignalCurve, b: SignalCurve): number {
  return a.id < b.id ? -1 : a.id > b.id ? 1 : (a.track ?? -1) - (b.track ?? -1)
}

function scoreItself({ core, base }: ExplainInput): Reason {
  const percent = (value: number): string => `${Math.round(value * 100)} %`
  return {
    signal: 'score',
    weight: 1,
    text: `Stands out from the rest of the recording: ${percent(core.score)} likely a highlight, usually ${percent(base)}`,
  }
}
