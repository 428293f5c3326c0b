import type { Ticks } from '../../src-shared/contract/time.ts'

interface Stretch {
  readonly start: Ticks
  readonly end: Ticks
}

/** Spans in the order of their starts, of which those in sight are found without looking at all of them. */
export interface Spans<Item extends Stretch> {
  readonly items: readonly Item[]
  /** From the first item that may reach `from` up to (not with) the first that starts after `to`. */
  range(from: Ticks, to: Ticks): readonly [first: number, last: number]
  /** Those that touch `from` to `to`, both ends included. */
  touching(from: Ticks, to: Ticks): Item[]
}

export function indexSpans<Item extends Stretch>(unordered: readonly Item[]): Spans<Item> {
  const ordered = unordered.every(({ start }, i) => i === 0 || (unordered[i - 1]?.start ?? 0) <= start)
  const items = ordered ? unordered : unordered.toSorted((a, b) => a.start - b.start)
  /** Latest end of each item and all before it: never falls, so it can be searched. */
  const reach = new Float64Array(items.length)
  for (const [i, { end }] of items.entries()) reach[i] = Math.max(end, reach[i - 1] ?? end)

  function range(from: Ticks, to: Ticks): readonly [number, number] {
    const first = firstWhere(items.length, (i) => (reach[i] ?? 0) >= from)
    return [
      first,
      Math.max(
        first,
        firstWhere(items.length, (i) => (items[i]?.start ?? 0) > to),
      ),
    ]
  }
  return {
    items,
    range,
    touching(from, to) {
      const [first, last] = range(from, to)
      return items.slice(first, last).filter(({ end }) => end >= from)
    },
  }
}

/** The first of `count` for which `holds`, which holds for all after it too; `count` where there is none. */
function firstWhere(count: number, holds: (index: number) => boolean): number {
  let [from, to] = [0, count]
  while (from < to) {
    const middle = (from + to) >> 1
    if (holds(middle)) to = middle
    else from = middle + 1
  }
  return from
}
