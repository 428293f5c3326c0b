import { createRealFft } from '../../../src-shared/domain/real-fft.ts'

/** Hz that music is listened to at, and measurements of it a second. */
export const BEAT_RATE = 22_050
const HOP = 128
const SIZE = 512
export const ONSET_RATE = BEAT_RATE / HOP
const BANDS = 24
/** Hz at which the bands begin and end. */
const [LOWEST, HIGHEST] = [40, 10_000]
/** Half a second: what is louder than this around it is an onset. */
const AROUND = Math.round(ONSET_RATE / 4)
/** An onset shows most where it has come this far into the window: by three quarters of a Hann window. */
const DELAY = (0.75 * SIZE) / BEAT_RATE

/** How strongly something begins to sound, `ONSET_RATE` times a second from `start` seconds on. Mean 0, spread 1. */
export interface OnsetCurve {
  readonly start: number
  readonly values: Float32Array
}

/**
 * Spectral flux: by how much the loudness, as a logarithm, rises in each of 24 bands, summed up, above what it does
 * around it (Böck & Widmer, DAFx 2013, without their vibrato filter). `samples`: mono at `BEAT_RATE`.
 */
export function onsetCurve(samples: Float32Array): OnsetCurve {
  const count = Math.max(0, Math.floor((samples.length - SIZE) / HOP) + 1)
  const fft = createRealFft(SIZE)
  const window = Float64Array.from({ length: SIZE }, (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * (i + 0.5)) / SIZE))
  const bandOf = bandsOfBins()
  let before = new Float64Array(BANDS)
  let now = new Float64Array(BANDS)
  const flux = new Float64Array(count)
  for (let row = 0; row < count; row += 1) {
    for (let i = 0; i < SIZE; i += 1) fft.input[i] = samples[row * HOP + i]! * window[i]!
    fft.transform()
    now.fill(0)
    for (let bin = 0; bin < bandOf.length; bin += 1) {
      if (bandOf[bin]! >= 0) now[bandOf[bin]!]! += fft.re[bin]! ** 2 + fft.im[bin]! ** 2
    }
    let sum = 0
    for (let band = 0; band < BANDS; band += 1) {
      now[band] = Math.log10(1 + 100 * Math.sqrt(now[band]!))
      if (row > 0) sum += Math.max(0, now[band]! - before[band]!)
    }
    flux[row] = sum
    ;[before, now] = [now, before]
  }
  return { start: DELAY, values: normalised(aboveSurroundings(flux)) }
}

/** Bands at equal distances of pitch, at least a bin wide each; -1 outside. */
function bandsOfBins(): Int8Array {
  return Int8Array.from({ length: SIZE / 2 + 1 }, (_, bin) => {
    const hertz = (bin * BEAT_RATE) / SIZE
    if (hertz < LOWEST || hertz >= HIGHEST) return -1
    return Math.floor((BANDS * Math.log(hertz / LOWEST)) / Math.log(HIGHEST / LOWEST))
  })
}

function aboveSurroundings(values: Float64Array): Float64Array {
  const sums = new Float64Array(values.length + 1)
  for (let i = 0; i < values.length; i += 1) sums[i + 1] = sums[i]! + values[i]!
  return values.map((value, i) => {
    const [from, to] = [Math.max(0, i - AROUND), Math.min(values.length, i + AROUND + 1)]
    return Math.max(0, value - (sums[to]! - sums[from]!) / (to - from))
  })
}

/** A sum of logarithms that moves less than this is a steady sound. */
const STILL = 0.1

function normalised(values: Float64Array): Float32Array {
  const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
  const spread = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, values.length))
  return Float32Array.from(values, (value) => (spread < STILL ? 0 : (value - mean) / spread))
}
