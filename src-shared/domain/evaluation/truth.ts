/**
 * What is good in a recording, and how much: the truth that scores are judged by. Fixed before any model was trained;
 * `models/highlights/CARD.md` says it in words. Everything lies on a grid of one second: second s covers [s, s + 1).
 */

/** One line of a game's event log. */
export interface LabelEvent {
  /** Seconds on the recording's clock. */
  readonly t: number
  /** `kill`, `award`, `death`; everything else (what other players do) counts nothing. */
  readonly kind: string
}

/** Something that counts. */
export interface Moment {
  /** First and last second in which it counts, inclusive. May lie outside the recording. */
  readonly from: number
  readonly to: number
  readonly weight: number
  /** What a clip of it must show, in seconds, with at least `lead` seconds before it. */
  readonly at: number
  readonly lead: number
  /** For people: `kill`, or a title. */
  readonly name: string
}

/** A run of highlight seconds, `from` to `to` inclusive. */
export interface Highlight {
  from: number
  to: number
}

export interface Truth {
  readonly seconds: number
  readonly moments: readonly Moment[]
  /** Of each second: the weights of the moments that count there. */
  readonly relevance: Float64Array
  /** In the order of time. */
  readonly highlights: readonly Highlight[]
  /** Whether each second lies in a highlight. */
  readonly positive: readonly boolean[]
}

const spread = { before: 6, after: 3 } as const
const streakSeconds = 4
const leadSeconds = 3
const topShare = 0.12
const mergeGap = 8

/** Kill 1, each further kill within 4 s of the last 2; award 2; own death 0.5; what others do 0. In the order of time. */
export function eventWeights(events: readonly LabelEvent[]): { t: number; kind: string; weight: number }[] {
  let lastKill = -Infinity
  return events
    .toSorted((a, b) => a.t - b.t)
    .map(({ t, kind }) => {
      if (kind === 'award') return { t, kind, weight: 2 }
      if (kind === 'death') return { t, kind, weight: 0.5 }
      if (kind !== 'kill') return { t, kind, weight: 0 }
      const weight = t - lastKill <= streakSeconds ? 2 : 1
      lastKill = t
      return { t, kind, weight }
    })
}

/** An event counts in each second whose beginning lies in [t - 6, t + 3]. Events without weight are left out. */
export function momentsOfEvents(events: readonly LabelEvent[]): Moment[] {
  return eventWeights(events)
    .filter(({ weight }) => weight > 0)
    .map(({ t, kind, weight }) => ({
      from: Math.ceil(t - spread.before),
      to: Math.floor(t + spread.after),
      weight,
      at: t,
      lead: leadSeconds,
      name: kind,
    }))
}

/** A marked instant counts around it as an event does. */
export function momentAt(at: number, weight: number, name: string): Moment {
  const [from, to] = [Math.ceil(at - spread.before), Math.floor(at + spread.after)]
  return { from, to, weight, at, lead: leadSeconds, name }
}

/** A marked span counts in each second that it touches. It says itself where a clip should begin. */
export function momentOfSpan(start: number, end: number, weight: number, name: string): Moment {
  return { from: Math.floor(start), to: Math.ceil(end) - 1, weight, at: start, lead: 0, name }
}

export function relevanceOf(moments: readonly Moment[], seconds: number): Float64Array {
  const out = new Float64Array(seconds)
  for (const { from, to, weight } of moments) {
    for (let s = Math.max(0, from); s <= Math.min(seconds - 1, to); s++) out[s]! += weight
  }
  return out
}

/**
 * `top`: of a log of everything that happened, the best 12 % of seconds are highlights. Relevance has few values, so the
 * border falls among equal ones: those that equal it are left out (at most 12 % are taken), unless nothing lies above
 * them, in which case they are taken all. Seconds without relevance never are. `all`: a person marked what is good, so
 * every second with relevance is. Runs with fewer than 8 s between them are one, with what lies between.
 */
export function highlightsOf(relevance: Float64Array, take: 'top' | 'all'): Highlight[] {
  const border = take === 'all' ? 0 : borderOf(relevance)
  const runs: Highlight[] = []
  for (const [s, value] of relevance.entries()) {
    if (value <= border) continue
    const last = runs.at(-1)
    if (last && s - last.to - 1 < mergeGap) last.to = s
    else runs.push({ from: s, to: s })
  }
  return runs
}

/** Seconds above it are highlights. */
function borderOf(relevance: Float64Array): number {
  const sorted = relevance.toSorted().reverse()
  const border = sorted[Math.floor(relevance.length * topShare)] ?? 0
  return border < sorted[0]! ? border : Math.max(0, sorted.find((value) => value < border) ?? 0)
}

export function truthOf(moments: readonly Moment[], seconds: number, take: 'top' | 'all'): Truth {
  const relevance = relevanceOf(moments, seconds)
  const highlights = highlightsOf(relevance, take)
  const positive = Array.from({ length: seconds }, () => false)
  for (const { from, to } of highlights) positive.fill(true, from, to + 1)
  return { seconds, moments, relevance, highlights, positive }
}
