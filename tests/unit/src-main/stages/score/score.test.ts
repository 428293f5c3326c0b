import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Scorer } from '../../../../../src-main/stages/score/scorer.ts'
import { signalsScorer } from '../../../../../src-main/stages/score/signals-scorer.ts'
import { weighSignals, type Weighing } from '../../../../../src-main/stages/score/weigh-signals.ts'
import { withFallback } from '../../../../../src-main/stages/score/with-fallback.ts'
import { ClutchcutError } from '../../../../../src-shared/contract/errors.ts'
import { trackRoles, type TrackRole } from '../../../../../src-shared/contract/media-info.ts'
import { listenTo, median, smooth } from '../../../../../src-shared/domain/score.ts'
import { signalWeights } from '../../../../../src-shared/domain/signal-weights.ts'
import { bump, makeSignals, noPictures, type CurveSpec } from '../../../../helpers/make-signals.ts'

const weighing: Weighing = {
  weights: [
    { id: 'audio.rms', weight: 0.5, mic: 0.5 },
    { id: 'packet.rate', weight: 0.5 },
  ],
  seconds: 0.5,
  scale: 1,
  bias: 0,
}
const logistic = (x: number): number => 1 / (1 + Math.exp(-x))
const weigh = (curves: readonly CurveSpec[], roles: readonly TrackRole[] = ['game'], length = 20): number =>
  weighSignals({ signals: makeSignals(length, curves), roles }, weighing)[10]!
const loud = (track: number, z: number): CurveSpec => ({ id: 'audio.rms', track, z: () => z })
const packets = (z: number): CurveSpec => ({ id: 'packet.rate', z: () => z })

describe('the weighted sum', () => {
  test('adds weight times z, and goes through the logistic', () => {
    expect(weigh([loud(0, 2), packets(1)])).toBeCloseTo(logistic(1.5))
  })
  test('limits a z-score: one explosion is not ten kills', () => {
    expect(weigh([packets(100)])).toBeCloseTo(logistic(4))
    expect(weigh([loud(0, 100), packets(0)])).toBe(weigh([loud(0, 8), packets(0)]))
    expect(weigh([loud(0, -100), packets(0)])).toBeCloseTo(logistic(-1))
  })
  test('where a signal is missing or masked, the others carry its weight, at most doubled', () => {
    expect(weigh([loud(0, 2)])).toBeCloseTo(logistic(2))
    expect(weigh([loud(0, 2), { ...packets(3), valid: (i) => i !== 10 }])).toBeCloseTo(logistic(2))
    expect(weigh([loud(0, 2), packets(Number.NaN)])).toBeCloseTo(logistic(2))
    expect(weigh([])).toBeCloseTo(0.5)
  })
  test('of several game tracks the strongest counts', () => {
    expect(weigh([loud(0, 1), loud(1, 3), packets(0)], ['game', 'game'])).toBeCloseTo(logistic(1.5))
  })
  test('a microphone adds its rises, and its silence takes nothing away', () => {
    expect(weigh([loud(0, 1), loud(1, 2), packets(0)], ['game', 'mic'])).toBeCloseTo(logistic(1.5))
    expect(weigh([loud(0, 1), loud(1, -2), packets(0)], ['game', 'mic'])).toBeCloseTo(logistic(0.5))
  })
  test('a single bang out of silence counts by itself, for a moment, on a game or a microphone track', () => {
    const bang = (track: number, slot: number): CurveSpec => ({
      id: 'audio.rms',
      track,
      z: (i) => (i === slot ? 8 : 0),
    })
    const extra = 0.5 * (8 * 0.31 - 1)
    expect(weigh([bang(0, 12), packets(0)])).toBeCloseTo(logistic(extra))
    expect(weigh([bang(0, 13), packets(0)])).toBeCloseTo(logistic(0))
    expect(weigh([loud(0, 0), bang(1, 12), packets(0)], ['game', 'mic'])).toBeCloseTo(logistic(extra))
    expect(weigh([loud(0, 0), bang(1, 12), packets(0)], ['game', 'music'])).toBeCloseTo(logistic(0))
  })
  test('a mix beside a game track is not heard', () => {
    expect(weigh([loud(0, 4), loud(1, 1), packets(0)], ['mix', 'game'])).toBeCloseTo(logistic(0.5))
  })
})

describe('the signals scorer', () => {
  test('a moment that rises in the main signals stands out', async () => {
    const z = bump(300, 4, 10)
    const curves = signalWeights.map(({ id }) => ({ id, track: id.startsWith('audio') ? 0 : null, z }))
    const input = { signals: makeSignals(600, curves), mel: [], pictures: noPictures, roles: ['game' as const] }
    const { scores, model, device } = await signalsScorer.score(input, { device: 'webgpu' })
    expect(scores.indexOf(Math.max(...scores))).toBeGreaterThan(290)
    expect(scores[300]).toBeGreaterThan(0.5)
    expect(scores[100]).toBeLessThan(0.3)
    expect(model).toEqual({ id: 'signals', version: '1.0.0' })
    expect(device).toEqual({ used: 'cpu', fallbackReason: null })
  })

  test('stops when aborted', async () => {
    const input = { signals: makeSignals(10, []), mel: [], pictures: noPictures, roles: [] }
    await expect(signalsScorer.score(input, { device: 'cpu', signal: AbortSignal.abort() })).rejects.toThrow(/abort/)
  })

  test('always gives finite probabilities, the same each time', () => {
    const curve = fc.record({
      id: fc.constantFrom(...signalWeights.map((w) => w.id)),
      track: fc.option(fc.nat(2)),
      numbers: fc.array(fc.oneof(fc.double(), fc.constantFrom(Number.NaN, Infinity, -Infinity)), {
        minLength: 1,
        maxLength: 9,
      }),
    })
    const roles = fc.array(fc.constantFrom(...trackRoles), { maxLength: 3 })
    fc.assert(
      fc.property(fc.array(curve, { maxLength: 8 }), roles, fc.nat(60), (curves, trackRole, length) => {
        const specs = curves.map(({ id, track, numbers }) => ({
          id,
          track,
          z: (i: number) => numbers[i % numbers.length]!,
        }))
        const input = { signals: makeSignals(length, specs), mel: [], pictures: noPictures, roles: trackRole }
        const scores = weighSignals(input)
        expect(scores).toHaveLength(length)
        expect(scores.every((score) => score >= 0 && score <= 1)).toBe(true)
        expect(weighSignals(input)).toEqual(scores)
      }),
    )
  })
})

describe('falling back', () => {
  const input = { signals: makeSignals(10, []), mel: [], pictures: noPictures, roles: [] }
  const failing = (error: Error): Scorer => ({
    model: { id: 'highlights', version: '1' },
    score: () => Promise.reject(error),
  })

  test('a model that cannot be used costs no clips, and it says so', async () => {
    const error = new ClutchcutError('model/invalid', 'The model is broken. Install it again.')
    const { model, device } = await withFallback(failing(error), signalsScorer).score(input, { device: 'auto' })
    expect(model.id).toBe('signals')
    expect(device.fallbackReason).toBe(
      'The model is broken. Install it again. Scored with the built-in signals instead.',
    )
  })

  test('an abort and other failures are not hidden', async () => {
    await expect(
      withFallback(failing(new Error('a bug')), signalsScorer).score(input, { device: 'auto' }),
    ).rejects.toThrow('a bug')
    const error = new ClutchcutError('inference/failed', 'Ended.')
    const aborted = withFallback(failing(error), signalsScorer).score(input, {
      device: 'auto',
      signal: AbortSignal.abort(),
    })
    await expect(aborted).rejects.toMatchObject({ name: 'AbortError' })
  })
})

describe('which tracks are heard', () => {
  test.each<[TrackRole[], number[], number[]]>([
    [['mix', 'game', 'mic'], [1], [2]],
    [['mix', 'mic'], [0], [1]],
    [['unknown'], [0], []],
    [['mix', 'unknown', 'unknown'], [0], []],
    [['mic'], [], [0]],
    [['music', 'chat'], [0, 1], []],
    [['game', 'game', 'music'], [0, 1], []],
    [[], [], []],
  ])('%j', (roles, game, mic) => expect(listenTo(roles)).toEqual({ game, mic }))
})

describe('smoothing', () => {
  test('three seconds are six slots, the outermost two counting half', () => {
    const values = Array.from({ length: 21 }, (_, i) => (i === 10 ? 6 : 0))
    expect([...smooth(values, 3)].slice(6, 15)).toEqual([0, 0.5, 1, 1, 1, 1, 1, 0.5, 0])
  })
  test('a constant stays constant, to its ends', () => {
    for (const value of smooth(
      Array.from({ length: 9 }, () => 0.3),
      3,
    ))
      expect(value).toBeCloseTo(0.3, 6)
  })
  test('a median ignores what is no number', () => {
    expect(median([3, Number.NaN, 1, 2])).toBe(2)
    expect(median([1, 2])).toBe(1.5)
    expect(median([])).toBeNaN()
  })
})
