import { waveByte, wavePyramid, WAVE_RATE } from '../../../src-shared/domain/waveform.ts'
import { SAMPLE_RATE } from './audio-track.ts'

export const BUCKET_SAMPLES = SAMPLE_RATE / WAVE_RATE
/** Buckets: 27 minutes. */
const blockLength = 32_768

/**
 * The waveform of one audio track as it streams by: how far each 50 ms swing below and above zero. Memory: 40 bytes a
 * second. What nobody pushed stays 0.
 */
export class WaveTrack {
  private readonly blocks: Uint8Array[] = []
  private readonly most: number

  /** `most` buckets are kept; what comes after them is dropped. */
  constructor(most: number) {
    this.most = most
  }

  /** Samples whose first one lies at `start` (samples since the recording's zero); those before zero are dropped. */
  push(start: number, samples: Int16Array): void {
    for (let at = Math.max(0, -start); at < samples.length;) {
      const bucket = Math.floor((start + at) / BUCKET_SAMPLES)
      if (bucket >= this.most) return
      const end = Math.min(samples.length, (bucket + 1) * BUCKET_SAMPLES - start)
      let [low, high] = [0, 0]
      for (; at < end; at++) {
        const sample = samples[at]!
        if (sample < low) low = sample
        else if (sample > high) high = sample
      }
      if (low !== 0 || high !== 0) this.raise(bucket, waveByte(-low), waveByte(high))
    }
  }

  /** The levels of the first `buckets` buckets, finest first: two bytes a bucket. */
  levels(buckets: number): Uint8Array[] {
    const finest = new Uint8Array(2 * buckets)
    for (const [i, block] of this.blocks.entries()) {
      const from = 2 * i * blockLength
      if (from < finest.length) finest.set(block.subarray(0, finest.length - from), from)
    }
    return wavePyramid(finest)
  }

  private raise(bucket: number, low: number, high: number): void {
    const index = Math.floor(bucket / blockLength)
    while (this.blocks.length <= index) this.blocks.push(new Uint8Array(2 * blockLength))
    const block = this.blocks[index]!
    const at = 2 * (bucket % blockLength)
    block[at] = Math.max(block[at]!, low)
    block[at + 1] = Math.max(block[at + 1]!, high)
  }
}
