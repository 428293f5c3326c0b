import { TICKS_PER_SECOND, type Ticks } from '../../../src-shared/domain/time.ts'
import { BLOCK, keptAt, planPath } from './plan-path.ts'

/** Grey pictures of a clip in time order, and when each was shown. */
export interface TimedPictures {
  readonly width: number
  readonly height: number
  readonly times: readonly Ticks[]
  readonly frames: readonly Uint8Array[]
}

/** Where a crop that is `share` of the picture wide looks; `x` is its middle, from 0 to 1. */
export interface FollowKey {
  readonly at: Ticks
  readonly x: number
  readonly y: number
}

/** Shares of the picture's width, a second and a second squared: slow enough to look like a person's hand. */
const fastest = 0.25
const hardest = 0.5
const step = 0.1
/** Seconds that it sets out before it wants to be elsewhere: half of what a move takes. */
const ahead = 0.5
/** Columns that the motion is counted in. */
export const COLUMNS = 32
/** A change under so many grey levels is noise. */
const noise = 12
/**
 * The path of a crop that follows what moves: where it keeps most of the motion over some time, and not more than that
 * is worth; it stays where nothing stands out (little moves, or everything does, as when a player turns). Speed and
 * acceleration are bounded. `share`: width of the crop by width of the picture, below 1. The keys are a tenth of a
 * second apart where it moves; a path that never leaves the middle is one key.
 */
export function followAction(pictures: TimedPictures, share: number): FollowKey[] {
  const start = pictures.times[0] ?? 0
  const seconds = (i: number): number => ((pictures.times[i] ?? start) - start) / TICKS_PER_SECOND
  const blocks: Float64Array[] = []
  for (const [i, columns] of motionColumns(pictures).entries()) {
    const block = Math.floor(seconds(i) / BLOCK)
    while (blocks.length <= block) blocks.push(new Float64Array(COLUMNS))
    for (const [n, value] of columns.entries()) blocks[block]![n]! += value
  }
  const wishes = planPath(blocks, share, fastest)
  const length = seconds(pictures.times.length - 1)
  const keys: FollowKey[] = []
  let [x, speed, next] = [0.5, 0, 0]
  let target = 0.5
  for (let n = 0; n * step <= length; n++) {
    while (next < wishes.length && wishes[next]!.at <= n * step + ahead) target = wishes[next++]!.x
    keys.push({ at: start + Math.round(n * step * TICKS_PER_SECOND), x, y: 0.5 })
    speed = nextSpeed(target - x, speed)
    x = Math.max(share / 2, Math.min(1 - share / 2, x + speed * step))
  }
  return withoutIdle(keys)
}

/** How much of all motion lies inside the crop, from 0 to 1; NaN where nothing moves. */
export function motionKept(motion: readonly Float64Array[], share: number, where: (index: number) => number): number {
  let [kept, all] = [0, 0]
  for (const [i, columns] of motion.entries()) {
    kept += keptAt(columns, where(i), share)
    all += columns.reduce((sum, value) => sum + value, 0)
  }
  return kept / all
}

/** Of each picture and the next one, how much changes in each of `COLUMNS` columns. */
export function motionColumns({ width, height, frames }: TimedPictures): Float64Array[] {
  return frames.slice(1).map((frame, i) => {
    const columns = new Float64Array(COLUMNS)
    const before = frames[i]!
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const change = Math.abs(frame[y * width + x]! - before[y * width + x]!)
        if (change > noise) columns[Math.floor((x * COLUMNS) / width)]! += change
      }
    }
    return columns
  })
}

/** Towards the target as fast as it can still brake, no faster and no more suddenly than is allowed. */
function nextSpeed(distance: number, speed: number): number {
  const change = hardest * step
  // In whole steps: after this one, braking by `change` each must end before the target; a fifth in reserve.
  const room = Math.abs(distance)
  const brake = (Math.sqrt(change * change + 8 * 0.8 * hardest * room) - change) / 2
  const wanted = Math.sign(distance) * Math.min(fastest, brake, room / step)
  return Math.max(speed - change, Math.min(speed + change, wanted))
}

/** Leaves out keys on a straight line between their neighbours. */
function withoutIdle(keys: readonly FollowKey[]): FollowKey[] {
  const kept = keys.filter((key, i) => {
    const [before, behind] = [keys[i - 1], keys[i + 1]]
    return !before || !behind || Math.abs(before.x + behind.x - 2 * key.x) > 1e-6
  })
  const [first] = kept
  return first && kept.every(({ x }) => Math.abs(x - first.x) < 1e-6) ? [first] : kept
}
