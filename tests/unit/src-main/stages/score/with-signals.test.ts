import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Scorer } from '../../../../../src-main/stages/score/scorer.ts'
import { joinScores, ordinarySignals, withSignals } from '../../../../../src-main/stages/score/with-signals.ts'
import { makeSignals, noPictures } from '../../../../helpers/make-signals.ts'

const fixed = (id: string, values: number[]): Scorer => ({
  model: { id, version: '1' },
  score: async () => ({
    scores: Float32Array.from(values),
    model: { id, version: '1' },
    device: { used: 'cpu', fallbackReason: null },
  }),
})
const input = { signals: makeSignals(3, []), mel: [], pictures: noPictures, roles: [] }

describe('a network beside the signals', () => {
  test('keeps its score where nothing is unusual', async () => {
    const scorer = withSignals(fixed('net', [0.1, 0.5, 0.9]), fixed('signals', [0, 0.1, ordinarySignals]))
    const { scores, model } = await scorer.score(input, { device: 'cpu' })
    expect([...scores]).toEqual([...Float32Array.from([0.1, 0.5, 0.9])])
    expect(model.id).toBe('net')
  })
  test('leaves the order to the signals where it sees nothing', async () => {
    const scores = joinScores(Float32Array.from([0, 0, 0]), Float32Array.from([0.2, 0.45, 0.3]))
    expect([...scores].map((score) => score.toFixed(2))).toEqual(['0.05', '0.30', '0.15'])
  })
  test('never lowers a score, and never leaves 0 to 1', () => {
    const probability = fc.float({ min: 0, max: 1, noNaN: true })
    fc.assert(
      fc.property(probability, probability, (network, signals) => {
        const [joined] = joinScores(Float32Array.of(network), Float32Array.of(signals))
        expect(joined).toBeGreaterThanOrEqual(network)
        expect(joined).toBeLessThanOrEqual(1)
      }),
    )
  })
})
