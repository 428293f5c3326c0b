import type { ClipPart } from '../../contract/edits.ts'
import { isOwn, placeParts, type Span } from '../clip-timeline.ts'
import { TICKS_PER_SECOND, type Ticks } from '../time.ts'
import { spanOfParts } from './edited-clip.ts'

/** What a person makes lasts at least so long on the clip's timeline: a picture or two. */
export const shortestPart: Ticks = TICKS_PER_SECOND / 50

/**
 * Keeps what lies in the span. What stands at the old beginning (or end) reaches on to a new one that lies further
 * out; a clip of one part may go anywhere. Of other recordings stays what the clip still reaches. Empty where nothing
 * would be left.
 */
export function trimParts(parts: readonly ClipPart[], { start, end }: Span): ClipPart[] {
  const own = parts.filter(isOwn)
  const old = spanOfParts(parts)
  const first = own.find((part) => part.start === old.start)
  const last = own.findLast((part) => part.end === old.end)
  const [ownStart, ownEnd] = [parts.findIndex(isOwn), parts.findLastIndex(isOwn)]
  return parts
    .flatMap((part, index) => {
      if (!isOwn(part))
        return (index < ownStart && start > old.start) || (index > ownEnd && end < old.end) ? [] : [part]
      if (own.length === 1) return [{ ...part, start, end }]
      const from = part === first && start < part.start ? start : Math.max(start, part.start)
      return [{ ...part, start: from, end: part === last && end > part.end ? end : Math.min(end, part.end) }]
    })
    .filter((part) => part.start < part.end)
}

/**
 * Makes a border at a time of the clip. A border that lies nearer than the shortest part is taken instead.
 * @returns the parts, and which of them begins at the border (their number: none, it is the end)
 */
export function borderAt(parts: readonly ClipPart[], at: Ticks): { parts: ClipPart[]; index: number } {
  for (const [index, { part, start, end }] of placeParts(parts).entries()) {
    if (at >= end) continue
    if (at < start + shortestPart && at - start <= end - at) return { parts: [...parts], index }
    if (at > end - shortestPart) continue
    const middle = part.start + Math.round((at - start) * part.speed)
    return {
      parts: parts.toSpliced(index, 1, { ...part, end: middle }, { ...part, start: middle }),
      index: index + 1,
    }
  }
  return { parts: [...parts], index: parts.length }
}

/** Makes borders at both ends of a span of the clip, and gives the parts between them to `change`. */
export function changeBetween(
  parts: readonly ClipPart[],
  { start, end }: Span,
  change: (parts: ClipPart[]) => ClipPart[],
): ClipPart[] {
  // The later one first: a border may move what lies behind it by a tick.
  const until = borderAt(parts, end)
  const from = borderAt(until.parts, start)
  const last = until.index + (from.parts.length - until.parts.length)
  if (from.index >= last) return [...parts]
  return [...from.parts.slice(0, from.index), ...change(from.parts.slice(from.index, last)), ...from.parts.slice(last)]
}

export function movePart(parts: readonly ClipPart[], from: number, to: number): ClipPart[] {
  const part = parts[from]
  return part === undefined ? [...parts] : parts.toSpliced(from, 1).toSpliced(to, 0, part)
}
