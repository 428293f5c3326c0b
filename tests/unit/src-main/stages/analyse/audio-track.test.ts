import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { AudioTrackAnalyser } from '../../../../../src-main/stages/analyse/audio-track.ts'
import { MEL_BANDS, MEL_PATCH, melDecibels } from '../../../../../src-shared/domain/signal.ts'

const rate = 16_000

function tone(seconds: number, hertz: number, amplitude: number): Int16Array {
  return Int16Array.from({ length: seconds * rate }, (_, i) =>
    Math.round(32767 * amplitude * Math.sin((2 * Math.PI * hertz * i) / rate)),
  )
}

/** Deterministic white noise. */
function noise(seconds: number, amplitude: number, seed = 1): Int16Array {
  let state = seed
  return Int16Array.from({ length: seconds * rate }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0
    return Math.round((state / 2 ** 31) * 32767 * amplitude)
  })
}

function measure(pieces: readonly { at: number; samples: Int16Array }[], slots: number, maxSlots = 10_000) {
  const patches: (Uint8Array | null)[] = []
  const track = new AudioTrackAnalyser((slot, patch) => {
    expect(slot).toBe(patches.length)
    patches.push(patch === null ? null : patch.slice())
  }, maxSlots)
  for (const { at, samples } of pieces) track.push(at, samples)
  const { position } = track
  track.finish()
  return { curves: track.curves(slots), patches, position }
}

describe('a sound that starts late', () => {
  // 80 samples are what a slot looks ahead: that gap once kept the analyser busy for ever.
  test.each([1, 79, 80, 81, 319, 320, 400, 8000, 8079, 8080, 8081, 16_080])('by %i samples', (late) => {
    const { curves, position } = measure([{ at: late, samples: tone(2, 1000, 0.5) }], 4)
    expect(position).toBe(late + 2 * rate)
    expect(curves['audio.rms'].values[3]).toBeCloseTo(-9, 0)
  })
})

describe('what is measured', () => {
  test('the level of a sine in dB, its frequency as centroid, its crest factor', () => {
    for (const [hertz, amplitude] of [
      [1000, 0.5],
      [5000, 0.1],
      [250, 1],
    ] as const) {
      const { curves } = measure([{ at: 0, samples: tone(4, hertz, amplitude) }], 8)
      expect(curves['audio.rms'].values[3]).toBeCloseTo(20 * Math.log10(amplitude / Math.SQRT2), 1)
      expect(Math.abs(curves['audio.centroid'].values[3]! - hertz)).toBeLessThan(15)
      expect(curves['audio.crest'].values[3]).toBeCloseTo(3.01, 1)
      expect(curves['audio.highFrequency'].values[3]).toBeCloseTo(hertz > 4000 ? 1 : 0, 2)
      expect([...curves['audio.rms'].valid]).toEqual([1, 1, 1, 1, 1, 1, 1, 1])
    }
  })

  test('a full-scale sine lies near 0 dB in the band around it, and far below elsewhere', () => {
    const { patches } = measure([{ at: 0, samples: tone(1, 1000, 1) }], 2)
    const row = patches[0]!.slice(10 * MEL_BANDS, 11 * MEL_BANDS)
    const loudest = row.indexOf(Math.max(...row))
    expect(Math.abs(melDecibels(row[loudest]!))).toBeLessThan(3)
    expect(melDecibels(row[(loudest + 20) % MEL_BANDS]!)).toBeLessThan(-50)
    const mel = 2595 * Math.log10(1 + 1000 / 700)
    const step = (2595 * Math.log10(1 + 8000 / 700)) / (MEL_BANDS + 1)
    expect(Math.abs(loudest + 1 - mel / step)).toBeLessThan(1)
  })

  test('a burst rises in its own slot, in level and in onset', () => {
    const samples = noise(20, 0.01)
    samples.set(noise(0.2, 0.8, 7), 12.6 * rate)
    const { curves } = measure([{ at: 0, samples }], 40)
    const { values: onset } = curves['audio.onset']
    const { values: rms } = curves['audio.rms']
    expect(onset.indexOf(Math.max(...onset))).toBe(25)
    expect(rms.indexOf(Math.max(...rms))).toBe(25)
    expect(onset[25]! - onset[10]!).toBeGreaterThan(20)
  })

  test('digital silence is measured, but has no colour', () => {
    const { curves, patches } = measure([{ at: 0, samples: new Int16Array(2 * rate) }], 4)
    expect(curves['audio.rms'].values[1]).toBe(-100)
    expect(curves['audio.rms'].valid[1]).toBe(1)
    expect(curves['audio.centroid'].valid[1]).toBe(0)
    expect(curves['audio.speech']).toEqual({ values: new Float32Array(4), valid: new Uint8Array(4).fill(1) })
    expect(patches.slice(0, 4)).toEqual([null, null, null, null])
  })

  test('syllables of a voice are speech; a steady tone, noise and a drum loop are not', () => {
    const seconds = 10
    const voiced = Int16Array.from({ length: seconds * rate }, (_, i) => {
      const t = i / rate
      const syllable = Math.max(0, Math.sin(2 * Math.PI * 4 * t)) ** 1.5
      let sum = 0
      for (let h = 1; h <= 20; h++) sum += Math.sin(2 * Math.PI * 140 * h * t) / (1 + Math.abs(h - 4))
      return Math.round(6000 * syllable * sum)
    })
    const beat = noise(seconds, 0.5).map((x, i) => x * (i % (rate / 4) < rate / 40 ? 1 : 0.01))
    const speech = (samples: Int16Array): number => measure([{ at: 0, samples }], 20).curves['audio.speech'].values[10]!
    expect(speech(voiced)).toBeGreaterThan(0.6)
    for (const other of [tone(seconds, 500, 0.5), noise(seconds, 0.5), beat]) expect(speech(other)).toBeLessThan(0.2)
  })
})

describe('when it was', () => {
  test('however the stream is cut up, the result is the same', () => {
    const samples = noise(5, 0.3)
    const whole = measure([{ at: 0, samples }], 10)
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 20_000 }), { maxLength: 30 }), (sizes) => {
        const pieces: { at: number; samples: Int16Array }[] = []
        let at = 0
        for (const size of [...sizes, samples.length]) {
          pieces.push({ at, samples: samples.subarray(at, at + size) })
          at = Math.min(samples.length, at + size)
        }
        expect(measure(pieces, 10)).toEqual(whole)
      }),
      { numRuns: 20 },
    )
  })

  test('what starts late, or early, lies where it belongs', () => {
    const late = measure([{ at: 3.25 * rate, samples: tone(5, 1000, 0.5) }], 20)
    expect([...late.curves['audio.rms'].valid]).toEqual([0, 0, 0, 0, 0, 0, ...Array<number>(10).fill(1), 1, 0, 0, 0])
    expect(late.position).toBe(8.25 * rate)
    const samples = noise(6, 0.01)
    samples.set(noise(0.2, 0.8), 4.1 * rate)
    const early = measure([{ at: -1.5 * rate, samples }], 9)
    const { values } = early.curves['audio.rms']
    expect(values.indexOf(Math.max(...values))).toBe(5)
  })

  test('a gap is filled and not valid; an overlap is dropped; jitter is neither', () => {
    const { curves, position } = measure(
      [
        { at: 0, samples: tone(2, 1000, 0.5) },
        { at: 2 * rate + 30, samples: tone(1, 1000, 0.5) },
        { at: 6 * rate, samples: tone(2, 1000, 0.5) },
        { at: 7 * rate, samples: tone(2, 1000, 0.5) },
      ],
      18,
    )
    expect([...curves['audio.rms'].valid]).toEqual([1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1])
    expect(position).toBe(9 * rate)
  })

  test('gaps anywhere keep everything in place', () => {
    const piece = fc.record({ gap: fc.integer({ min: 400, max: 60_000 }), length: fc.integer({ min: 1, max: 30_000 }) })
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 8 }), (pieces) => {
        let at = 0
        const heard = new Float64Array(200)
        const input = pieces.map(({ gap, length }) => {
          at += gap
          for (let i = at; i < at + length; i++) heard[Math.floor(i / 8000)]! += 1 / 8000
          const samples = new Int16Array(length).fill(1000)
          const placed = { at, samples }
          at += length
          return placed
        })
        const { curves, position } = measure(input, 200)
        expect(position).toBe(at)
        for (const [slot, share] of heard.entries()) {
          expect(curves['audio.rms'].valid[slot]).toBe(share >= 0.5 - 1e-9 ? 1 : 0)
          const level = 10 ** (curves['audio.rms'].values[slot]! / 20)
          if (share > 0) expect(level).toBeCloseTo((1000 / 32768) * Math.sqrt(share), 5)
        }
      }),
      { numRuns: 60 },
    )
  })

  test('a wild timestamp costs neither time nor memory', () => {
    const { patches } = measure([{ at: 2 ** 45, samples: tone(1, 1000, 0.5) }], 10, 100)
    expect(patches).toEqual(Array<null>(100).fill(null))
  })

  test('the look-ahead of a slot is the start of the next one', () => {
    // A click in the first millisecond of slot 1 is seen by the last row of slot 0.
    const samples = new Int16Array(2 * rate)
    samples.fill(20_000, 8000, 8016)
    const { patches } = measure([{ at: 0, samples }], 4)
    expect(patches[0]!.slice(-MEL_BANDS).some((byte) => byte > 0)).toBe(true)
    expect(patches[0]!.slice(0, MEL_PATCH - MEL_BANDS).every((byte) => byte === 0)).toBe(true)
  })
})
