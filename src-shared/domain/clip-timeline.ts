import type { ClipPart, ZoomKey } from '../contract/edits.ts'
import type { Ticks } from './time.ts'

/**
 * Where a recording's times lie in a clip made of parts of it, which may stand in any order, overlap, repeat, and
 * pass at another speed. A clip's timeline begins at 0; all times are whole ticks.
 *
 * Rounding: a part is as long as its span over its speed, to the nearest tick (halves up) and at least 1. Parts lie
 * end to end, so their borders are exact. A time inside a part goes to the nearest tick, never outside the part. So a
 * time there and back is off by at most 3 ticks (4 ns), and a part at speed 1 is exact. Lengths below 2^53 divided
 * once as doubles are wrong by less than a hundredth of a tick.
 */
export interface Span {
  readonly start: Ticks
  readonly end: Ticks
}

/** A part and where it lies on the clip's timeline. */
export interface PlacedPart extends Span {
  readonly part: ClipPart
}

/** A piece of a span on the clip's timeline, and what of the recording it shows. */
export interface SpanPiece extends Span {
  readonly from: Span
}

/** What is shown of the frame; see `zoomKeySchema`. */
export type View = Omit<ZoomKey, 'at'>

/** A piece of the clip's own recording: what is said in the recording's time is said of these. */
export function isOwn({ recording }: Pick<ClipPart, 'recording'>): boolean {
  return recording === undefined
}

export function partLength({ start, end, speed }: ClipPart): Ticks {
  return Math.max(1, Math.round((end - start) / speed))
}

export function clipLength(parts: readonly ClipPart[]): Ticks {
  return parts.reduce((length, part) => length + partLength(part), 0)
}

export function placeParts(parts: readonly ClipPart[]): PlacedPart[] {
  let start = 0
  return parts.map((part) => {
    const placed = { part, start, end: start + partLength(part) }
    start = placed.end
    return placed
  })
}

/** What of the parts a clip plays from one of its times to another. */
export function sliceParts(parts: readonly ClipPart[], { start, end }: Span): ClipPart[] {
  return placeParts(parts).flatMap(({ part, ...placed }) => {
    const [from, to] = [Math.max(start, placed.start), Math.min(end, placed.end)]
    if (from >= to) return []
    const at = (time: Ticks): Ticks => part.start + Math.round((time - placed.start) * part.speed)
    const slice = { ...part, start: at(from), end: to === placed.end ? part.end : at(to) }
    return slice.start < slice.end ? [slice] : []
  })
}

/** Every time of the clip at which it shows this moment of the recording, in order; none where it was cut out. */
export function clipTimesOf(parts: readonly ClipPart[], at: Ticks): Ticks[] {
  return placeParts(parts)
    .filter(({ part }) => isOwn(part) && part.start <= at && at < part.end)
    .map((placed) => Math.min(into(placed, at), placed.end - 1))
}

/** What the clip shows at a time of its own: the part, and the moment of the recording. Undefined outside the clip. */
export function recordingTimeAt(
  parts: readonly ClipPart[],
  at: Ticks,
): { readonly index: number; readonly at: Ticks } | undefined {
  const placed = placeParts(parts)
  const index = placed.findIndex(({ start, end }) => start <= at && at < end)
  const found = placed[index]
  if (found === undefined) return undefined
  const { part, start } = found
  return { index, at: Math.min(part.start + Math.round((at - start) * part.speed), part.end - 1) }
}

/**
 * Where the clip shows a span of the recording, in the order of the clip. What runs on over the border of two parts,
 * in the recording as in the clip, is one piece. A piece shorter than half a tick is none.
 */
export function mapSpan(parts: readonly ClipPart[], span: Span): SpanPiece[] {
  const pieces: SpanPiece[] = []
  for (const placed of placeParts(parts)) {
    if (!isOwn(placed.part)) continue
    const from = { start: Math.max(span.start, placed.part.start), end: Math.min(span.end, placed.part.end) }
    if (from.start >= from.end) continue
    const [start, end] = [into(placed, from.start), into(placed, from.end)]
    if (start >= end) continue
    const last = pieces.at(-1)
    if (last?.end === start && last.from.end === from.start) {
      pieces[pieces.length - 1] = { start: last.start, end, from: { start: last.from.start, end: from.end } }
    } else pieces.push({ start, end, from })
  }
  return pieces
}

/** Captions, bleeps, texts…: each once for every piece of the clip that shows it, on the clip's timeline, by start. */
export function placeSpans<T extends Span>(parts: readonly ClipPart[], items: readonly T[]): T[] {
  return items
    .flatMap((item) => mapSpan(parts, item).map(({ start, end }) => ({ ...item, start, end })))
    .toSorted((a, b) => a.start - b.start || a.end - b.end)
}

/** What is shown at a moment of the recording; `keys` by time. Undefined where there are none. */
export function viewAt(keys: readonly ZoomKey[], at: Ticks): View | undefined {
  const next = keys.findIndex((key) => key.at > at)
  const after = keys.at(next)
  const before = next === 0 ? after : keys.at(next < 0 ? -1 : next - 1)
  if (before === undefined || after === undefined) return undefined
  const share = after.at > before.at && at > before.at ? Math.min(1, (at - before.at) / (after.at - before.at)) : 0
  const between = (a: number, b: number): number => a + (b - a) * share
  return {
    scale: between(before.scale, after.scale),
    x: between(before.x, after.x),
    y: between(before.y, after.y),
  }
}

/**
 * The keys on the clip's timeline, part by part: each list has a key at its part's first time and one at its end, so
 * that the view is complete inside every part and may jump from one to the next. Empty lists where there are no keys, and
 * for parts of other recordings, of whose times the keys say nothing.
 */
export function placeZoom(parts: readonly ClipPart[], keys: readonly ZoomKey[]): ZoomKey[][] {
  return placeParts(parts).map((placed) => {
    const { part, start, end } = placed
    if (!isOwn(part)) return []
    const first = viewAt(keys, part.start)
    const last = viewAt(keys, part.end)
    if (first === undefined || last === undefined) return []
    const inside = keys
      .filter(({ at }) => part.start < at && at < part.end)
      .map((key) => ({ ...key, at: into(placed, key.at) }))
      .filter(({ at }) => start < at && at < end)
    return [{ ...first, at: start }, ...inside, { ...last, at: end }]
  })
}

/** A part's end is its end, also where rounding alone would leave nothing of a part of one tick. */
function into({ part, start, end }: PlacedPart, at: Ticks): Ticks {
  return at >= part.end ? end : Math.min(start + Math.round((at - part.start) / part.speed), end)
}
