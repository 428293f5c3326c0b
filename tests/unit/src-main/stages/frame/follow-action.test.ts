import { describe, expect, it } from 'vitest'
import {
  COLUMNS,
  followAction,
  motionColumns,
  motionKept,
  type FollowKey,
} from '../../../../../src-main/stages/frame/follow-action.ts'
import { mulberry32 } from '../../../../../src-shared/domain/evaluation/random.ts'
import { TICKS_PER_SECOND } from '../../../../../src-shared/domain/time.ts'

const [width, height] = [160, 90]
const share = 81 / 256

/** A square of 14 pixels that flickers where `where` says, at twice a second. */
function pictures(where: (seconds: number) => number | null, { seconds = 20, noisy = 0 } = {}) {
  const random = mulberry32(5)
  const times = Array.from({ length: 2 * seconds }, (_, i) => (i * TICKS_PER_SECOND) / 2)
  const frames = times.map((_, n) => {
    const frame = new Uint8Array(width * height).map(() => 90 + noisy * (random() - 0.5))
    const x = where(n / 2)
    if (x === null) return frame
    for (let v = 40; v < 54; v++)
      for (let u = -7; u < 7; u++) frame[v * width + Math.round(x * width) + u] = 250 * random()
    return frame
  })
  return { width, height, times, frames }
}

function at(keys: readonly FollowKey[], seconds: number): number {
  const ticks = seconds * TICKS_PER_SECOND
  const a = keys.findLast((key) => key.at <= ticks) ?? keys[0]!
  const b = keys.find((key) => key.at > ticks) ?? a
  return a === b ? a.x : a.x + ((b.x - a.x) * (ticks - a.at)) / (b.at - a.at)
}

describe('followAction', () => {
  it('keeps most of what moves at the side, of which the middle keeps nothing', () => {
    const shown = pictures((t) => (t < 10 ? 0.2 : 0.75))
    const keys = followAction(shown, share)
    const motion = motionColumns(shown)
    expect(motionKept(motion, share, () => 0.5)).toBeLessThan(0.05)
    expect(motionKept(motion, share, (i) => at(keys, (i + 1) / 2))).toBeGreaterThan(0.7)
  })

  it('is no faster and no more sudden than a hand', () => {
    const keys = followAction(
      pictures((t) => (Math.floor(t / 3) % 2 ? 0.1 : 0.9)),
      share,
    )
    const path = Array.from({ length: 195 }, (_, n) => at(keys, n / 10))
    const speeds = path.slice(1).map((x, i) => 10 * (x - path[i]!))
    for (const [i, speed] of speeds.entries()) {
      expect(Math.abs(speed)).toBeLessThanOrEqual(0.2501)
      if (i > 0) expect(10 * Math.abs(speed - speeds[i - 1]!)).toBeLessThanOrEqual(0.5001)
    }
    for (const x of path) {
      expect(x).toBeGreaterThanOrEqual(share / 2 - 1e-9)
      expect(x).toBeLessThanOrEqual(1 - share / 2 + 1e-9)
    }
  })

  it('stays where nothing moves, little does, or everything does', () => {
    for (const shown of [
      pictures(() => null),
      pictures(() => null, { noisy: 8 }),
      pictures(() => null, { noisy: 180 }),
    ]) {
      expect(followAction(shown, share)).toEqual([{ at: 0, x: 0.5, y: 0.5 }])
    }
    expect(
      followAction(
        pictures(() => 0.5),
        share,
      ),
    ).toHaveLength(1)
  })

  it('takes no pictures at all', () => {
    expect(followAction({ width, height, times: [], frames: [] }, share)).toEqual([{ at: 0, x: 0.5, y: 0.5 }])
  })
})

it('counts motion where it is', () => {
  const [first] = motionColumns(pictures(() => 0.25, { seconds: 1 }))
  expect(first!.indexOf(Math.max(...first!)) / COLUMNS).toBeCloseTo(0.23, 1)
})
