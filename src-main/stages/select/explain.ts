import type { Reason } from '../../../src-shared/contract/segment.ts'
import type { MomentCauses } from '../../../src-shared/domain/causes.ts'
import type { Mark } from '../../../src-shared/domain/markers.ts'
import { calibration } from '../../../src-shared/domain/signal-weights.ts'
import { causeTerms } from './explain-causes.ts'
import { marksWithin } from './explain-marks.ts'
import { chatTerms, signalTerms, type Heard, type Term } from './explain-signals.ts'

export interface ExplainInput extends Heard {
  readonly base: number
  /** What people and games marked. */
  readonly marks?: readonly Mark[]
  /** What the model itself says about the moment; null or absent where it was not asked. */
  readonly causes?: MomentCauses | null
}

const mostReasons = 4
/** Of them, at most this many marks. */
const mostMarks = 2
/** What carries less of the evidence than this is not worth a sentence. */
const leastShare = 0.05

/**
 * Why this moment, heaviest first: what speaks for it, each with its share of all that does. Where the model says what
 * each cause adds to the log-odds of its score, that counts; else, the weights of the built-in score. What the chat and
 * markers added to the log-odds counts beside it, and what somebody marked is always named. Never empty: where nothing
 * known speaks for the moment, the score itself is the reason.
 */
export function explain(input: ExplainInput): Reason[] {
  const { terms, scale } = termsOf(input)
  const marked = marksWithin(input.core, input.marks ?? []).map(({ mark: { signal, text }, evidence }): Term => {
    return { signal, evidence: evidence * scale, text: () => text }
  })
  const total = [...terms, ...marked].reduce((sum, { evidence }) => sum + evidence, 0)
  const marks = heaviest(marked).slice(0, mostMarks)
  const others = heaviest(terms)
    .filter(({ evidence }) => evidence / total >= leastShare)
    .slice(0, mostReasons - marks.length)
  const reasons = heaviest([...marks, ...others]).map(({ signal, evidence, text }) => {
    return { signal, weight: shareOf(evidence / total), text: text() }
  })
  return reasons.length > 0 ? reasons : [scoreItself(input)]
}

/** `scale`: what one unit of the built-in score's evidence is in the unit of the terms. */
function termsOf(input: ExplainInput): { terms: Term[]; scale: number } {
  const { scale } = calibration
  const found = input.causes ? causeTerms(input.causes, input) : []
  if (found.length === 0) return { terms: signalTerms(input), scale: 1 }
  const chat = chatTerms(input).map((term) => ({ ...term, evidence: term.evidence * scale }))
  return { terms: [...found, ...chat], scale }
}

function heaviest(terms: readonly Term[]): Term[] {
  return terms.toSorted((a, b) => b.evidence - a.evidence)
}

/** Rounded down, so that the shares never add up to more than one. */
function shareOf(share: number): number {
  return Math.floor(share * 1000) / 1000
}

function scoreItself({ core, base }: ExplainInput): Reason {
  const percent = (value: number): string => `${Math.round(value * 100)} %`
  return {
    signal: 'score',
    weight: 1,
    text: `Stands out from the rest of the recording: ${percent(core.score)} likely a highlight, usually ${percent(base)}`,
  }
}
