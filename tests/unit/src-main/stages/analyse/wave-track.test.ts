import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { BUCKET_SAMPLES, WaveTrack } from '../../../../../src-main/stages/analyse/wave-track.ts'

/** By definition, a sample at a time. */
function reference(pieces: readonly { start: number; samples: Int16Array }[], buckets: number): Uint8Array {
  const out = new Uint8Array(2 * buckets)
  for (const { start, samples } of pieces) {
    for (const [i, sample] of samples.entries()) {
      const bucket = Math.floor((start + i) / BUCKET_SAMPLES)
      if (start + i < 0 || bucket >= buckets) continue
      const at = 2 * bucket + (sample < 0 ? 0 : 1)
      out[at] = Math.max(out[at]!, Math.ceil((Math.abs(sample) * 255) / 32_768))
    }
  }
  return out
}

const noise = (length: number, seed: number): Int16Array =>
  Int16Array.from({ length }, (_, i) => (Math.imul(i + 1, 2_654_435_761 + 2 * seed) >> 16) >> (i % 11))

describe('the waveform of a track', () => {
  test('is what its samples are, however they are cut into pieces, with gaps and before zero', () => {
    const piece = fc.record({
      start: fc.integer({ min: -2000, max: 20_000 }),
      length: fc.integer({ min: 0, max: 4000 }),
    })
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 6 }), (plan) => {
        const pieces = plan.map(({ start, length }, i) => ({ start, samples: noise(length, i) }))
        const track = new WaveTrack(100)
        for (const { start, samples } of pieces) track.push(start, samples)
        expect(track.levels(40)[0]).toEqual(reference(pieces, 40))
      }),
    )
  })

  test('keeps the extremes, and knows the faintest sound from none', () => {
    const track = new WaveTrack(10)
    track.push(0, Int16Array.of(-32_768, 32_767))
    track.push(BUCKET_SAMPLES, Int16Array.of(-1, 1))
    track.push(2 * BUCKET_SAMPLES, new Int16Array(BUCKET_SAMPLES))
    expect([...track.levels(4)[0]!]).toEqual([255, 255, 1, 1, 0, 0, 0, 0])
  })

  test('has only so many buckets, whatever is pushed', () => {
    const track = new WaveTrack(3)
    track.push(0, noise(10 * BUCKET_SAMPLES, 1))
    track.push(1e12, noise(10, 1))
    const finest = track.levels(5)[0]!
    expect(finest.subarray(0, 6).every((byte) => byte > 0)).toBe(true)
    expect([...finest.subarray(6)]).toEqual([0, 0, 0, 0])
  })

  test('takes a megabyte and a half for ten hours', () => {
    const track = new WaveTrack(1e7)
    const second = noise(16_000, 3)
    for (let at = 0; at < 36_000; at += 100) track.push(at * 16_000, second)
    const bytes = track.levels(720_000).reduce((sum, level) => sum + level.length, 0)
    expect(bytes).toBeLessThan(2 * 1.44e6)
    expect(track.levels(720_000).at(-1)!.length).toBeLessThanOrEqual(2048)
  })
})
