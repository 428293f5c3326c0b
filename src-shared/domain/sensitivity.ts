/** In the middle, everything is as the program was tuned. */
const MIDDLE = 0.5

/**
 * How readily moments are taken, from one number that a person sets (0 to 1): the least score that is taken, four times
 * higher at 0 and four times lower at 1, and how many are taken in an hour, half as many and twice as many.
 */
export function sensitivityOf(
  sensitivity: number,
  usual: { readonly threshold: number; readonly perHour: number },
): { threshold: number; perHour: number } {
  const turn = (sensitivity - MIDDLE) / MIDDLE
  return {
    threshold: Math.min(1, usual.threshold * 4 ** -turn),
    perHour: usual.perHour * 2 ** turn,
  }
}
