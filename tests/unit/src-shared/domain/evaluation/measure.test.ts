import { describe, expect, test } from 'vitest'
import { measureNames } from '../../../../../src-shared/contract/evaluation-document.ts'
import { averagePrecision, rank } from '../../../../../src-shared/domain/evaluation/average-precision.ts'
import {
  baselineCurves,
  evenlySpaced,
  randomCurve,
  stretched,
} from '../../../../../src-shared/domain/evaluation/baselines.ts'
import {
  bootstrap,
  bootstrapDifference,
  bootstrapSeconds,
  shareInterval,
} from '../../../../../src-shared/domain/evaluation/bootstrap.ts'
import { meanMeasures, measure } from '../../../../../src-shared/domain/evaluation/measure.ts'
import { bestPeaks } from '../../../../../src-shared/domain/evaluation/peaks.ts'
import { perSecond } from '../../../../../src-shared/domain/evaluation/per-second.ts'
import { mulberry32 } from '../../../../../src-shared/domain/evaluation/random.ts'
import { momentsOfEvents, truthOf } from '../../../../../src-shared/domain/evaluation/truth.ts'
import { makeSignals } from '../../../../helpers/make-signals.ts'

const truth = truthOf(momentsOfEvents([100, 103, 200, 300].map((t) => ({ t, kind: 'kill' }))), 400, 'top')
const perfect = Float32Array.from({ length: 800 }, (_, i) => truth.relevance[i >> 1]!)
const clips = truth.highlights.map(({ from, to }) => ({ start: from, end: to + 1, peak: (from + to) / 2 }))

describe('all measures', () => {
  test('of a perfect score are perfect', () => {
    const found = measure(truth, perfect, clips)
    for (const name of ['averagePrecision', 'ndcg10', 'f30', 'f50', 'precision50', 'recall50', 'startHeld'] as const) {
      expect([name, found[name]]).toEqual([name, 1])
    }
    expect(found.lift).toBeCloseTo(400 / truth.positive.filter(Boolean).length)
    expect(Object.keys(found)).toEqual(measureNames)
  })

  test('of a score that says nothing are those of blind picking', () => {
    const found = measure(truth, new Float32Array(800), [])
    expect(found.lift).toBeCloseTo(1)
    expect(found.f30).toBe(0)
    expect(found.startHeld).toBeNaN()
  })

  test('means leave out what is not defined', () => {
    const [good, none] = [measure(truth, perfect, clips), measure(truth, new Float32Array(800), [])]
    const mean = meanMeasures([good, none])
    expect(mean.f30).toBe(0.5)
    expect(mean.startHeld).toBe(1)
  })

  test('refuse scores of another length', () => {
    expect(() => measure(truth, new Float32Array(100), [])).toThrow(RangeError)
  })
})

describe('intervals', () => {
  test('hold the mean and are the same each time', () => {
    const { mean, low, high } = bootstrap([1, 2, 3, 4, 5])
    expect(mean).toBe(3)
    expect(low).toBeCloseTo(1.8, 0)
    expect(high).toBeCloseTo(4.2, 0)
    expect(bootstrap([1, 2, 3, 4, 5])).toEqual({ mean, low, high })
    expect(bootstrap([2, Number.NaN, 2])).toEqual({ mean: 2, low: 2, high: 2 })
    expect(bootstrap([])).toEqual({ mean: Number.NaN, low: Number.NaN, high: Number.NaN })
  })

  test('of paired differences are as narrow as the differences, however much the matches differ', () => {
    const random = mulberry32(3)
    const base = Array.from({ length: 20 }, () => random())
    const better = base.map((value, i) => value + 0.1 + 0.01 * Math.sin(i))
    const { mean, low, high } = bootstrapDifference(better, base)
    expect(mean).toBeCloseTo(0.1, 2)
    expect(high - low).toBeLessThan(0.02)
    const apart = bootstrap(better)
    expect(apart.high - apart.low).toBeGreaterThan(0.15)
  })

  test('cover the true mean about as often as they say', () => {
    let covered = 0
    for (let round = 0; round < 60; round++) {
      const random = mulberry32(1000 + round)
      const { low, high } = bootstrap(Array.from({ length: 30 }, random))
      if (low <= 0.5 && high >= 0.5) covered += 1
    }
    expect(covered / 60).toBeGreaterThan(0.87)
    expect(covered / 60).toBeLessThan(1)
  })

  test('over groups are wider where the members of a group are alike', () => {
    const values = Array.from({ length: 40 }, (_, i) => Math.floor(i / 10))
    const groups = values.map(String)
    const width = ({ low, high }: { low: number; high: number }): number => high - low
    expect(width(bootstrap(values, groups))).toBeGreaterThan(2 * width(bootstrap(values)))
    expect(bootstrap(values, groups).mean).toBe(1.5)
  })

  test('within one recording', () => {
    const ranking = rank(perSecond(perfect))
    expect(bootstrapSeconds(ranking, truth.positive)).toEqual({ mean: 1, low: 1, high: 1 })
    const noisy = perSecond(randomCurve(800, 4).map((value, i) => value + perfect[i]! / 4))
    const { mean, low, high } = bootstrapSeconds(rank(noisy), truth.positive)
    expect(mean).toBe(averagePrecision(rank(noisy), truth.positive))
    expect(low).toBeLessThan(mean)
    expect(high).toBeGreaterThan(mean)
  })

  test('of a share (Wilson)', () => {
    const { low, high } = shareInterval(3, 6)
    expect(low).toBeCloseTo(0.1876, 3)
    expect(high).toBeCloseTo(0.8124, 3)
    expect(shareInterval(0, 10)).toMatchObject({ mean: 0, low: 0 })
  })
})

describe('baselines', () => {
  test('hear the loudest game track, or the mix, and know where nothing is known', () => {
    const signals = makeSignals(4, [
      { id: 'audio.rms', track: 0, z: () => 5, values: () => -1 },
      { id: 'audio.rms', track: 1, z: (i) => i, values: (i) => -40 + i, valid: (i) => i > 0 },
      { id: 'audio.rms', track: 2, z: () => 2, values: () => -38, valid: (i) => i > 1 },
      { id: 'picture.histogram', z: (i) => i / 10 },
    ])
    const { loudness, loudnessZ, sceneChange } = baselineCurves(signals, ['mic', 'game', 'game'])
    expect([...loudness]).toEqual([Number.NaN, -39, -38, -37])
    expect([...loudnessZ]).toEqual([Number.NaN, 1, 2, 3])
    expect(sceneChange[3]).toBeCloseTo(0.3)
    const none = baselineCurves(makeSignals(2, []), [])
    expect([...none.loudness]).toEqual([Number.NaN, Number.NaN])
  })

  test('evenly spaced: one a minute, the best of them spread over the recording', () => {
    const curve = evenlySpaced(960)
    const peaks = bestPeaks(perSecond(curve), 10)
    expect(peaks).toHaveLength(8)
    for (const peak of peaks) expect(Math.abs((peak % 60) - 29.5)).toBeLessThanOrEqual(1)
    const [first, second] = peaks
    expect(Math.abs(first! - second!)).toBeGreaterThan(200)
    expect(evenlySpaced(20)).toHaveLength(20)
  })

  test('random ones are about as good as nothing, each of them another', () => {
    const lifts = Array.from({ length: 40 }, (_, i) => measure(truth, randomCurve(800, i), []).lift)
    expect(lifts.reduce((a, b) => a + b, 0) / 40).toBeCloseTo(1.1, 0)
    expect(new Set(lifts).size).toBe(40)
  })

  test('are stretched over what the decoder takes', () => {
    expect([...stretched([-60, -40, Number.NaN, -20])]).toEqual([0, 0.5, 0, 1])
    expect([...stretched([3, 3])]).toEqual([0, 0])
  })
})
