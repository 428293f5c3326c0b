import { describe, expect, test } from 'vitest'
import { explain } from '../../../../../src-main/stages/select/explain.ts'
import type { Reason } from '../../../../../src-shared/contract/segment.ts'
import type { CauseId } from '../../../../../src-shared/domain/causes.ts'
import type { Mark } from '../../../../../src-shared/domain/markers.ts'
import { makeViews } from '../../../../helpers/make-views.ts'
import { bump, makeSignals, type CurveSpec } from '../../../../helpers/make-signals.ts'

type Adds = Partial<Record<CauseId, number>>

const loud: CurveSpec = { id: 'audio.rms', track: 0, z: bump(300, 7), values: (i) => -40 + 3 * bump(300, 7)(i) }
const spoken: CurveSpec = { id: 'audio.rms', track: 1, z: bump(300, 6), values: (i) => -50 + 3 * bump(300, 6)(i) }

function why(
  adds: Adds,
  {
    curves = [],
    kinds = {},
    marks = [],
  }: { curves?: CurveSpec[]; kinds?: Record<string, number>; marks?: Mark[] } = {},
): Reason[] {
  const core = { peak: 300, from: 298, to: 302, score: 0.6 }
  const heard = { core, signals: makeSignals(600, curves), listening: { game: [0], mic: [1] }, rate: 2 }
  return explain({ ...heard, base: 0.1, marks, causes: { views: makeViews(adds), kinds } })
}
const told = (...args: Parameters<typeof why>): string[] =>
  why(...args).map(({ signal, weight, text }) => `${weight} ${signal}: ${text}`)

describe('reasons of a model', () => {
  test('by what each cause adds, told by its signal that rises most; what speaks against the moment is no reason', () => {
    expect(told({ game: 3, voice: 1, movement: 0.5, screen: -2 }, { curves: [loud, spoken] })).toMatchInlineSnapshot(`
      [
        "0.75 audio.rms: Loud moment, 21 dB over the 5 minutes around it",
        "0.25 audio[1].rms: Loud reaction on the microphone, 18 dB over the 5 minutes around it",
      ]
    `)
  })

  test('a cause of which nothing rises is named all the same', () => {
    expect(told({ game: 2, screen: 1 })).toMatchInlineSnapshot(`
      [
        "0.666 audio.sound: The game sounds as it does in highlights, though no louder than usual",
        "0.333 picture.shown: Something new on the screen, such as a message, an icon or a flash",
      ]
    `)
  })

  test('a picture that is only another one says what may be on it, a flash says so', () => {
    const changed: CurveSpec = { id: 'picture.histogram', unit: 'ratio', z: bump(300, 8) }
    const bright: CurveSpec = {
      id: 'picture.luma',
      unit: 'ratio',
      z: bump(300, 8),
      values: (i) => 0.2 + bump(300, 0.5)(i),
    }
    expect(why({ screen: 2 }, { curves: [changed] })[0]!.signal).toBe('picture.shown')
    expect(told({ screen: 2 }, { curves: [bright, changed] })).toMatchInlineSnapshot(`
      [
        "1 picture.luma: Bright flash, 70 % against 20 % in the 5 minutes around it",
      ]
    `)
  })

  test.each<[string, Adds, Record<string, number>, RegExp]>([
    [
      'seen and heard',
      { game: 2, screen: 1 },
      { kill: 0.9, award: 0.6 },
      /^Looks and sounds like an elimination: loud/,
    ],
    ['heard', { game: 2, movement: 1 }, { award: 0.5 }, /^Sounds like an award: loud moment/],
    ['seen', { screen: 2 }, { death: 0.8 }, /^Looks like your own death: something new on the screen/],
    ['not clear', { game: 2 }, { kill: 0.49 }, /^Loud moment/],
    ['of a kind that has no words', { game: 2 }, { quad: 0.9 }, /^Loud moment/],
    ['neither seen nor heard', { voice: 2 }, { kill: 0.9 }, /^Loud reaction on the microphone/],
    ['hardly seen', { game: 3, screen: 0.1 }, { kill: 0.9 }, /^Sounds like an elimination/],
  ])('a kind of moment that is %s', (_what, adds, kinds, text) => {
    const curves = 'screen' in adds && !('game' in adds) ? [] : [loud, spoken]
    expect(why(adds, { curves, kinds })[0]!.text).toMatch(text)
  })

  test('of the microphone and of movement, everyday ups and downs are no reason', () => {
    const wobble: CurveSpec = { id: 'packet.rate', unit: 'B/s', z: bump(300, 1) }
    const burst: CurveSpec = { id: 'packet.rate', unit: 'B/s', z: bump(300, 4) }
    expect(why({ movement: 2, game: 1 }, { curves: [wobble] }).map(({ signal }) => signal)).toEqual(['audio.sound'])
    expect(why({ movement: 2, game: 1 }, { curves: [burst] })[0]!.signal).toBe('packet.rate')
  })

  test('what is unusual is named where the model says nothing, and not where it does', () => {
    expect(why({ game: 0.3, voice: -0.2 }, { curves: [spoken] })[0]!.signal).toBe('audio[1].rms')
    expect(why({ game: 2, voice: -0.2 }, { curves: [spoken] }).map(({ signal }) => signal)).toEqual(['audio.sound'])
  })

  test('chat and markers count beside it, in the same unit', () => {
    const chat: CurveSpec = { id: 'chat.rate', unit: '1/min', z: () => 3, values: (i) => (i === 300 ? 90 : 10) }
    const mark = { signal: 'marker.hotkey', text: 'You marked it', own: true, first: 290, evidence: Array(20).fill(6) }
    const reasons = why({ game: 2 }, { curves: [chat], marks: [mark] })
    expect(reasons.map(({ signal }) => signal)).toEqual(['marker.hotkey', 'audio.sound', 'chat.rate'])
    const total = 6 + 2 + 3 * 0.6
    expect(reasons.map(({ weight }) => weight)).toEqual(
      [6, 2, 1.8].map((part) => Math.floor((part / total) * 1000) / 1000),
    )
  })

  test('where nothing speaks for the moment, the signals do, and else the score', () => {
    expect(why({ game: -1 }, { curves: [{ ...loud, z: bump(300, 1) }] })[0]!.signal).toBe('audio.rms')
    expect(told({ game: -1 })).toMatchInlineSnapshot(`
      [
        "1 score: Stands out from the rest of the recording: 60 % likely a highlight, usually 10 %",
      ]
    `)
  })
})
