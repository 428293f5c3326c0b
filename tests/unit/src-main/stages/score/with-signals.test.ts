import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { leastOrdinary } from '../../../../../src-main/stages/score/ordinary-level.ts'
import type { Scorer } from '../../../../../src-main/stages/score/scorer.ts'
import { signalsScorer } from '../../../../../src-main/stages/score/signals-scorer.ts'
import { joinScores, withSignals } from '../../../../../src-main/stages/score/with-signals.ts'
import { addsOf } from '../../../../../src-shared/domain/causes.ts'
import { makeViews } from '../../../../helpers/make-views.ts'
import { bump, makeSignals, noPictures } from '../../../../helpers/make-signals.ts'

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
    const scorer = withSignals(fixed('net', [0.1, 0.5, 0.9]), fixed('signals', [0, 0.1, leastOrdinary]))
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
  test('is explained by both: each cause by what it does to the joined score', async () => {
    const quiet = { ...fixed('net', []), explain: async () => [{ views: makeViews({ game: 0, voice: 0 }), kinds: {} }] }
    const signals = makeSignals(100, [
      { id: 'audio.rms', track: 0, z: () => 0 },
      { id: 'audio.rms', track: 1, z: bump(50, 8, 12) },
    ])
    const scorer = withSignals(quiet, signalsScorer)
    const of = { ...input, signals, roles: ['game', 'mic'] as const }
    const [found] = await scorer.explain!(of, [], [{ peak: 50, from: 48, to: 52 }], {})
    const adds = addsOf(found!)
    expect(adds.voice).toBeGreaterThan(1)
    expect(adds.game).toBeCloseTo(0)
  })
  test('keeps what the network alone says where nothing is unusual, and what it cannot tell', async () => {
    const views = makeViews({ game: 3 })
    const sure = { ...fixed('net', []), explain: async () => [{ views, kinds: {} }, null] }
    const moments = [10, 90].map((peak) => ({ peak, from: peak, to: peak }))
    const of = { ...input, signals: makeSignals(100, [{ id: 'audio.rms', track: 0 }]), roles: ['game'] as const }
    const found = await withSignals(sure, signalsScorer).explain!(of, [], moments, {})
    expect(addsOf(found[0]!).game).toBeCloseTo(3, 4)
    expect(found[1]).toBeNull()
    expect(withSignals(fixed('net', []), signalsScorer).explain).toBeUndefined()
  })
})
