import type { Evidence } from '../contract/evidence.ts'
import type { Calibration, Learned, LearningReport } from '../contract/learning.ts'
import { adjustmentOf, features, leastDecisions, leastTrims, type Feature } from './calibration.ts'

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

/** Everything that was learned, with sentences that say whether it is used, and why. */
export function describeLearning(
  learned: Learned,
  { enabled, waiting }: { readonly enabled: boolean; readonly waiting: number },
): LearningReport {
  const { calibration } = learned.ranking
  const off = 'Learning is off: your decisions are neither remembered nor used.'
  return {
    enabled,
    ...learned,
    waiting,
    why: enabled ? whyRanking(learned) : off,
    whyPadding: enabled ? whyPadding(learned) : off,
    parameters: calibration === null ? [] : describeParameters(calibration),
  }
}

function whyRanking({ ranking: { state, heldBack }, counts }: Learned): string {
  if (heldBack === null) {
    const { total, ofEach, recordings } = leastDecisions
    return (
      `Not used yet: it takes ${total} clips that you kept or discarded, at least ${ofEach} of each, ` +
      `from ${recordings} recordings. So far: ${counts.kept} kept, ${counts.discarded} discarded, ` +
      `from ${counts.recordings} recordings.`
    )
  }
  const { baseLoss, learnedLoss, baseRanking, learnedRanking, chance } = heldBack
  const losses = `log loss ${learnedLoss.toFixed(3)} against ${baseLoss.toFixed(3)} of the model alone`
  const ranks =
    baseRanking === null || learnedRanking === null
      ? ''
      : `, a kept clip before a discarded one ${percent(learnedRanking)} of the time against ${percent(baseRanking)}`
  const where = 'on recordings that were left out while learning'
  return state === 'used'
    ? `Used: it predicts your decisions better ${where} (${losses}${ranks}; chance looks this good ${percent(chance)} of the time).`
    : `Not used: ${where} it predicts your decisions no better than chance might (${losses}${ranks}; chance looks this good ${percent(chance)} of the time). The model alone decides.`
}

function whyPadding({ padding: { start, end }, counts }: Learned): string {
  if (start.state === 'too-few' && end.state === 'too-few') {
    const { total, recordings } = leastTrims
    return `Clips begin and end as found: it takes ${total} trimmed clips from ${recordings} recordings to learn better. So far: ${counts.trimmed}.`
  }
  const edge = (what: string, { state, seconds }: Learned['padding']['start']): string =>
    state === 'used'
      ? `${what} ${Math.abs(seconds).toFixed(1)} s ${seconds < 0 ? 'earlier' : 'later'}, as you trim them`
      : `${what} as found`
  return `Clips ${edge('begin', start)}, and ${edge('end', end)}.`
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`
}
