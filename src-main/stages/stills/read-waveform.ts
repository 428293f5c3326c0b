import { TICKS_PER_SECOND, type Ticks } from '../../../src-shared/domain/time.ts'
import { waveLevel, WAVE_RATE } from '../../../src-shared/domain/waveform.ts'

/** What keeps waveforms; an open features file fits. */
export interface KeptWaves {
  /** Buckets of each level, finest first; none for a track that has no waveform. */
  waveLevels(track: number): readonly number[]
  /** `count` buckets of a level from `first`, two bytes each; 0 beyond the ends. */
  readWave(track: number, level: number, first: number, count: number): Promise<Uint8Array>
}

export interface WaveRange {
  readonly track: number
  readonly from: Ticks
  readonly to: Ticks
  readonly buckets: number
}

/** How far the sound swings below and above zero in each bucket, 0 to 255; 0 is silence, or no sound at all. */
export interface Waveform {
  readonly low: Uint8Array
  readonly high: Uint8Array
}

/** Kept buckets to a bucket that is asked for: the error at its edges is at most a fourth of it. */
const finer = 4

/**
 * The waveform between two times in so many buckets of the same length. Never less than the sound is; at the edges of a
 * bucket it may be that of up to a fourth of a bucket (or 50 ms) beyond. Reads at most about eight kept buckets for each
 * that is asked for, however long the stretch. What lies beyond the recording is 0.
 */
export async function readWaveform(waves: KeptWaves, { track, from, to, buckets }: WaveRange): Promise<Waveform> {
  if (!(to > from) || buckets < 1) throw new RangeError('a stretch without length')
  const low = new Uint8Array(buckets)
  const high = new Uint8Array(buckets)
  const finest = ((to - from) / TICKS_PER_SECOND) * WAVE_RATE
  const level = waveLevel(finest, finer * buckets, waves.waveLevels(track).length)
  // Of one kept bucket. Ticks of a level are whole numbers: 50 ms are 35,280,000.
  const ticks = (TICKS_PER_SECOND / WAVE_RATE) * 2 ** level
  const begin = Math.max(0, Math.floor(from / ticks))
  const end = Math.min(waves.waveLevels(track)[level] ?? 0, Math.ceil(to / ticks))
  if (end <= begin) return { low, high }
  const kept = await waves.readWave(track, level, begin, end - begin)
  for (let i = 0; i < buckets; i++) {
    const start = from + (i * (to - from)) / buckets
    const stop = from + ((i + 1) * (to - from)) / buckets
    const last = Math.min(end, Math.ceil(stop / ticks))
    for (let k = Math.max(begin, Math.floor(start / ticks)); k < last; k++) {
      low[i] = Math.max(low[i]!, kept[2 * (k - begin)]!)
      high[i] = Math.max(high[i]!, kept[2 * (k - begin) + 1]!)
    }
  }
  return { low, high }
}
