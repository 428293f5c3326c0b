/** Stretches of media time, in seconds: what a browser's `TimeRanges` hold. */
export interface Stretch {
  readonly from: number
  readonly to: number
}

export interface PiecesQuery {
  /** Where playing is, in seconds. */
  readonly time: number
  readonly seconds: number
  readonly count: number
  readonly bounds: 'exact' | 'keyframes'
  /** Pieces that were appended and not removed since. */
  readonly have: Pick<ReadonlySet<number>, 'has'>
  readonly buffered: readonly Stretch[]
  /** How far ahead to load. */
  readonly ahead: number
}

/** Timestamps are rounded on their way into a buffer. */
const TOLERANCE = 0.1

/**
 * Which piece to load next, or null: first the one that is being played, then (where pieces begin at keyframes and this
 * one began too late) those before it, then those ahead.
 */
export function nextPiece({ time, seconds, count, bounds, have, buffered, ahead }: PiecesQuery): number | null {
  const at = Math.min(count - 1, Math.max(0, Math.floor(time / seconds)))
  if (!have.has(at)) return at
  if (bounds === 'keyframes' && !covers(buffered, time)) {
    for (let n = at - 1; n >= 0; n -= 1) if (!have.has(n)) return n
  }
  const last = Math.min(count - 1, Math.floor((time + ahead) / seconds))
  for (let n = at + 1; n <= last; n += 1) if (!have.has(n)) return n
  return null
}

function covers(buffered: readonly Stretch[], time: number): boolean {
  return buffered.some(({ from, to }) => from - TOLERANCE <= time && time < to)
}

/** Whether a time is in the buffer. */
export function holds(buffered: readonly Stretch[], time: number): boolean {
  return buffered.some(({ from, to }) => from <= time && time < to)
}

/** Pieces far enough from where playing is to be taken out, farthest first. */
export function farPieces(have: ReadonlyMap<number, unknown>, at: number, keep: number): number[] {
  return [...have.keys()].filter((n) => Math.abs(n - at) > keep).sort((a, b) => Math.abs(b - at) - Math.abs(a - at))
}

/**
 * Pieces that a browser took out itself, to make room. `have`: whether a piece's middle was in the buffer once it was
 * appended; where it was not (a short or an empty piece), nothing can be said.
 */
export function evictedPieces(
  have: ReadonlyMap<number, boolean>,
  buffered: readonly Stretch[],
  seconds: number,
): number[] {
  return [...have].filter(([n, held]) => held && !holds(buffered, (n + 0.5) * seconds)).map(([n]) => n)
}
