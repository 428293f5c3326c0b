import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  edgeOfFrame,
  middleOfFrame,
  stepFrames,
  toSeconds,
  toTicks,
} from '../../../../src-renderer/player/frame-times.ts'
import { rescale, TICK, ticksPerFrame } from '../../../../src-shared/domain/time.ts'

const rates = [
  { num: 24_000, den: 1001 },
  { num: 30_000, den: 1001 },
  { num: 60_000, den: 1001 },
  { num: 25, den: 1 },
  { num: 60, den: 1 },
]
const rate = fc.constantFrom(...rates)
/** Pictures of ten hours at 60 a second. */
const picture = fc.integer({ min: 0, max: 2_160_000 })

describe('pictures', () => {
  test('are stepped one by one, also after ten hours of them', () => {
    fc.assert(
      fc.property(rate, picture, fc.integer({ min: -50, max: 50 }), (fps, n, by) => {
        const shown = rescale(n, { num: fps.den, den: fps.num }, TICK)
        const next = stepFrames(middleOfFrame(shown, fps), by, fps)
        expect(Math.floor(next / ticksPerFrame(fps))).toBe(Math.max(0, n + by))
        // By way of the seconds that a browser knows, rounded to its microseconds.
        const seen = toTicks(Math.round(toSeconds(next) * 1e6) / 1e6)
        expect(Math.floor(seen / ticksPerFrame(fps))).toBe(Math.max(0, n + by))
      }),
    )
  })

  test('begin and end at their edges', () => {
    fc.assert(
      fc.property(rate, picture, (fps, n) => {
        const frame = ticksPerFrame(fps)
        const time = middleOfFrame(n * frame, fps)
        expect([edgeOfFrame(time, 'start', fps), edgeOfFrame(time, 'end', fps)]).toEqual([n * frame, (n + 1) * frame])
      }),
    )
  })
})
