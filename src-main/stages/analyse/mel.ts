import { MEL_BANDS } from '../../../src-shared/domain/signal.ts'

/**
 * Triangular filters at equal distances on the HTK mel scale, m = 2595 log10(1 + f/700), from 0 Hz to half the sample
 * rate, with peaks of 1. Every bin lies on the falling side of one filter and the rising side of the next, so two
 * weights a bin are the whole bank.
 */
export interface MelBank {
  /** Band (from -1, which does not exist) whose falling side holds the bin. */
  readonly band: Int8Array
  /** Weight for band + 1; band gets the rest. */
  readonly rising: Float64Array
}

export function createMelBank(fftSize: number, sampleRate: number, bands = MEL_BANDS): MelBank {
  const bins = fftSize / 2 + 1
  const mel = (hertz: number): number => 2595 * Math.log10(1 + hertz / 700)
  const step = mel(sampleRate / 2) / (bands + 1)
  const band = new Int8Array(bins)
  const rising = new Float64Array(bins)
  // Edges in Hz, because the sides of a triangle are straight in Hz, not in mel.
  const edge = (i: number): number => 700 * (10 ** ((i * step) / 2595) - 1)
  for (let bin = 0; bin < bins; bin++) {
    const hertz = (bin * sampleRate) / fftSize
    const interval = Math.min(bands, Math.floor(mel(hertz) / step + 1e-9))
    band[bin] = interval - 1
    rising[bin] = Math.min(1, (hertz - edge(interval)) / (edge(interval + 1) - edge(interval)))
  }
  return { band, rising }
}
