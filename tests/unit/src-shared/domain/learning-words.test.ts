import { describe, expect, it } from 'vitest'
import { learningReportSchema, type Learned } from '../../../../src-shared/contract/learning.ts'
import { describeAdjustment, describeLearning } from '../../../../src-shared/domain/learning-words.ts'

const none = { base: 0, game: 0, voice: 0, picture: 0, chat: 0, markers: 0, length: 0 }
const average = { version: 1 as const, ...none }
const likesVoices = { offset: 0.2, weights: { ...none, voice: 1.2, picture: -0.4, base: -0.3 }, centre: none }

describe('the reason of a moment', () => {
  it.each([
    [{ voice: 1.5 }, 'You tend to keep moments like this (loud voice)'],
    [{ voice: -0.8 }, 'You tend to discard moments like this (calm voice)'],
    [{ picture: 1.5 }, 'You tend to discard moments like this (busy picture)'],
    [{ voice: 1, picture: -1 }, 'You tend to keep moments like this (loud voice)'],
    [{ voice: 0.5, picture: -1 }, 'You tend to keep moments like this (loud voice, calm picture)'],
    // Two things pull apart: what is named pulled the way it went.
    [{ voice: 0.2, picture: 2 }, 'You tend to discard moments like this (busy picture)'],
    [{ base: -3 }, 'You tend to keep moments like this (less obvious highlight)'],
  ])('%o', (change, text) => {
    expect(describeAdjustment(likesVoices, { ...average, ...change })).toBe(text)
  })

  it('is none where next to nothing was added', () => {
    expect(describeAdjustment(likesVoices, average)).toBeNull()
    expect(describeAdjustment(likesVoices, { ...average, voice: 0.05 })).toBeNull()
  })
})

describe('the report', () => {
  const edge = { state: 'too-few', seconds: 0, baseError: null, learnedError: null } as const
  const few: Learned = {
    model: { id: 'signals', version: '1.0.0' },
    counts: { kept: 3, discarded: 1, trimmed: 2, recordings: 2 },
    ranking: { state: 'too-few', calibration: null, heldBack: null },
    padding: { start: edge, end: edge },
  }
  const heldBack = { baseLoss: 0.69, learnedLoss: 0.6, baseRanking: 0.55, learnedRanking: 0.71, chance: 0.004 }
  const about = { enabled: true, waiting: 0 }

  it('says what is still missing', () => {
    const { why, whyPadding, parameters } = describeLearning(few, about)
    expect(why).toContain('it takes 20 clips that you kept or discarded, at least 5 of each, from 6 recordings')
    expect(why).toContain('3 kept, 1 discarded, from 2 recordings')
    expect(whyPadding).toContain('8 trimmed clips from 6 recordings')
    expect(parameters).toEqual([])
  })

  it('says that it is used, how good it was, and what it learned', () => {
    const padding = {
      start: { ...edge, state: 'used' as const, seconds: -2.5 },
      end: { ...edge, state: 'no-better' as const },
    }
    const report = describeLearning(
      { ...few, ranking: { state: 'used', calibration: likesVoices, heldBack }, padding },
      about,
    )
    expect(learningReportSchema.parse(report)).toEqual(report)
    expect(report.why).toMatch(/^Used: .*0\.600 against 0\.690.*71 % of the time against 55 %/)
    expect(report.whyPadding).toBe('Clips begin 2.5 s earlier, as you trim them, and end as found.')
    expect(report.parameters.map(({ name }) => name).slice(0, 3)).toEqual([
      'Your voice',
      'Picture',
      'Obvious highlights',
    ])
    expect(report.parameters[0]?.text).toBe('you keep more with loud voice: each step 3.3 times the odds')
    expect(report.parameters[1]?.text).toBe('you keep more with calm picture: each step 1.5 times the odds')
    expect(report.parameters.at(-1)?.text).toBe('makes no difference to you')
  })

  it('says why it is not used, and that it is off', () => {
    const ranking = { state: 'no-better', calibration: likesVoices, heldBack } as const
    expect(describeLearning({ ...few, ranking }, about).why).toMatch(/^Not used: .*The model alone decides\.$/)
    expect(describeLearning(few, { enabled: false, waiting: 0 }).why).toMatch(/^Learning is off/)
  })
})
