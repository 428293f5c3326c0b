import type { Evidence } from '../../src-shared/contract/evidence.ts'
import { sigmoid } from '../../src-shared/domain/calibration.ts'
import { seededRandom } from './fill-library.ts'

/** Log-odds with which a made-up streamer keeps a moment. */
export type Streamer = (evidence: Evidence) => number

/** Voice rises of .2 ± .6 are usual in these worlds; `louder` is how much one above counts. */
const voiceOver = (evidence: Evidence): number => evidence.voice - 0.2

/** Streamers who like nothing that learning could know of come first. */
export const streamers = {
  'at random, keeps 60 %': () => 0.4,
  'at random, keeps 80 %': () => 1.4,
  'as the model says': ({ base }) => 1 + base,
  'the model, a little more when loud': (e) => 0.4 + e.base + voiceOver(e),
  'the model, more when loud': (e) => 0.4 + e.base + 2 * voiceOver(e),
  'nearly only when loud': (e) => 3 * voiceOver(e),
  'likes quiet games': ({ game }) => 0.4 - 1.5 * (game - 0.6),
} satisfies Record<string, Streamer>

export interface Judged {
  readonly recording: string
  readonly kept: boolean
  readonly evidence: Evidence
}

/**
 * Verdicts of a streamer about `each` moments of `recordings` recordings. Each recording has a day of its own: all its
 * moments are kept a little more or less often, as people are.
 */
export function simulateVerdicts(streamer: Streamer, seed: number, recordings: number, each: number): Judged[] {
  const random = seededRandom(seed)
  return Array.from({ length: recordings }, (_, i) => {
    const mood = 0.5 * normal(random)
    return Array.from({ length: each }, (): Judged => {
      const evidence = makeEvidence(random)
      const kept = random() < sigmoid(streamer(evidence) + mood)
      return { recording: String(i).padStart(4, '0'), kept, evidence }
    })
  }).flat()
}

/** A moment with a microphone and without chat or markers; the model hears the game and sees the picture. */
export function makeEvidence(random: () => number): Evidence {
  const game = 0.6 + 0.5 * normal(random)
  const picture = 0.3 + 0.4 * normal(random)
  return {
    version: 1,
    base: clamp(-0.7 + 0.8 * game + 0.5 * picture + 0.5 * normal(random), -6, 6),
    game: clamp(game, -1, 2),
    voice: clamp(0.2 + 0.6 * normal(random), -1, 2),
    picture: clamp(picture, -1, 2),
    chat: 0,
    markers: 0,
    length: clamp(0.2 * normal(random), -2, 2),
  }
}

/** How often a kept moment ranks above a discarded one of its recording. */
export function rankingBy(judged: readonly Judged[], score: (evidence: Evidence) => number): number {
  let [pairs, wins] = [0, 0]
  for (const group of Map.groupBy(judged, ({ recording }) => recording).values()) {
    for (const kept of group.filter((one) => one.kept)) {
      for (const other of group.filter((one) => !one.kept)) {
        pairs++
        const difference = score(kept.evidence) - score(other.evidence)
        wins += difference > 0 ? 1 : difference === 0 ? 0.5 : 0
      }
    }
  }
  return wins / pairs
}

/** Box and Muller. */
export function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value))
}
