import type { Evidence } from '../contract/evidence.ts'
import type { Calibration } from '../contract/learning.ts'
import { adjustmentOf, features, type Feature } from './calibration.ts'

/** What much and little of each feature is to somebody who does not know features. */
const words: Readonly<Record<Feature, { name: string; high: string; low: string }>> = {
  base: { name: 'Obvious highlights', high: 'obvious highlight', low: 'less obvious highlight' },
  game: { name: 'Game sound', high: 'loud game', low: 'quiet game' },
  voice: { name: 'Your voice', high: 'loud voice', low: 'calm voice' },
  picture: { name: 'Picture', high: 'busy picture', low: 'calm picture' },
  chat: { name: 'Chat', high: 'busy chat', low: 'quiet chat' },
  markers: { name: 'Markers', high: 'marked', low: 'not marked' },
  length: { name: 'Length', high: 'long moment', low: 'short moment' },
}

/** A change of the log-odds below this moves no score by more than two and a half points: not worth a word. */
const leastMention = 0.1
/** Of what pulls the same way, a feature that carries less than this is not named. */
const leastPart = 0.3

/** "You tend to keep moments like this (loud voice)"; null where the adjustment is too small to mention. */
export function describeAdjustment(calibration: Calibration, evidence: Evidence): string | null {
  const { total, parts } = adjustmentOf(calibration, evidence)
  if (Math.abs(total) < leastMention) return null
  const pulling = features.filter((name) => parts[name] * total > 0)
  const sum = pulling.reduce((s, name) => s + Math.abs(parts[name]), 0)
  const named = pulling
    .filter((name) => Math.abs(parts[name]) >= leastPart * sum)
    .toSorted((a, b) => Math.abs(parts[b]) - Math.abs(parts[a]))
    .map((name) => (evidence[name] >= calibration.centre[name] ? words[name].high : words[name].low))
  const tendency = total > 0 ? 'keep' : 'discard'
  return `You tend to ${tendency} moments like this (${named.slice(0, 2).join(', ')})`
}

/** What each learned number means, largest effect first. Those that say next to nothing say so. */
export function describeParameters({ weights }: Calibration): { name: string; value: number; text: string }[] {
  return features
    .toSorted((a, b) => Math.abs(weights[b]) - Math.abs(weights[a]) || (a < b ? -1 : 1))
    .map((name) => ({ name: words[name].name, value: weights[name], text: describeWeight(name, weights[name]) }))
}

function describeWeight(name: Feature, weight: number): string {
  if (Math.abs(weight) < leastMention) return 'makes no difference to you'
  const { high, low } = words[name]
  if (name === 'base') {
    const much = `the model's own score counts ${(1 + weight).toFixed(2)} times`
    return weight > 0 ? `${much}: you keep the ${high}s` : `${much}: you keep ${low}s nearly as often`
  }
  const factor = Math.exp(Math.abs(weight))
  return `you keep more with ${weight > 0 ? high : low}: each step ${factor.toFixed(1)} times the odds`
}
