import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readWaveform, type KeptWaves } from '../../../../../src-main/stages/stills/read-waveform.ts'
import { TICKS_PER_SECOND } from '../../../../../src-shared/domain/time.ts'
import { halveWave, wavePyramid } from '../../../../../src-shared/domain/waveform.ts'

const BUCKET = TICKS_PER_SECOND / 20

function keptWaves(finest: Uint8Array): KeptWaves & { read: number } {
  const levels = wavePyramid(finest)
  const kept = {
    read: 0,
    waveLevels: (track: number) => (track === 0 ? levels.map((level) => level.length / 2) : []),
    readWave: async (_track: number, level: number, first: number, count: number) => {
      kept.read += count
      const out = new Uint8Array(2 * count)
      out.set(levels[level]!.subarray(2 * first, 2 * (first + count)))
      return out
    },
  }
  return kept
}

const random = (buckets: number, seed: number): Uint8Array =>
  Uint8Array.from({ length: 2 * buckets }, (_, i) => {
    const value = Math.imul(i + seed, 2_654_435_761) >>> 24
    return value < 200 ? 0 : value
  })

/** The loudest below zero of the finest buckets that touch [from, to), by definition. */
function loudest(finest: Uint8Array, from: number, to: number): number {
  let most = 0
  for (let i = 0; i < finest.length / 2; i++) {
    if ((i + 1) * BUCKET > from && i * BUCKET < to) most = Math.max(most, finest[2 * i]!)
  }
  return most
}

describe('the pyramid of a waveform', () => {
  test('holds at each level the larger of both buckets below it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9000 }), fc.nat(999), (buckets, seed) => {
        const levels = wavePyramid(random(buckets, seed))
        for (const [i, level] of levels.entries()) {
          const span = 2 ** i
          expect(level.length / 2).toBe(Math.ceil(buckets / span))
          for (let k = 0; k < level.length; k += 97) {
            const [bucket, side] = [k >> 1, k & 1]
            let most = 0
            for (let n = bucket * span; n < (bucket + 1) * span; n++)
              most = Math.max(most, levels[0]![2 * n + side] ?? 0)
            expect(level[k]).toBe(most)
          }
        }
        expect(levels.at(-1)!.length / 2).toBeLessThanOrEqual(1024)
      }),
      { numRuns: 30 },
    )
    expect([...halveWave(Uint8Array.of(1, 2, 3, 1, 9, 8))]).toEqual([3, 2, 9, 8])
  })
})

describe('a stretch of a waveform', () => {
  test('is never less than the sound, and never more than that of a fourth of a bucket (or 50 ms) around', async () => {
    const finest = random(20_000, 5)
    const time = fc.integer({ min: -50 * TICKS_PER_SECOND, max: 1100 * TICKS_PER_SECOND })
    await fc.assert(
      fc.asyncProperty(time, time, fc.integer({ min: 1, max: 60 }), async (a, b, buckets) => {
        fc.pre(a !== b)
        const [from, to] = [Math.min(a, b), Math.max(a, b)]
        const { low } = await readWaveform(keptWaves(finest), { track: 0, from, to, buckets })
        const width = (to - from) / buckets
        const around = Math.max(BUCKET, width / 4)
        for (const [i, value] of low.entries()) {
          const [start, stop] = [from + i * width, from + (i + 1) * width]
          expect(value).toBeGreaterThanOrEqual(loudest(finest, start + 1, stop - 1))
          expect(value).toBeLessThanOrEqual(loudest(finest, start - around, stop + around))
        }
      }),
      { numRuns: 40 },
    )
  })

  test('reads little of ten hours', async () => {
    const waves = keptWaves(random(720_000, 1))
    const whole = { track: 0, from: 0, to: 36_000 * TICKS_PER_SECOND }
    const { low, high } = await readWaveform(waves, { ...whole, buckets: 1000 })
    expect(low.length + high.length).toBe(2000)
    expect(waves.read).toBeLessThanOrEqual(8000)
    waves.read = 0
    await readWaveform(waves, { track: 0, from: 7 * TICKS_PER_SECOND, to: 9 * TICKS_PER_SECOND, buckets: 4000 })
    expect(waves.read).toBe(40)
  })

  test('is nothing beyond the recording and for a track that there is not', async () => {
    const waves = keptWaves(new Uint8Array(40).fill(9))
    const at = (track: number, from: number, to: number) =>
      readWaveform(waves, { track, from: from * TICKS_PER_SECOND, to: to * TICKS_PER_SECOND, buckets: 4 })
    expect([...(await at(0, -1, 3)).low]).toEqual([0, 9, 0, 0])
    expect([...(await at(1, 0, 1)).high]).toEqual([0, 0, 0, 0])
    expect([...(await at(0, 500, 600)).high]).toEqual([0, 0, 0, 0])
    await expect(at(0, 2, 2)).rejects.toThrow(RangeError)
  })
})
