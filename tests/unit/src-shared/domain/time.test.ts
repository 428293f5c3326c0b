import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  formatClock,
  formatPreciseClock,
  formatSeconds,
  ptsFromTicks,
  rescale,
  TICKS_PER_SECOND,
  ticksFromPts,
  ticksFromSeconds,
  ticksPerFrame,
} from '../../../../src-shared/domain/time.ts'

const timebases = [
  { num: 1, den: 90_000 },
  { num: 1, den: 1000 },
  { num: 1, den: 15_360 },
  { num: 1, den: 48_000 },
  { num: 1, den: 44_100 },
  { num: 1001, den: 60_000 },
]
const tenHours = 36_000

describe('ticks', () => {
  it('hold the usual frames and samples exactly', () => {
    for (const fps of [24, 25, 30, 48, 50, 60, 90, 100, 120]) {
      expect(ticksPerFrame({ num: fps, den: 1 }) * fps).toBe(TICKS_PER_SECOND)
      expect(ticksPerFrame({ num: fps * 1000, den: 1001 }) * fps * 1000).toBe(TICKS_PER_SECOND * 1001)
    }
    for (const rate of [8000, 16_000, 22_050, 32_000, 44_100, 48_000, 96_000, 192_000]) {
      expect(TICKS_PER_SECOND % rate).toBe(0)
    }
  })

  it('give back the PTS they came from, over ten hours', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...timebases),
        fc.double({ min: -5, max: tenHours, noNaN: true }),
        (timebase, seconds) => {
          const pts = Math.trunc((seconds * timebase.den) / timebase.num) || 0 // never -0
          expect(ptsFromTicks(ticksFromPts(pts, timebase), timebase)).toBe(pts)
        },
      ),
    )
  })

  it('round as told, also below zero', () => {
    const [third, one] = [
      { num: 1, den: 3 },
      { num: 1, den: 1 },
    ]
    expect([-4, -1, 1, 4].map((n) => rescale(n, third, one, 'down'))).toEqual([-2, -1, 0, 1])
    expect([-4, -1, 1, 4].map((n) => rescale(n, third, one, 'up'))).toEqual([-1, 0, 1, 2])
    expect([-3, -1, 1, 3].map((n) => rescale(n, { num: 1, den: 2 }, one))).toEqual([-2, -1, 1, 2])
  })

  it('are ordered as the times are', () => {
    fc.assert(
      fc.property(fc.constantFrom(...timebases), fc.integer(), fc.integer(), (timebase, a, b) => {
        expect(Math.sign(ticksFromPts(a, timebase) - ticksFromPts(b, timebase))).toBe(Math.sign(a - b))
      }),
    )
  })

  it('refuse what is no time', () => {
    expect(() => ticksFromSeconds(Number.NaN)).toThrow(RangeError)
    expect(() => ticksFromSeconds(Number.POSITIVE_INFINITY)).toThrow(RangeError)
  })

  it('are written for FFmpeg and for people', () => {
    expect(formatSeconds(ticksFromSeconds(0.0000001))).toBe('0.000000')
    expect(formatSeconds(ticksFromSeconds(36_000.5))).toBe('36000.500000')
    expect(formatClock(ticksFromSeconds(3723.9))).toBe('1:02:03')
    expect(formatClock(ticksFromSeconds(63))).toBe('1:03')
  })
})

describe('a precise clock', () => {
  it('shows milliseconds, carried over', () => {
    expect(formatPreciseClock(ticksFromSeconds(3723.5))).toBe('1:02:03.500')
    expect(formatPreciseClock(ticksFromSeconds(59.9996))).toBe('1:00.000')
    expect(formatPreciseClock(ticksFromSeconds(0.0004))).toBe('0:00.000')
    expect(formatPreciseClock(-5)).toBe('0:00.000')
  })

  it('is off by half a millisecond at most', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: ticksFromSeconds(36_000) }), (ticks) => {
        const parts = formatPreciseClock(ticks).split(':').map(Number)
        const shown = parts.reduce((sum, part) => sum * 60 + part, 0)
        expect(Math.abs(shown - ticks / TICKS_PER_SECOND)).toBeLessThanOrEqual(0.0005 + 1e-9)
      }),
    )
  })
})
