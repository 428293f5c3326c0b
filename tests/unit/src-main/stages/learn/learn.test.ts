import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { foldsByRecording } from '../../../../../src-main/stages/learn/folds.ts'
import { learn, type Decided } from '../../../../../src-main/stages/learn/learn.ts'
import { learnPadding, type Trim } from '../../../../../src-main/stages/learn/learn-padding.ts'
import { learnRanking, mostChance } from '../../../../../src-main/stages/learn/learn-ranking.ts'
import { chanceOf } from '../../../../../src-main/stages/learn/paired-test.ts'
import { learnedSchema } from '../../../../../src-shared/contract/learning.ts'
import { keepLogOdds } from '../../../../../src-shared/domain/calibration.ts'
import { ticksFromSeconds } from '../../../../../src-shared/domain/time.ts'
import { seededRandom } from '../../../../helpers/fill-library.ts'
import { normal, rankingBy, simulateVerdicts, streamers } from '../../../../helpers/simulate-streamer.ts'

describe('the test against chance', () => {
  it('counts the patterns of signs that would be as good', () => {
    expect(chanceOf([1, 1, 1, 1, 1])).toBe(1 / 32)
    expect(chanceOf([1, 1, 1, 1, -1])).toBe(6 / 32)
    expect(chanceOf([-1, -1])).toBe(1)
    expect(chanceOf([])).toBe(1)
    expect(chanceOf([0, 0, 0])).toBe(1)
  })

  it('draws patterns where there are many, always the same ones, and never says never', () => {
    const clear = Array.from({ length: 40 }, (_, i) => 1 + (i % 3))
    expect(chanceOf(clear)).toBe(1 / 4096)
    const random = seededRandom(9)
    const unclear = Array.from({ length: 40 }, () => normal(random) + 0.15)
    expect(chanceOf(unclear)).toBe(chanceOf(unclear))
  })
})

describe('folds', () => {
  it('hold each decision back once, and never have a recording on both sides', () => {
    const items = fc.array(
      fc.record({
        recording: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l'),
        n: fc.nat(),
      }),
    )
    fc.assert(
      fc.property(items, (all) => {
        const folds = foldsByRecording(all)
        expect(folds.flatMap(({ heldBack }) => heldBack)).toHaveLength(all.length)
        for (const { training, heldBack } of folds) {
          expect(training.length + heldBack.length).toBe(all.length)
          const trained = new Set(training.map(({ recording }) => recording))
          expect(heldBack.some(({ recording }) => trained.has(recording))).toBe(false)
        }
      }),
    )
  })
})

describe('the ranking', () => {
  const judged = (name: keyof typeof streamers, seed: number, recordings: number, each: number) =>
    learnRanking(simulateVerdicts(streamers[name], seed, recordings, each))

  it('is learned from nothing less than enough', () => {
    const enough = simulateVerdicts(streamers['nearly only when loud'], 1, 6, 8)
    expect(learnRanking(enough).state).not.toBe('too-few')
    const cases = [
      [],
      enough.slice(0, 19),
      enough.filter(({ recording }) => recording < '0005'),
      enough.filter(({ kept }, i) => kept || i % 10 === 0),
      enough.map((one) => ({ ...one, kept: true })),
    ]
    for (const verdicts of cases) {
      expect(learnRanking(verdicts)).toEqual({ state: 'too-few', calibration: null, heldBack: null })
    }
  })

  it('is used where there is a preference, and ranks unseen recordings better', () => {
    const { state, calibration, heldBack } = judged('nearly only when loud', 2, 12, 10)
    expect(state).toBe('used')
    expect(heldBack!.learnedLoss).toBeLessThan(heldBack!.baseLoss)
    const unseen = simulateVerdicts(streamers['nearly only when loud'], 99, 30, 20)
    const base = rankingBy(unseen, (evidence) => evidence.base)
    expect(rankingBy(unseen, (evidence) => keepLogOdds(calibration!, evidence))).toBeGreaterThan(base + 0.2)
  })

  it.each(['at random, keeps 60 %', 'at random, keeps 80 %', 'as the model says'] as const)(
    'is not used in at least 95 % of cases where there is none: %s',
    (name) => {
      const states = Array.from({ length: 80 }, (_, i) => judged(name, 31 + i * 7919, 6 + (i % 5), 8).state)
      expect(states.filter((state) => state === 'used').length).toBeLessThanOrEqual(4)
    },
  )

  it('is never used unless it was better on what was held back', () => {
    const names = Object.keys(streamers) as (keyof typeof streamers)[]
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.nat(), fc.integer({ min: 4, max: 12 }), (name, seed, recordings) => {
        const { state, calibration, heldBack } = judged(name, seed, recordings, 6)
        if (state !== 'used') return
        expect(calibration).not.toBeNull()
        expect(heldBack!.learnedLoss).toBeLessThan(heldBack!.baseLoss)
        expect(heldBack!.chance).toBeLessThanOrEqual(mostChance)
        expect(heldBack!.learnedRanking ?? 0).toBeGreaterThanOrEqual(heldBack!.baseRanking ?? 0)
      }),
      { numRuns: 50 },
    )
  })

  it('gives the same bytes for the same decisions', () => {
    const [a, b] = [judged('likes quiet games', 5, 14, 8), judged('likes quiet games', 5, 14, 8)]
    expect(JSON.stringify(a)).toBe(JSON.stringify(b))
  })
})

describe('padding', () => {
  /** `each` clips of each recording, of which a share is trimmed around `shift`. */
  const trims = (shift: { start: number; end: number }, share: number, recordings = 10, each = 3): Trim[] => {
    const random = seededRandom(4)
    return Array.from({ length: recordings * each }, (_, i) => {
      const trimmed = random() < share
      const moved = (by: number): number => (trimmed ? by + 0.5 * normal(random) : 0)
      return { recording: String(i % recordings), start: moved(shift.start), end: moved(shift.end), trimmed }
    })
  }

  it('learns where somebody begins and ends, each by itself', () => {
    const { start, end } = learnPadding(trims({ start: -2, end: 0 }, 1))
    expect(start.state).toBe('used')
    expect(start.seconds).toBeCloseTo(-2, 0)
    expect(start.learnedError!).toBeLessThan(start.baseError!)
    expect(end).toMatchObject({ state: 'no-better', seconds: 0 })
  })

  it('moves nothing for a few trims among many clips that were good as they were', () => {
    const { start, end } = learnPadding(trims({ start: -4, end: 4 }, 0.35, 10, 6))
    expect([start.seconds, end.seconds]).toEqual([0, 0])
  })

  it('never moves further than six seconds, and not before there are enough trims', () => {
    const { start, end } = learnPadding(trims({ start: -60, end: 60 }, 1))
    expect([start.seconds, end.seconds]).toEqual([-6, 6])
    const few = { state: 'too-few', seconds: 0, baseError: null, learnedError: null }
    expect(learnPadding(trims({ start: -2, end: 2 }, 1, 7, 1))).toEqual({ start: few, end: few })
    expect(learnPadding(trims({ start: -2, end: 2 }, 1, 5, 4))).toEqual({ start: few, end: few })
  })
})

describe('all of it', () => {
  const seconds = (start: number, end: number) => ({ start: ticksFromSeconds(start), end: ticksFromSeconds(end) })
  const [verdict] = simulateVerdicts(streamers['as the model says'], 1, 1, 1)
  const decided = (change: Partial<Decided>): Decided => ({
    recording: 'a',
    verdict: 'keep',
    evidence: verdict!.evidence,
    found: seconds(10, 20),
    offered: seconds(10, 20),
    chosen: seconds(10, 20),
    ...change,
  })

  it('counts what was said; a trim alone is no verdict, and a trimmed discard teaches no padding', () => {
    const trimmed = seconds(8, 20)
    const found = learn({ id: 'm', version: '1.0.0' }, [
      decided({}),
      decided({ recording: 'b', chosen: trimmed }),
      decided({ verdict: null, chosen: trimmed }),
      decided({ verdict: 'discard', chosen: trimmed }),
    ])
    expect(found.counts).toEqual({ kept: 2, discarded: 1, trimmed: 2, recordings: 2 })
    expect(learnedSchema.parse(found)).toEqual(found)
  })

  it('measures padding from what was found, so that learned padding that is accepted stays', () => {
    const decisions = Array.from({ length: 24 }, (_, i) =>
      decided({
        recording: `r${i % 8}`,
        // A third was trimmed back then; the others were offered with the padding of today, and kept so.
        offered: i < 8 ? seconds(10, 20) : seconds(8, 20),
        chosen: seconds(8, 20),
      }),
    )
    expect(learn({ id: 'm', version: '1.0.0' }, decisions).padding.start).toMatchObject({ state: 'used', seconds: -2 })
  })
})
