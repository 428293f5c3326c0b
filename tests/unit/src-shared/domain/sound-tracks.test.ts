import { describe, expect, it } from 'vitest'
import { mulberry32 } from '../../../../src-shared/domain/evaluation/random.ts'
import { judgeTracks, LISTEN_RATE, type HeardWindow } from '../../../../src-shared/domain/sound-tracks.ts'
import { addVoice } from '../../../helpers/planted-sound.ts'

const SECONDS = 8
const length = SECONDS * LISTEN_RATE

/** Noise as of a game: more below than above. */
function game(seed: number, level = 0.1): Float32Array {
  const random = mulberry32(seed)
  let last = 0
  return Float32Array.from({ length }, (_, i) => {
    last = 0.8 * last + 0.2 * (2 * random() - 1)
    return level * last * (1 + Math.sin(i / 9000 + seed))
  })
}

/** A few words, and silence between them. Voices of `addVoice` are made for 16 kHz: here an octave lower. */
function voice(seed: number, level = 0.2, words = 8): Float32Array {
  const random = mulberry32(seed)
  const out = new Float32Array(length)
  for (let word = 0; word < words; word++) {
    const at = Math.floor(random() * (length - LISTEN_RATE))
    addVoice(out, at, { pitch: 200 + 150 * random(), seconds: 0.3 + 0.2 * random(), level, glide: random() })
  }
  return out
}

function mix(...parts: (readonly [Float32Array, number, number?])[]): Float32Array {
  return Float32Array.from({ length }, (_, i) =>
    parts.reduce((sum, [samples, gain, delay = 0]) => sum + gain * (samples[i - delay] ?? 0), 0),
  )
}

/** As four windows of 2 s. */
function windows(...tracks: Float32Array[]): HeardWindow[] {
  return Array.from({ length: SECONDS / 2 }, (_, n) => ({
    tracks: tracks.map((samples, track) => ({
      track,
      samples: samples.slice(2 * n * LISTEN_RATE, (2 * n + 2) * LISTEN_RATE),
    })),
  }))
}

const judge = (...tracks: Float32Array[]) => judgeTracks(windows(...tracks))

describe('judgeTracks', () => {
  it.each([1, 4])('OBS: the first track is everything (%i)', (seed) => {
    const [a, b, c] = [game(seed), voice(seed), voice(seed + 50)]
    const { mixes, copies, silent } = judge(mix([a, 1], [b, 1], [c, 1]), a, b, c)
    expect(mixes).toHaveLength(1)
    expect(mixes[0]).toMatchObject({ track: 0, parts: [{ track: 1 }, { track: 2 }, { track: 3 }] })
    for (const { gainDb, delayMs } of mixes[0]!.parts) {
      expect(Math.abs(gainDb)).toBeLessThan(0.5)
      expect(delayMs).toBe(0)
    }
    expect(mixes[0]!.explained).toBeGreaterThan(0.99)
    expect([copies, silent]).toEqual([[], []])
  })

  it.each([1, 4])('other gains, and delays up to 50 ms (%i)', (seed) => {
    const [a, b] = [game(seed), voice(seed)]
    const delay = Math.round(0.045 * LISTEN_RATE)
    const { mixes } = judge(a, mix([a, 0.5], [b, 1.9, delay]), b)
    expect(mixes).toHaveLength(1)
    expect(mixes[0]).toMatchObject({
      track: 1,
      parts: [
        { track: 0, delayMs: 0 },
        { track: 2, delayMs: 45 },
      ],
    })
    expect(mixes[0]!.parts[0]!.gainDb).toBeCloseTo(-6, 0)
    expect(mixes[0]!.parts[1]!.gainDb).toBeCloseTo(5.6, 0)
    expect(mixes[0]!.explained).toBeGreaterThan(0.9)
  })

  it.each([1, 4])('a microphone of its own beside a mix that has more in it (%i)', (seed) => {
    const [a, b] = [game(seed), voice(seed)]
    const { mixes } = judge(mix([a, 1], [b, 1]), b)
    expect(mixes).toMatchObject([{ track: 0, parts: [{ track: 1 }] }])
    expect(mixes[0]!.explained).toBeLessThan(0.9)
  })

  it.each([1, 6])('tracks of their own (%i)', (seed) => {
    for (const [loud, quiet] of [
      [0.3, 0.3],
      [0.3, 0.01],
      [0.01, 0.3],
    ] as const) {
      const tracks = [game(seed, loud), voice(seed, quiet), game(seed + 100, quiet), voice(seed + 100, loud, 2)]
      expect(judge(...tracks)).toEqual({ silent: [], copies: [], mixes: [] })
    }
  })

  it.each([1, 4])('a microphone that hears the loudspeakers holds no game, and is in none (%i)', (seed) => {
    const a = game(seed)
    const late = Math.round(0.008 * LISTEN_RATE)
    const microphone = mix([voice(seed), 1], [a, 0.25, late], [game(seed + 9), 0.02])
    expect(judge(a, microphone).mixes).toEqual([])
    expect(judge(microphone, a).mixes).toEqual([])
  })

  it('copies, and silence', () => {
    const [a, nothing] = [game(7), new Float32Array(length)]
    const facts = judge(a, nothing, a, mix([a, 0.5]))
    expect(facts).toEqual({
      silent: [1],
      copies: [
        { track: 2, of: 0 },
        { track: 3, of: 0 },
      ],
      mixes: [],
    })
    expect(judge(nothing, nothing)).toEqual({ silent: [0, 1], copies: [], mixes: [] })
    expect(judgeTracks([])).toEqual({ silent: [], copies: [], mixes: [] })
  })

  it('one word is enough where it is plainly heard', () => {
    const [a, b] = [game(3, 0.02), voice(3, 0.3, 1)]
    expect(judge(mix([a, 1], [b, 1]), a, b).mixes).toMatchObject([{ track: 0, parts: [{ track: 1 }, { track: 2 }] }])
  })
})
