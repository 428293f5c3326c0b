import { startOfSlot, TICKS_PER_SLOT } from '../../../src-shared/domain/signal.ts'
import { secondsFromTicks, type Ticks } from '../../../src-shared/domain/time.ts'

/** Seconds; older pictures say as little as none. Recorders put keyframes at most ten seconds apart. */
export const OLDEST_PICTURE = 10.5

export interface PictureRange {
  /** Number of the first picture among all of the recording. */
  readonly first: number
  readonly count: number
}

/**
 * The pictures that slots `from` to `to` (exclusive) are shown: from the last one at or before the first slot's start
 * through the last slot's end. `times` ascend.
 */
export function picturesFor(times: readonly Ticks[], from: number, to: number): PictureRange {
  const first = Math.max(0, countUpTo(times, startOfSlot(from)) - 1)
  return { first, count: Math.max(0, countUpTo(times, startOfSlot(to)) - first) }
}

/**
 * Which picture of the range each slot is shown (the last one at or before its end; 0 when there is none yet), and
 * the seconds from it to the slot's middle, at most `OLDEST_PICTURE`, which also says that there is none.
 */
export function indexPictures(
  times: readonly Ticks[],
  { first, count }: PictureRange,
  from: number,
  to: number,
): { index: BigInt64Array<ArrayBuffer>; age: Float32Array<ArrayBuffer> } {
  const index = new BigInt64Array(to - from)
  const age = new Float32Array(to - from).fill(OLDEST_PICTURE)
  let next = first
  for (let slot = from; slot < to; slot++) {
    const start = startOfSlot(slot)
    while (next < first + count && times[next]! <= start + TICKS_PER_SLOT) next += 1
    if (next === first) continue
    index[slot - from] = BigInt(next - 1 - first)
    age[slot - from] = Math.min(OLDEST_PICTURE, secondsFromTicks(start + TICKS_PER_SLOT / 2 - times[next - 1]!))
  }
  return { index, age }
}

/** How many of the ascending times are at or before `end`. */
function countUpTo(times: readonly Ticks[], end: Ticks): number {
  let [low, high] = [0, times.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (times[middle]! <= end) low = middle + 1
    else high = middle
  }
  return low
}
