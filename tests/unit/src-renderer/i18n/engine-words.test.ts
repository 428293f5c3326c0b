import fc from 'fast-check'
import { afterEach, describe, expect, test } from 'vitest'
import { inGerman } from '../../../../src-renderer/i18n/engine-words.de.ts'
import { engineTranslator, inOurWords } from '../../../../src-renderer/i18n/engine-words.ts'
import { describeMarkers } from '../../../../src-main/stages/markers/describe-markers.ts'
import { causeWords, describeKind } from '../../../../src-main/stages/select/describe-cause.ts'
import { describeRise } from '../../../../src-main/stages/select/describe-rise.ts'
import type { Learned } from '../../../../src-shared/contract/learning.ts'
import { markerKinds } from '../../../../src-shared/contract/markers.ts'
import { features } from '../../../../src-shared/domain/calibration.ts'
import { chatCurves } from '../../../../src-shared/domain/chat.ts'
import { describeAdjustment, describeLearning } from '../../../../src-shared/domain/learning-words.ts'
import { privacyItems } from '../../../../src-shared/domain/privacy.ts'
import { curveSpecs } from '../../../../src-shared/domain/signal.ts'

/** Words of the engine's that German has not; names that people gave are letters here. */
const english = /\b(?:the|and|of|with|than|while|here|your|you|times|moments?|around|like|usual(?:ly)?|voice|sound)\b/i

function expectGerman(sentence: string): void {
  const said = inGerman(sentence)
  expect(said, sentence).not.toBeNull()
  expect(said, sentence).not.toMatch(/undefined|null/)
  expect(said, sentence).not.toMatch(english)
}

/** All that there are: a new one needs German words too. */
const signals = [...curveSpecs, ...chatCurves].map(({ id }) => id)

describe('why a moment was picked, in German', () => {
  test('whatever rises, however much, against whatever surrounds it', () => {
    const figure = fc.oneof(fc.constantFrom(0, 1, 1e-9, 1e9, Number.NaN), fc.double({ min: 0, max: 200, noNaN: true }))
    const rise = fc.record({
      id: fc.constantFrom(...signals),
      isMic: fc.boolean(),
      unit: fc.constantFrom('dB', 'ratio', 'Hz'),
      value: figure,
      usual: figure,
      contextMinutes: fc.double({ min: 0, max: 10, noNaN: true }),
    })
    fc.assert(
      fc.property(rise, (given) => expectGerman(describeRise(given))),
      { numRuns: 2000 },
    )
  })

  test('what a cause is, and what it looks or sounds like', () => {
    for (const { text } of Object.values(causeWords)) {
      expectGerman(text)
      for (const kind of ['kill', 'death', 'award']) {
        for (const senses of [
          { seen: true, heard: true },
          { seen: true, heard: false },
          { seen: false, heard: true },
        ]) {
          const looks = describeKind({ [kind]: 1 }, senses)
          expectGerman(`${looks}: ${text.charAt(0).toLowerCase()}${text.slice(1)}`)
        }
      }
    }
    expect(inGerman('Looks like an elimination: sudden loud burst, 14 dB over the 6 minutes around it')).toBe(
      'Sieht aus wie ein Abschuss: Plötzlich laut, 14 dB mehr als in den 6 Minuten darum herum',
    )
    expectGerman('Stands out from the rest of the recording: 40 % likely a highlight, usually 3 %')
  })

  test('what was marked; labels stay as they are', () => {
    for (const kind of markerKinds) {
      for (const labels of [[], [''], ['', ''], ['Xyz'], ['Xyz', 'Abc'], ['Kill'], ['Kill', 'Ace'], ['Victory']]) {
        expectGerman(describeMarkers(kind, labels))
      }
    }
    expect(inGerman('Your label: the best of you')).toBe('Deine Beschriftung: the best of you')
  })

  test('what somebody tends to', () => {
    const none = { base: 0, game: 0, voice: 0, picture: 0, chat: 0, markers: 0, length: 0 }
    for (const name of features) {
      for (const [weight, value] of [
        [1, 1],
        [1, -1],
        [-1, 1],
      ] as const) {
        const calibration = { offset: 0, weights: { ...none, [name]: weight }, centre: none }
        const text = describeAdjustment(calibration, { version: 1, ...none, [name]: value })
        expect(text).not.toBeNull()
        expectGerman(text!)
      }
    }
  })
})

test('what was learned', () => {
  const edge = { seconds: -1.5, baseError: null, learnedError: null }
  const heldBack = { baseLoss: 0.69, learnedLoss: 0.6, baseRanking: 0.55, learnedRanking: 0.71, chance: 0.004 }
  const weights = { base: 0.4, game: 0.5, voice: -0.5, picture: 0, chat: 1, markers: -1, length: 0.2 }
  const calibration = { offset: 0, weights, centre: weights }
  const counts = { kept: 3, discarded: 1, trimmed: 2, recordings: 2 }
  const learned = (change: Partial<Learned>): Learned => ({
    model: { id: 'signals', version: '1.0.0' },
    counts,
    ranking: { state: 'too-few', calibration: null, heldBack: null },
    padding: { start: { ...edge, state: 'too-few' }, end: { ...edge, state: 'too-few' } },
    ...change,
  })
  const cases: Learned[] = [
    learned({}),
    learned({ ranking: { state: 'used', calibration, heldBack } }),
    learned({ ranking: { state: 'no-better', calibration: null, heldBack: { ...heldBack, baseRanking: null } } }),
    learned({
      ranking: {
        state: 'used',
        calibration: { ...calibration, weights: { ...weights, base: -0.4 } },
        heldBack,
      },
      padding: { start: { ...edge, state: 'used' }, end: { ...edge, seconds: 2, state: 'no-better' } },
    }),
  ]
  const told = cases.flatMap((one) =>
    [true, false].flatMap((enabled) => {
      const { why, whyPadding, parameters } = describeLearning(one, { enabled, waiting: 0 })
      return [why, whyPadding, ...parameters.map(({ text }) => text)]
    }),
  )
  expect(told.length).toBeGreaterThan(20)
  for (const sentence of told) expectGerman(sentence)
})

test('what leaves this machine', () => {
  for (const { what, when } of privacyItems({ learning: true })) {
    expectGerman(what)
    expect(inGerman(when), when).not.toBeNull()
  }
})

test.each(['finds highlights: a weighted sum of the signals', 'finds highlights: a trained network'])(
  'what models are for: %s',
  expectGerman,
)

test.each(['another job', 'job 3, which is analysing a recording', 'job 12, which is working on a recording'])(
  'what a job waits for: %s',
  expectGerman,
)

describe('in the language of the interface', () => {
  afterEach(() => engineTranslator.set(null))

  test('English is the engine’s own; what is not known stays as it is', () => {
    expect(inOurWords('Loud moment, 3 dB over the minute around it')).toMatch(/^Loud moment/)
    engineTranslator.set(inGerman)
    expect(inOurWords('Loud moment, 3 dB over the minute around it')).toBe(
      'Lauter Augenblick, 3 dB mehr als in der Minute darum herum',
    )
    expect(inOurWords('A sentence of another version')).toBe('A sentence of another version')
    fc.assert(fc.property(fc.string(), (text) => typeof inOurWords(text) === 'string'))
  })
})
