import { expect, test } from 'vitest'
import { fitWeights } from '../../../../tools/evaluation/fit-weights.ts'
import { mulberry32 } from '../../../../src-shared/domain/evaluation/random.ts'
import { makeSignals } from '../../../helpers/make-signals.ts'

test('finds the signals that tell, in their proportion, and leaves out noise and what falls', () => {
  const random = mulberry32(5)
  const length = 2000
  const noise = (): Float32Array => Float32Array.from({ length }, () => random() * 4 - 2)
  const [onset, rms, red, luma] = [noise(), noise(), noise(), noise()]
  const positive = Array.from({ length }, (_, i) => 2 * onset[i]! + rms[i]! - 2 * luma[i]! + random() > 3)
  const signals = makeSignals(length, [
    { id: 'audio.onset', track: 0, z: (i) => onset[i]! },
    { id: 'audio.rms', track: 0, z: (i) => rms[i]! },
    { id: 'picture.red', z: (i) => red[i]! },
    { id: 'picture.luma', z: (i) => luma[i]! },
  ])
  const ids = signals.curves.map((curve) => curve.id)
  const fit = fitWeights([{ signals, positive }], ids, 0.5)
  expect(fit.weights.map((weight) => weight.id)).toEqual(['audio.onset', 'audio.rms'])
  expect(fit.weights.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1)
  expect(fit.weights[0]!.weight / fit.weights[1]!.weight).toBeGreaterThan(1.5)
  expect(fitWeights([{ signals, positive }], ids, 0.5)).toEqual(fit)
})
