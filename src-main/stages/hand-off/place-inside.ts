import { formatScore, listReasons } from './describe.ts'
import type { HandOffCaption, HandOffClip, ReframeKey } from './hand-off.ts'
import { frameFromTicks } from '../../../src-shared/domain/timecode.ts'
import type { Rational } from '../../../src-shared/domain/time.ts'

/** Frames of the source that a cut shows: `from` to `to`, exclusive. */
interface Within {
  rate: Rational
  from: number
  to: number
}

/** The peak with the reasons, and the markers that lie inside, in order. */
export function placeMarkers(clip: HandOffClip, { rate, from, to }: Within) {
  const inside = (frame: number): number => Math.min(Math.max(frame, from), to - 1)
  const note = [`Score ${formatScore(clip.score)}`, ...listReasons(clip.reasons)].join('. ')
  const name = clip.reasons[0]?.text ?? clip.title
  const peak = clip.peak === null ? [] : [{ at: inside(frameFromTicks(clip.peak, rate)), name, note }]
  const others = (clip.markers ?? [])
    .map(({ at, ...said }) => ({ at: frameFromTicks(at, rate), ...said }))
    .filter(({ at }) => at >= from && at < to)
  return [...peak, ...others].toSorted((a, b) => a.at - b.at)
}

/** The part of each line inside the cut. One line at a time: a line ends where the next begins. */
export function placeCaptions(captions: readonly HandOffCaption[], { rate, from, to }: Within) {
  const lines = captions
    .map(({ start, end, text }) => ({
      from: Math.max(from, frameFromTicks(start, rate)),
      to: Math.min(to, frameFromTicks(end, rate)),
      text: text.trim(),
    }))
    .filter((line) => line.text !== '' && line.to > line.from)
    .toSorted((a, b) => a.from - b.from || a.to - b.to)
  return lines
    .map((line, index) => ({ ...line, to: Math.min(line.to, lines[index + 1]?.from ?? to) }))
    .filter((line) => line.to > line.from)
}

/** The keys inside the cut, and where a movement was under way at its first or last frame, a key there. A view that never changes is one key. */
export function placeReframe(keys: readonly ReframeKey[], { rate, from, to }: Within) {
  const byFrame = new Map(keys.map(({ at, x, y, scale }) => [frameFromTicks(at, rate), { x, y, scale }]))
  const path = [...byFrame].map(([at, view]) => ({ at, ...view })).toSorted((a, b) => a.at - b.at)
  const [first, last] = [path[0], path.at(-1)]
  if (first === undefined || last === undefined) return []
  const inside = path.filter(({ at }) => at >= from && at < to)
  if (first.at < from && inside[0]?.at !== from) inside.unshift(viewAt(path, from))
  if (last.at >= to && last.at > from && inside.at(-1)?.at !== to - 1) inside.push(viewAt(path, to - 1))
  const [only = first, ...others] = inside
  return others.length > 0 ? inside : [{ ...only, at: from }]
}

type View = { at: number; x: number; y: number; scale: number }

/** Linear between two keys, still before the first and after the last. */
function viewAt(path: readonly View[], at: number): View {
  const before = path.findLast((key) => key.at <= at)
  const after = path.find((key) => key.at >= at)
  const [a, b] = [before ?? after, after ?? before]
  if (a === undefined || b === undefined) return { at, x: 0.5, y: 0.5, scale: 1 }
  const share = b.at === a.at ? 0 : (at - a.at) / (b.at - a.at)
  const mix = (p: number, q: number): number => p + (q - p) * share
  return { at, x: mix(a.x, b.x), y: mix(a.y, b.y), scale: mix(a.scale, b.scale) }
}
