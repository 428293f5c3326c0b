import { secondsFromTicks, type Ticks } from '../../../src-shared/domain/time.ts'
import { motionColumns, motionKept, type FollowKey, type TimedPictures } from './follow-action.ts'

/** A path must keep so much more of all motion than the middle does; else it only wanders. */
const GAIN = 1.25

/**
 * Whether a crop that follows the action shows clearly more of it than one that stays in the middle. Where a player
 * turns, everything moves: then what matters is in the middle, where they aim.
 */
export function isWorthFollowing(pictures: TimedPictures, keys: readonly FollowKey[], share: number): boolean {
  if (keys.length < 2) return false
  const motion = motionColumns(pictures)
  const followed = motionKept(motion, share, (i) => pathAt(keys, pictures.times[i] ?? 0))
  return followed >= GAIN * motionKept(motion, share, () => 0.5)
}

function pathAt(keys: readonly FollowKey[], at: Ticks): number {
  const next = keys.findIndex((key) => key.at > at)
  const [before, after] = [keys[next - 1], keys[next]]
  if (before === undefined || after === undefined) return (next === 0 ? keys[0] : keys.at(-1))?.x ?? 0.5
  return before.x + (after.x - before.x) * (secondsFromTicks(at - before.at) / secondsFromTicks(after.at - before.at))
}
