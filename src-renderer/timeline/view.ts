import type { Ticks } from '../../src-shared/contract/time.ts'
import { TICKS_PER_SECOND } from '../../src-shared/domain/time.ts'

/** The stretch of a recording that is in sight, `from` before `to`. */
export interface View {
  readonly from: Ticks
  readonly to: Ticks
}

/** Closest that one can look: half a second across. */
const LEAST = TICKS_PER_SECOND / 2

/** Keeps a view inside the recording, as long as it is where that is possible. */
export function clampView({ from, to }: View, duration: Ticks): View {
  const length = Math.min(Math.max(Math.round(to - from), LEAST), Math.max(duration, LEAST))
  const start = Math.min(Math.max(0, Math.round(from)), Math.max(0, duration - length))
  return { from: start, to: start + length }
}

/** `factor` above 1 looks from farther away; what lies at `at` stays where it is. */
export function zoomView({ from, to }: View, factor: number, at: Ticks, duration: Ticks): View {
  const length = Math.min(Math.max((to - from) * factor, LEAST), Math.max(duration, LEAST))
  const share = (at - from) / (to - from)
  const start = at - length * share
  return clampView({ from: start, to: start + length }, duration)
}

/** Two fingers on a timeline, in pixels: how far apart, and where the middle between them is. */
export interface Pinch {
  readonly distance: number
  readonly middle: number
}

/** What two fingers made of a view: the time that was in their middle still is, and they are as far apart in time. */
export function pinchView(view: View, before: Pinch, now: Pinch, width: number, duration: Ticks): View {
  const wanted = ((view.to - view.from) * before.distance) / now.distance
  const length = Math.min(Math.max(wanted, LEAST), Math.max(duration, LEAST))
  const held = view.from + (before.middle / width) * (view.to - view.from)
  const from = held - (now.middle / width) * length
  return clampView({ from, to: from + length }, duration)
}

/** Two fingers closer than this count as so far apart: else the view would jump. */
const CLOSEST = 24

export function pinchOf(a: Point, b: Point): Pinch {
  return { distance: Math.max(CLOSEST, Math.hypot(a.x - b.x, a.y - b.y)), middle: (a.x + b.x) / 2 }
}

export interface Point {
  readonly x: number
  readonly y: number
}

/** Pixels that a wheel went, where it counts in lines or pages. */
export const wheelPixels = (delta: number, mode: number): number => delta * (mode === 1 ? 16 : mode === 2 ? 400 : 1)

/** How much farther away one looks after a turn of the wheel; a pinch on a trackpad comes as one with Ctrl. */
export function wheelZoom(pixels: number, pinching: boolean): number {
  const most = pinching ? 0.4 : 1
  return Math.exp(Math.min(most, Math.max(-most, pixels / (pinching ? 100 : 400))))
}

export function panView({ from, to }: View, by: Ticks, duration: Ticks): View {
  return clampView({ from: from + by, to: to + by }, duration)
}

/** The same view if `time` is well inside it; else one that holds it, a fifth from the left. */
export function followView(view: View, time: Ticks, duration: Ticks): View {
  const length = view.to - view.from
  if (time >= view.from && time <= view.to - length * 0.04) return view
  return clampView({ from: time - length / 5, to: time + (length * 4) / 5 }, duration)
}

/** A view that shows a span with room around it. */
export function viewOfSpan({ start, end }: { start: Ticks; end: Ticks }, duration: Ticks): View {
  const room = Math.max(end - start, 4 * TICKS_PER_SECOND)
  return clampView({ from: start - room, to: end + room }, duration)
}

/** Seconds between lines of the ruler, from the finest. */
const steps = [0.1, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400]

/** Distance of the ruler's lines, so that labels (`room` pixels each) stand apart. */
export function rulerStep(view: View, width: number, room: number): Ticks {
  const seconds = (view.to - view.from) / TICKS_PER_SECOND
  const wanted = (seconds * room) / Math.max(1, width)
  return Math.round((steps.find((step) => step >= wanted) ?? 28_800) * TICKS_PER_SECOND)
}

/** The nearest of `points` within `reach`, else `time` itself. */
export function snap(time: Ticks, points: Iterable<Ticks>, reach: Ticks): Ticks {
  let best = time
  let least = reach
  for (const point of points) {
    const distance = Math.abs(point - time)
    if (distance <= least) {
      best = point
      least = distance
    }
  }
  return best
}
