import { lowerBound } from '../../../src-shared/domain/robust-z.ts'
import { SLOT_RATE } from '../../../src-shared/domain/signal.ts'

/**
 * What the built-in signals score of an ordinary lively moment (its median over matches is 0.1, nine in ten slots have
 * less than 0.18).
 */
export const leastOrdinary = 0.15

/** What is reached for longer than the longest clip, */
const ordinarySeconds = 45
/** within this much to either side, is no moment: somebody talks now and then, a menu has its own sounds and colours. */
const contextSeconds = 300

/**
 * What the signals may score at each slot and still be ordinary: 0.15, or the level that they reach for 45 s, all together,
 * within five minutes to either side. A bang or a flash stays far below 45 s, and so do the best moments of a match. The
 * window is kept sorted while it slides.
 */
export function ordinaryLevel(signals: ArrayLike<number>): Float32Array {
  const [context, rank] = [contextSeconds * SLOT_RATE, ordinarySeconds * SLOT_RATE]
  const out = new Float32Array(signals.length).fill(leastOrdinary)
  // One more than the window, because a value enters before another leaves.
  const sorted = new Float32Array(2 * context + 2)
  let size = 0
  for (let i = -context; i < signals.length; i++) {
    const entering = signals[i + context]
    if (entering !== undefined) {
      const at = lowerBound(sorted, size, Math.fround(entering))
      sorted.copyWithin(at + 1, at, size)
      sorted[at] = entering
      size += 1
    }
    const leaving = signals[i - context - 1]
    if (leaving !== undefined) {
      const at = lowerBound(sorted, size, Math.fround(leaving))
      sorted.copyWithin(at, at + 1, size)
      size -= 1
    }
    if (i >= 0 && size >= rank) out[i] = Math.max(leastOrdinary, sorted[size - rank]!)
  }
  return out
}
