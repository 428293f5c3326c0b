import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  clampView,
  followView,
  panView,
  pinchOf,
  pinchView,
  rulerStep,
  snap,
  viewOfSpan,
  wheelPixels,
  wheelZoom,
  zoomView,
} from '../../../../src-renderer/timeline/view.ts'
import { TICKS_PER_SECOND as S } from '../../../../src-shared/domain/time.ts'

const duration = fc.integer({ min: S, max: 36_000 * S })
const share = fc.double({ min: 0, max: 1, noNaN: true })

const viewIn = fc.tuple(duration, share, share).map(([length, a, b]) => {
  const [from, to] = [Math.min(a, b) * length, Math.max(a, b) * length]
  return { length, view: clampView({ from, to }, length) }
})

describe('views', () => {
  test('stay inside the recording, whatever is done to them', () => {
    fc.assert(
      fc.property(
        viewIn,
        fc.double({ min: 0.01, max: 100, noNaN: true }),
        share,
        fc.integer({ min: -1e13, max: 1e13 }),
        ({ length, view }, factor, at, by) => {
          const time = view.from + at * (view.to - view.from)
          for (const next of [
            zoomView(view, factor, time, length),
            panView(view, by, length),
            followView(view, time, length),
            viewOfSpan({ start: time, end: time + S }, length),
          ]) {
            expect(next.from).toBeGreaterThanOrEqual(0)
            expect(next.to).toBeLessThanOrEqual(Math.max(length, S / 2))
            expect(next.to - next.from).toBeGreaterThanOrEqual(Math.min(S / 2, length) - 1)
          }
        },
      ),
    )
  })

  test('zooming keeps what lies under the pointer where it is', () => {
    const view = { from: 100 * S, to: 200 * S }
    const next = zoomView(view, 0.5, 125 * S, 1000 * S)
    expect(next).toEqual({ from: 112.5 * S, to: 162.5 * S })
    expect((125 * S - next.from) / (next.to - next.from)).toBeCloseTo(0.25, 9)
  })

  test('panning keeps the length, also at the ends', () => {
    fc.assert(
      fc.property(viewIn, fc.integer({ min: -1e13, max: 1e13 }), ({ length, view }, by) => {
        const next = panView(view, by, length)
        expect(next.to - next.from).toBe(view.to - view.from)
      }),
    )
  })

  test('following moves only when the playhead leaves', () => {
    const view = { from: 100 * S, to: 200 * S }
    expect(followView(view, 150 * S, 1000 * S)).toBe(view)
    expect(followView(view, 300 * S, 1000 * S)).toEqual({ from: 280 * S, to: 380 * S })
  })

  test('labels of the ruler stand apart', () => {
    fc.assert(
      fc.property(viewIn, fc.integer({ min: 100, max: 4000 }), ({ view }, width) => {
        const step = rulerStep(view, width, 80)
        const pixels = (step / (view.to - view.from)) * width
        expect(pixels).toBeGreaterThanOrEqual(79.9)
      }),
    )
  })

  test('sticks to the nearest point within reach', () => {
    expect(snap(100, [90, 104, 120], 10)).toBe(104)
    expect(snap(100, [80, 120], 10)).toBe(100)
  })
})

const pixels = fc.double({ min: 0, max: 1000, noNaN: true })
const at = (x: number) => ({ x, y: 0 })
/** Where two fingers lie, from left to right, clearly apart. */
const twoFingers = fc
  .record({ left: fc.double({ min: 0, max: 900, noNaN: true }), apart: fc.double({ min: 31, max: 100, noNaN: true }) })
  .map(({ left, apart }) => [left, left + apart] as const)

describe('two fingers', () => {
  test('keep the times that they lie on, where the recording leaves room for it', () => {
    fc.assert(
      fc.property(twoFingers, twoFingers, fc.boolean(), (before, after, crossed) => {
        const [length, view] = [36_000 * S, { from: 17_000 * S, to: 18_000 * S }]
        const [a, b] = crossed ? [before[1], before[0]] : before
        const [c, d] = crossed ? [after[1], after[0]] : after
        const next = pinchView(view, pinchOf(at(a), at(b)), pinchOf(at(c), at(d)), 1000, length)
        expect(next.from > 0 && next.to < length).toBe(true)
        const time = (x: number, { from, to }: { from: number; to: number }): number =>
          (from + (x / 1000) * (to - from)) / S
        const exact = (next.to - next.from) / S / 1e9
        expect(Math.abs(time(c, next) - time(a, view))).toBeLessThan(exact + 1e-6)
        expect(Math.abs(time(d, next) - time(b, view))).toBeLessThan(exact + 1e-6)
      }),
    )
  })

  test('never leave the recording, and do not jump where they touch', () => {
    fc.assert(
      fc.property(viewIn, pixels, pixels, pixels, pixels, ({ length, view }, a, b, c, d) => {
        const next = pinchView(view, pinchOf(at(a), at(b)), pinchOf(at(c), at(d)), 1000, length)
        expect(next.from).toBeGreaterThanOrEqual(0)
        expect(next.to).toBeLessThanOrEqual(Math.max(length, S / 2))
        expect(next.to - next.from).toBeLessThanOrEqual(((view.to - view.from) * 1000) / 24 + S)
      }),
    )
  })

  test('one above the other are as far apart as they are', () => {
    expect(pinchOf({ x: 100, y: 0 }, { x: 100, y: 90 })).toEqual({ distance: 90, middle: 100 })
  })
})

describe('a wheel', () => {
  test('back is the opposite of forth, within bounds', () => {
    fc.assert(
      fc.property(fc.double({ min: -1e6, max: 1e6, noNaN: true }), fc.boolean(), (turn, pinching) => {
        const factor = wheelZoom(turn, pinching)
        expect(factor * wheelZoom(-turn, pinching)).toBeCloseTo(1, 9)
        expect(factor).toBeGreaterThanOrEqual(Math.exp(-1))
        expect(factor).toBeLessThanOrEqual(Math.exp(1))
      }),
    )
  })

  test('counts in pixels, lines or pages', () => {
    expect([0, 1, 2].map((mode) => wheelPixels(3, mode))).toEqual([3, 48, 1200])
  })
})
