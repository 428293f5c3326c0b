import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makeCurves } from '../../../../../src-main/stages/timeline/make-curves.ts'
import { TICKS_PER_SECOND as S } from '../../../../../src-shared/domain/time.ts'
import type { SignalCurve } from '../../../../../src-shared/domain/signal.ts'

const curve = (
  values: number[],
  valid = values.map(() => 1),
  id = 'audio.rms',
  track: number | null = 0,
): SignalCurve => ({
  ...{ id, track, unit: 'dB' },
  values: Float32Array.from(values),
  z: Float32Array.from(values, (value) => value / 2),
  valid: Uint8Array.from(valid),
})
const tracks = [
  { title: '', role: 'game' as const },
  { title: 'Mic/Aux', role: 'mic' as const },
]
const make = (curves: SignalCurve[], request: object, scores: number[] = []) =>
  makeCurves({ scores, threshold: 0.15, curves, tracks }, { from: 0, to: 4 * S, points: 4000, as: 'value', ...request })

describe('curves of a timeline', () => {
  it('are as measured where there is room', () => {
    const made = make([curve([1, 2, 3, 4, 5, 6, 7, 8])], {}, [0, 0.5, 1, 0, 0, 0, 0, 0.25])
    expect(made).toMatchObject({ from: 0, step: S / 2, score: { high: [0, 0.5, 1, 0, 0, 0, 0, 0.25] } })
    expect(made.curves[0]).toMatchObject({
      signal: 'audio.rms',
      name: 'Loudness (game)',
      low: [1, 2, 3, 4, 5, 6, 7, 8],
    })
  })

  it('keep the extremes of what is drawn in one point, and say where nothing is known', () => {
    const made = make([curve([1, 9, 3, 4, 0, 0, 7, 8], [1, 1, 1, 1, 0, 0, 1, 0])], { points: 4 })
    expect(made.curves[0]).toMatchObject({ low: [1, 3, null, 7], high: [9, 4, null, 7] })
    expect(made.step).toBe(S)
  })

  it('begin at the slot of the time that is asked for, and end beyond the recording with nothing', () => {
    const made = make([curve([1, 2, 3])], { from: 0.7 * S, to: 2.1 * S })
    expect(made.from).toBe(0.5 * S)
    expect(made.curves[0]!.low).toEqual([2, 3, null, null])
  })

  it('are only those that are asked for, by the names that reasons have', () => {
    const curves = [curve([1]), curve([2], [1], 'audio.onset', 1), curve([3], [1], 'markers', null)]
    const made = make(curves, { signals: ['audio[1].onset', 'markers'], as: 'unusual' })
    expect(made.curves).toMatchObject([
      {
        signal: 'audio[1].onset',
        name: 'Sudden sounds (Mic/Aux)',
        group: 'sound',
        unit: 'spreads',
        high: [1, null, null, null, null, null, null, null],
      },
      { signal: 'markers', name: 'Markers', group: 'markers' },
    ])
  })

  it('lose no extreme, and never have more points than were asked for', () => {
    const values = fc.array(fc.double({ min: -100, max: 100, noNaN: true }), { minLength: 1, maxLength: 300 })
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 50 }), (all, points) => {
        const float = Array.from(Float32Array.from(all))
        const [made] = make([curve(all)], { to: (all.length / 2) * S, points }).curves
        const known = (list: (number | null)[]): number[] => list.filter((value) => value !== null)
        expect(made!.low.length).toBeLessThanOrEqual(points)
        expect(Math.min(...known(made!.low))).toBe(Number(Math.min(...float).toPrecision(4)))
        expect(Math.max(...known(made!.high))).toBe(Number(Math.max(...float).toPrecision(4)))
      }),
    )
  })
})
