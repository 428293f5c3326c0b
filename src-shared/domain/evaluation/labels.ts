import { momentAt, momentOfSpan, momentsOfEvents, truthOf, type LabelEvent, type Moment, type Truth } from './truth.ts'

/** A moment that somebody marked, in seconds. */
export interface MarkedMoment {
  readonly start: number
  /** Null for an instant. */
  readonly end: number | null
  readonly weight: number
  /** A title or a kind; empty without one. */
  readonly name: string
}

/** What is good in a recording: a log of all that happened, or a list of what somebody finds good. */
export type Labels =
  | { readonly kind: 'events'; readonly events: readonly LabelEvent[] }
  | { readonly kind: 'moments'; readonly moments: readonly MarkedMoment[] }

export interface LabelledTruth {
  readonly truth: Truth
  /** Labels that lie after the end of the recording. */
  readonly outside: number
}

/** The truth by which scores of `seconds` seconds are judged. */
export function truthOfLabels(labels: Labels, seconds: number): LabelledTruth {
  const take = labels.kind === 'events' ? 'top' : 'all'
  const moments = labels.kind === 'events' ? momentsOfEvents(labels.events) : labels.moments.map(momentOf)
  const inside = moments.filter(({ at }) => at < seconds)
  return { truth: truthOf(inside, seconds, take), outside: moments.length - inside.length }
}

function momentOf({ start, end, weight, name }: MarkedMoment): Moment {
  return end === null ? momentAt(start, weight, name) : momentOfSpan(start, end, weight, name)
}
