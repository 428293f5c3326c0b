import { chatWeightOf } from '../../../src-shared/domain/chat.ts'
import { median, type Listening } from '../../../src-shared/domain/score.ts'
import { evidenceSeconds, signalWeights, zLimits } from '../../../src-shared/domain/signal-weights.ts'
import type { SignalCurve, Signals } from '../../../src-shared/domain/signal.ts'
import { describeRise } from './describe-rise.ts'
import type { Core } from './find-peaks.ts'

export interface Heard {
  readonly core: Core
  readonly signals: Signals
  readonly listening: Listening
  readonly rate: number
}

/** One thing that speaks for a moment. */
export interface Term {
  readonly signal: string
  readonly evidence: number
  readonly text: () => string
}

/** What a moment is compared with: three minutes to either side, as the z-scores are. */
const contextSeconds = 180

/** The signals that rise in a moment, each with its weighted rise, as the built-in score weighs them. */
export function signalTerms(heard: Heard): Term[] {
  return termsOf(heard, (curve) => weightOf(curve, heard.listening))
}

/** The same of the chat alone. */
export function chatTerms(heard: Heard): Term[] {
  return termsOf(heard, (curve) => (curve.track === null ? chatWeightOf(curve.id) : 0))
}

function termsOf(heard: Heard, weigh: (curve: SignalCurve) => number): Term[] {
  return heard.signals.curves.toSorted(order).flatMap((curve): Term[] => {
    const weight = weigh(curve)
    const evidence = weight <= 0 ? 0 : weight * Math.max(0, meanZ(curve, heard))
    return evidence > 0 ? [{ signal: nameOf(curve), evidence, text: () => sentence(curve, heard) }] : []
  })
}

/** What the built-in score, or the chat, weighs a signal by; 0 where it does not. */
export function weightOf(curve: SignalCurve, { game, mic }: Listening): number {
  const entry = signalWeights.find((w) => w.id === curve.id)
  if (!entry) return curve.track === null ? chatWeightOf(curve.id) : 0
  if (curve.track === null || game.includes(curve.track)) return entry.weight
  return mic.includes(curve.track) ? (entry.mic ?? 0) : 0
}

/** The slots around the peak that the score averages over. */
function windowOf({ core, signals, rate }: Heard): number[] {
  const half = Math.floor((evidenceSeconds * rate) / 2)
  const slots: number[] = []
  for (let i = Math.max(0, core.peak - half); i <= Math.min(signals.length - 1, core.peak + half); i++) slots.push(i)
  return slots
}

function isKnown(curve: SignalCurve, i: number): boolean {
  return curve.valid[i] === 1 && Number.isFinite(curve.z[i]) && Number.isFinite(curve.values[i])
}

function meanZ(curve: SignalCurve, heard: Heard): number {
  const known = windowOf(heard).filter((i) => isKnown(curve, i))
  const sum = known.reduce((s, i) => s + Math.min(zLimits.high, Math.max(zLimits.low, curve.z[i]!)), 0)
  return known.length === 0 ? 0 : sum / known.length
}

/** Mean z-score of the `best` slots around the peak in which a curve rises most; 0 where nothing is known. */
export function highestZ(curve: SignalCurve, heard: Heard, best: number): number {
  const known = windowOf(heard)
    .filter((i) => isKnown(curve, i))
    .map((i) => curve.z[i]!)
    .toSorted((a, b) => b - a)
    .slice(0, best)
  return known.length === 0 ? 0 : known.reduce((sum, z) => sum + z, 0) / known.length
}

/** What rises, how far, and compared with what. The curve must be known somewhere around the peak. */
export function sentence(curve: SignalCurve, heard: Heard): string {
  const { core, signals, rate, listening } = heard
  const known = windowOf(heard).filter((i) => isKnown(curve, i))
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
export function nameOf(curve: SignalCurve): string {
  return curve.track === null || curve.track === 0 ? curve.id : curve.id.replace('.', `[${curve.track}].`)
}

function order(a: SignalCurve, b: SignalCurve): number {
  return a.id < b.id ? -1 : a.id > b.id ? 1 : (a.track ?? -1) - (b.track ?? -1)
}
