import { describe, expect, it } from 'vitest'
import { detectBeats } from '../../../../../src-main/stages/montage/detect-beats.ts'
import { BEAT_RATE } from '../../../../../src-main/stages/montage/onset-curve.ts'
import { clickTrack, noise } from '../../../../helpers/beats.ts'

/** Share of the planted beats (but for the edges) that lie within 20 ms of a found one, and the worst miss of found ones. */
function compare(found: readonly number[], planted: readonly number[]): { hit: number; late: number } {
  const inner = planted.slice(1, -1)
  const nearest = (time: number, list: readonly number[]): number =>
    Math.min(...list.map((one) => Math.abs(one - time)))
  return {
    hit: inner.filter((time) => nearest(time, found) <= 0.02).length / inner.length,
    late: found.filter((time) => nearest(time, planted) > 0.02).length / found.length,
  }
}

describe('the beat of music', () => {
  const tempos = Array.from({ length: 21 }, (_, i) => 80 + 5 * i)

  it.each(tempos)('is found at %i beats a minute, in noise', (tempo) => {
    const { samples, beats } = clickTrack({ tempo, seconds: 20, noise: 0.05, seed: tempo })
    const found = detectBeats(samples)
    expect(found).not.toBeNull()
    expect(Math.abs(found!.tempo - tempo) / tempo).toBeLessThan(0.01)
    const { hit, late } = compare(found!.times, beats)
    expect(hit).toBeGreaterThanOrEqual(0.95)
    expect(late).toBeLessThanOrEqual(0.05)
  })

  it('keeps to it where clicks are uneven, missing and under other sounds', () => {
    for (const tempo of [87, 112, 140, 174]) {
      const { samples, beats } = clickTrack({ tempo, seconds: 30, noise: 0.1, seed: 7, jitter: 0.008, missing: 0.2 })
      const tone = samples.map((value, i) => value + 0.2 * Math.sin((2 * Math.PI * 220 * i) / BEAT_RATE))
      const { hit } = compare(detectBeats(tone)!.times, beats)
      expect(hit).toBeGreaterThanOrEqual(0.95)
    }
  })

  it('is not made up', () => {
    expect(detectBeats(noise(20 * BEAT_RATE, 0.3, 1))).toBeNull()
    expect(detectBeats(noise(6 * BEAT_RATE, 0.3, 2))).toBeNull()
    expect(detectBeats(new Float32Array(20 * BEAT_RATE))).toBeNull()
    expect(detectBeats(Float32Array.from({ length: 20 * BEAT_RATE }, (_, i) => Math.sin(i / 10)))).toBeNull()
    expect(detectBeats(clickTrack({ tempo: 120, seconds: 2, noise: 0, seed: 3 }).samples)).toBeNull()
    expect(detectBeats(new Float32Array(0))).toBeNull()
    // Things that happen now and then, but not evenly.
    const uneven = clickTrack({ tempo: 100, seconds: 30, noise: 0.02, seed: 11, jitter: 0.3 }).samples
    expect(detectBeats(uneven)).toBeNull()
  })
})
