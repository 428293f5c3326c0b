import { addsOf, causes, type Cause, type MomentCauses } from '../../../src-shared/domain/causes.ts'
import { zLimits } from '../../../src-shared/domain/signal-weights.ts'
import type { SignalCurve } from '../../../src-shared/domain/signal.ts'
import { causeWords, changeOnly, describeKind } from './describe-cause.ts'
import { highestZ, nameOf, sentence, weightOf, type Heard, type Term } from './explain-signals.ts'

/** What adds less than this to the log-odds is no more than what ordinary stretches differ by. */
const leastAdded = 0.05
/** Share of the evidence of all causes from which on a moment looks, or sounds, like something. */
const leastSeen = 0.25

/** Up to `least` a rise for a second (the mean of its `slots` highest) is everyday; from `full` on nobody overlooks it. */
const everyday = { least: 1, full: 3, slots: 2 } as const
const unusual = { least: 2, full: 5, slots: 2 } as const
/**
 * Log-odds that something unusual counts where the model has nothing to say, as in a game that is new to it: then what
 * happened is named, though the model makes nothing of it. The more the model says itself, the less, and nothing where
 * that is `enough` to choose a moment by.
 */
const standsOut = { adds: 1, enough: 2 } as const
/** Of signals that the built-in score does not weigh. */
const leastWeight = 0.05
/** What of a sound is unusual to people; what else is measured of it varies from word to word. */
const loudness: readonly string[] = ['audio.rms', 'audio.onset']

/**
 * The causes that speak for a moment, each with what it adds to the log-odds, heaviest first, and told by its signal that
 * rises most. The first of what is seen and heard says what kind of moment it is, where that is clear.
 */
export function causeTerms(found: MomentCauses, moment: Heard): Term[] {
  const adds = addsOf(found)
  const said = causes.map((cause) => Math.max(0, adds[cause.id] ?? 0) * trustIn(cause, moment))
  const silence = Math.max(0, 1 - said.reduce((sum, one) => sum + one, 0) / standsOut.enough)
  const terms = causes
    .map((cause, i) => ({ cause, evidence: said[i]! + standsOut.adds * silence * unusualness(cause, moment) }))
    .filter(({ evidence }) => evidence >= leastAdded)
    .toSorted((a, b) => b.evidence - a.evidence)
  const total = terms.reduce((sum, { evidence }) => sum + evidence, 0)
  const plain = terms.filter(({ evidence }) => evidence >= leastSeen * total).map(({ cause }) => cause.id)
  const kind = describeKind(found.kinds, { seen: plain.includes('screen'), heard: plain.includes('game') })
  const first = plain.find((id) => id === 'screen' || id === 'game')
  return terms.map(({ cause, evidence }): Term => {
    const risen = mostRisen(cause, moment)
    const { signal, text } = causeWords[cause.id]
    const says = (): string => (risen === null ? text : sentence(risen, moment))
    return {
      signal: risen === null ? signal : nameOf(risen),
      evidence,
      text: () => (kind !== null && cause.id === first ? `${kind}: ${lowerFirst(says())}` : says()),
    }
  })
}

/** A model that knows a cause by its signals alone makes something of their everyday ups and downs too; nobody else does. */
function trustIn(cause: Cause, moment: Heard): number {
  return cause.bySignals ? rise(curvesOf(cause, moment), moment, everyday) : 1
}

function unusualness(cause: Cause, moment: Heard): number {
  const curves = curvesOf(cause, moment)
  const told = cause.listens === null ? curves : curves.filter(({ id }) => loudness.includes(id))
  return rise(told, moment, unusual)
}

/** From 0 to 1, of the curve that rises highest. */
function rise(
  curves: readonly SignalCurve[],
  moment: Heard,
  { least, full, slots }: { least: number; full: number; slots: number },
): number {
  const highest = curves.reduce((most, curve) => Math.max(most, highestZ(curve, moment, slots)), 0)
  return Math.min(1, Math.max(0, (highest - least) / (full - least)))
}

/** What tells a cause best: what rises most, by what it weighs. Null where that says no more than that the picture is another one. */
function mostRisen(cause: Cause, moment: Heard): SignalCurve | null {
  const best = curvesOf(cause, moment)
    .map((curve) => ({ curve, by: highestZ(curve, moment, everyday.slots) }))
    .filter(({ by }) => by > everyday.least)
    .map(({ curve, by }) => {
      return { curve, told: Math.min(zLimits.high, by) * Math.max(leastWeight, weightOf(curve, moment.listening)) }
    })
    .toSorted((a, b) => b.told - a.told)[0]
  return best === undefined || changeOnly.includes(best.curve.id) ? null : best.curve
}

function curvesOf({ curves, listens }: Cause, { signals, listening }: Heard): SignalCurve[] {
  return signals.curves.filter(({ id, track }) => {
    if (!curves.includes(id)) return false
    return listens === null ? track === null : track !== null && listening[listens].includes(track)
  })
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}
