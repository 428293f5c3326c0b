import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { defaultRates, trackProgress, type ProgressTracker } from '../../../../src-main/jobs/eta.ts'
import { stagesOf } from '../../../../src-main/jobs/run-pipeline.ts'
import { stageNames } from '../../../../src-shared/contract/job.ts'

const stages = stagesOf({ kind: 'process', chat: null })

function tracked(rates = {}): { tracker: ProgressTracker; pass: (seconds: number) => void } {
  let now = 0
  return { tracker: trackProgress(stages, rates, () => now), pass: (seconds) => (now += seconds * 1000) }
}

describe('trackProgress', () => {
  it('says nothing about the remaining time before the length is known', () => {
    const { tracker } = tracked()
    tracker.begin('import')
    expect(tracker.snapshot()).toMatchObject({ stage: 'import', stageFraction: 0, fraction: 0, etaSeconds: null })
  })

  it('weighs the stages by learned rates', () => {
    const { tracker, pass } = tracked({ import: 0, probe: 0, analyse: 0.03, score: 0, select: 0, render: 0.01 })
    tracker.setDuration(1000)
    for (const stage of ['import', 'probe'] as const) {
      tracker.begin(stage)
      tracker.end(true)
    }
    tracker.begin('analyse')
    pass(15)
    tracker.update(0.5)
    const half = tracker.snapshot()
    expect(half.fraction).toBeCloseTo(15 / 40, 3)
    expect(half.stageEtaSeconds).toBeCloseTo(15, 0)
    expect(half.etaSeconds).toBeCloseTo(25, 0)
  })

  it('follows what it measures rather than what it learned, and learns from it', () => {
    const { tracker, pass } = tracked({ analyse: 0.001 })
    tracker.setDuration(1000)
    tracker.begin('analyse')
    let eta: number | null = 0
    for (let i = 1; i <= 40; i += 1) {
      pass(1)
      tracker.update(i / 80)
      eta = tracker.snapshot().stageEtaSeconds
    }
    expect(eta).toBeGreaterThan(30)
    expect(eta).toBeLessThan(50)
    pass(40)
    tracker.end(true)
    expect(tracker.learned().analyse).toBeCloseTo(0.7 * 0.001 + 0.3 * 0.08, 5)
    expect(tracker.timings()).toEqual({ analyse: 80 })
  })

  it('learns nothing from checkpoints, and leaves them out of the timings', () => {
    const { tracker, pass } = tracked({ score: 5 })
    tracker.setDuration(10)
    tracker.begin('score')
    pass(1)
    tracker.end(false)
    expect(tracker.learned()).toEqual({ score: 5 })
    expect(tracker.timings()).toEqual({})
  })

  it('counts no waiting as work and shows what it waits for', () => {
    const { tracker, pass } = tracked()
    tracker.setDuration(100)
    tracker.begin('analyse')
    tracker.wait('job 3')
    pass(1000)
    expect(tracker.snapshot()).toMatchObject({ waitingFor: 'job 3', etaSeconds: null, stageEtaSeconds: null })
    tracker.wait(null)
    pass(2)
    tracker.end(true)
    expect(tracker.timings()).toEqual({ analyse: 2 })
  })

  it('never goes back, stays within bounds, and ends at one', () => {
    const step = fc.record({
      seconds: fc.double({ min: 0, max: 100, noNaN: true }),
      fraction: fc.double({ min: -1, max: 2 }),
      duration: fc.option(fc.double({ min: 0, max: 1e6, noNaN: true })),
      wait: fc.boolean(),
    })
    fc.assert(
      fc.property(
        fc.array(fc.array(step, { maxLength: 6 }), { minLength: stages.length, maxLength: stages.length }),
        (perStage) => {
          const { tracker, pass } = tracked()
          let last = 0
          for (const [i, steps] of perStage.entries()) {
            tracker.begin(stages[i]!)
            for (const { seconds, fraction, duration, wait } of steps) {
              pass(seconds)
              if (duration !== null) tracker.setDuration(duration)
              tracker.wait(wait ? 'something' : null)
              tracker.update(fraction)
              const shown = tracker.snapshot()
              expect(shown.fraction).toBeGreaterThanOrEqual(last)
              expect(shown.fraction).toBeLessThanOrEqual(1)
              expect(shown.stageFraction).toBeGreaterThanOrEqual(0)
              expect(shown.stageFraction).toBeLessThanOrEqual(1)
              for (const eta of [shown.etaSeconds, shown.stageEtaSeconds]) {
                if (eta !== null) expect(Number.isFinite(eta) && eta >= 0).toBe(true)
              }
              last = shown.fraction
            }
            tracker.wait(null)
            tracker.end(true)
          }
          expect(tracker.snapshot().fraction).toBeCloseTo(1, 9)
        },
      ),
    )
  })

  it('has a first guess for every stage', () => {
    expect(Object.keys(defaultRates).toSorted()).toEqual([...stageNames].toSorted())
  })
})
