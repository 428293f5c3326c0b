import { expect, it } from 'vitest'
import { followAction, type TimedPictures } from '../../../../../src-main/stages/frame/follow-action.ts'
import { isWorthFollowing } from '../../../../../src-main/stages/frame/worth-following.ts'
import { TICKS_PER_SECOND } from '../../../../../src-shared/domain/time.ts'

const [width, height] = [96, 54]

/** Thirty pictures, ten a second, each painted by `paint`. */
function pictures(paint: (x: number, y: number, i: number) => number): TimedPictures {
  const frames = Array.from({ length: 30 }, (_, i) =>
    Uint8Array.from({ length: width * height }, (__, at) => paint(at % width, Math.floor(at / width), i)),
  )
  return { width, height, frames, times: frames.map((_, i) => (i * TICKS_PER_SECOND) / 10) }
}

const share = 0.32

it('somebody who runs at the side is followed', () => {
  const run = pictures((x, y, i) => (x >= 70 + (i % 8) && x < 76 + (i % 8) && y > 20 && y < 40 ? 220 : 40))
  expect(isWorthFollowing(run, followAction(run, share), share)).toBe(true)
})

it('where everything moves, as when a player turns, the crop stays in the middle', () => {
  const turn = pictures((x, y, i) => ((x + 5 * i) * 37 + y * 11) % 256)
  expect(isWorthFollowing(turn, followAction(turn, share), share)).toBe(false)
  const still = pictures(() => 90)
  expect(isWorthFollowing(still, followAction(still, share), share)).toBe(false)
})
