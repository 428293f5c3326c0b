import { mulberry32 } from '../../src-shared/domain/evaluation/random.ts'
import { momentsOfEvents, relevanceOf, type LabelEvent } from '../../src-shared/domain/evaluation/truth.ts'
import { encodeCurve, type Evidence, type EvidenceMatch, type EvidenceRun } from '../../tools/evaluation/evidence.ts'

export interface MadeEvidence {
  matches?: number
  maps?: number
  seconds?: number
  seeds?: number
  variants?: readonly string[]
  /** Adds stream-like copies of all matches, and a recording in which nothing happens. */
  streams?: boolean
}

/** Made-up matches, and runs of networks that see the truth through noise: the model through less than its variants. */
export function makeEvidence(options: MadeEvidence = {}): Evidence {
  const {
    matches: count = 6,
    maps = 3,
    seconds = 240,
    seeds = 2,
    variants = ['full', 'audio only'],
    streams = true,
  } = options
  const matches = Array.from({ length: count }, (_, i) =>
    makeMatch(`m${i}`, `map${i % maps}`, 'matches', makeEvents(i, seconds), seconds),
  )
  const copies = matches.map(({ name, map, events }) => makeMatch(`${name}-s0`, map, 'stream-like', events, seconds))
  const quiet = makeMatch('quiet', 'quiet', 'quiet', [], seconds)
  const all = streams ? [...matches, ...copies, quiet] : matches
  return {
    kind: 'clutchcut-evaluation',
    version: 1,
    matches: all,
    runs: variants.flatMap((variant, v) =>
      Array.from({ length: seeds }, (_, seed) =>
        makeRun(variant, seed, variant === 'full' ? all : matches, 0.3 + 0.3 * v),
      ),
    ),
  }
}

function makeEvents(seed: number, seconds: number): LabelEvent[] {
  const random = mulberry32(100 + seed)
  return Array.from({ length: Math.round(seconds / 12) }, () => ({
    t: Math.floor(random() * seconds),
    kind: ['kill', 'kill', 'death', 'award', 'other'][Math.floor(random() * 5)]!,
  })).toSorted((a, b) => a.t - b.t)
}

function makeMatch(
  name: string,
  map: string,
  set: EvidenceMatch['set'],
  events: readonly LabelEvent[],
  seconds: number,
): EvidenceMatch {
  const slots = 2 * seconds
  const random = mulberry32([...name].reduce((sum, char) => sum * 31 + char.charCodeAt(0), 7))
  const curve = (scale: number, height: number): EvidenceMatch['noise'] =>
    encodeCurve(
      Float64Array.from({ length: slots }, () => height * random()),
      scale,
    )
  return {
    ...{ name, map, set, slots, seconds, game: 'made up', cuts: [10, 60.5], events: [...events] },
    noise: curve(20, 2),
    loudness: curve(10, -40),
    loudnessZ: curve(100, 3),
    sceneChange: curve(100, 1),
    signals: curve(10_000, 0.4),
    signalsShipped: curve(10_000, 0.4),
  }
}

function makeRun(variant: string, seed: number, matches: readonly EvidenceMatch[], noise: number): EvidenceRun {
  const random = mulberry32(1000 + seed)
  const maps = [...new Set(matches.map(({ map }) => map))]
  const scores = matches.map(({ name, slots, events }) => {
    const relevance = relevanceOf(momentsOfEvents(events), slots >> 1)
    const most = Math.max(4, ...relevance)
    const values = Array.from({ length: slots }, (_, i) => {
      const seen = relevance[i >> 1]! / most + noise * (random() - 0.5)
      return Math.min(1, Math.max(0, 0.7 * seen))
    })
    return [name, encodeCurve(values, 10_000)] as const
  })
  const folds = matches.map(({ name, map }) => [name, maps.indexOf(map)] as const)
  return { variant, seed, folds: Object.fromEntries(folds), scores: Object.fromEntries(scores) }
}
