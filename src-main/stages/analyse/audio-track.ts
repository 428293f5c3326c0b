import {
  MEL_BANDS,
  MEL_FLOOR_DB,
  MEL_PATCH,
  MEL_ROWS,
  MEL_STEP_DB,
  SLOT_RATE,
  type AudioCurveId,
} from '../../../src-shared/domain/signal.ts'
import { Growable } from './growable.ts'
import { createMelBank } from './mel.ts'
import { createRealFft } from '../../../src-shared/domain/real-fft.ts'
import { createSyllableFilter, speechProbability } from './speech.ts'
import type { MeasuredCurve } from './measured-curve.ts'

export const SAMPLE_RATE = 16_000
const slotSamples = SAMPLE_RATE / SLOT_RATE
const hop = slotSamples / MEL_ROWS
/** 25 ms. */
const windowSamples = 400
const fftSize = 512
const bins = fftSize / 2 + 1
/** The last row of a slot looks this far into the next one. */
const lookAhead = windowSamples - hop
/** A jump of the timestamps smaller than this is jitter: containers round them to milliseconds. */
const jitterSamples = 0.02 * SAMPLE_RATE
/** Rows between the spectra that the onset compares: 60 ms, so that an attack which one window smears still counts. */
const onsetLag = 3
const MEL_FLOOR_POWER = 10 ** (MEL_FLOOR_DB / 10)
/** Nobody hears what rises below this. */
const onsetFloorDb = -70
/** Below this a slot is as good as silent, and what its sound is like means nothing. */
const silenceDb = -80
const binHertz = SAMPLE_RATE / fftSize
const voiceFrom = Math.ceil(120 / binHertz)
const voiceTo = Math.floor(3400 / binHertz)
const highFrom = Math.ceil(4000 / binHertz)
/** Pitch periods from 400 down to 85 Hz, in samples. */
const [shortestLag, longestLag] = [SAMPLE_RATE / 400, Math.floor(SAMPLE_RATE / 85)]
/** Every fifth row is asked for its pitch: it costs a second FFT. */
const pitchEvery = 5

/** Sums over a power spectrum; `moment` weighs each bin by its number. Fields that start as fractions stay unboxed. */
class SpectrumSums {
  total = Number.NaN
  moment = Number.NaN
  voice = Number.NaN
  high = Number.NaN
}

/** Receives each slot's log-mel patch (reused: copy it); null where there was nothing but silence. */
export type PatchSink = (slot: number, patch: Uint8Array | null) => void

/**
 * Turns one audio track (16 kHz mono, as it streams by) into 2 Hz curves and log-mel patches. Memory: one slot of
 * samples, and a few floats a slot.
 */
export class AudioTrackAnalyser {
  private readonly onPatch: PatchSink
  private readonly maxSlots: number
  private readonly samples = new Float32Array(slotSamples + lookAhead)
  private filled = 0
  private slot = 0
  /** Samples of the current slot's buffer that came from the file, and not from filling a gap. */
  private real = 0
  private realAhead = 0

  private readonly window = hann(windowSamples)
  private readonly fft = createRealFft(fftSize)
  private readonly bank = createMelBank(fftSize, SAMPLE_RATE)
  private readonly power = new Float64Array(bins)
  /** Of the last spectrum. Reused, because 18,000 small objects a second are work for the garbage collector. */
  private readonly sums = new SpectrumSums()
  private readonly bands = new Float64Array(MEL_BANDS + 2)
  private readonly history = Array.from({ length: onsetLag + 1 }, () => new Float64Array(MEL_BANDS).fill(onsetFloorDb))
  private row = 0
  private readonly patch = new Uint8Array(MEL_PATCH)
  private readonly quantised = new Uint8ClampedArray(this.patch.buffer)
  private readonly syllables = createSyllableFilter(MEL_ROWS * SLOT_RATE)
  private readonly windowCorrelation = this.correlationOfWindow()

  private readonly rms = new Growable()
  private readonly onset = new Growable()
  private readonly centroid = new Growable()
  private readonly voice = new Growable()
  private readonly modulation = new Growable()
  private readonly harmonicity = new Growable()
  private readonly high = new Growable()
  private readonly crest = new Growable()
  private readonly heard = new Growable()

  constructor(onPatch: PatchSink, maxSlots: number) {
    this.onPatch = onPatch
    this.maxSlots = maxSlots
  }

  /** Where the next sample is expected: samples since the recording's zero. */
  get position(): number {
    return this.slot * slotSamples + this.filled
  }

  /**
   * Takes samples whose first one lies at `start` (samples since the recording's zero). A gap before them becomes
   * silence that is marked as not measured; what lies before zero, or before what was already taken, is dropped.
   */
  push(start: number, samples: Int16Array): void {
    let from = 0
    const jump = start - this.position
    if (jump > jitterSamples || (jump > 0 && this.position === 0)) this.skip(jump)
    else if (jump < -jitterSamples || this.position === 0) from = Math.min(samples.length, Math.max(0, -jump))
    while (from < samples.length && this.slot < this.maxSlots) {
      const room = this.samples.length - this.filled
      const count = Math.min(room, samples.length - from)
      for (let i = 0; i < count; i++) this.samples[this.filled + i] = samples[from + i]! / 32768
      this.count(count, true)
      this.filled += count
      from += count
      if (this.filled === this.samples.length) this.endSlot()
    }
  }

  /** Ends the track: the last slot is padded with silence. */
  finish(): void {
    while (this.filled > 0 && this.slot < this.maxSlots && (this.filled > lookAhead || this.real > 0)) {
      this.samples.fill(0, this.filled)
      this.filled = this.samples.length
      this.endSlot()
    }
  }

  /** The curves over `slots` slots; a slot is valid where at least half of it was really there. */
  curves(slots: number): Record<AudioCurveId, MeasuredCurve> {
    const present = Uint8Array.from({ length: slots }, (_, i) => (this.heard.get(i) >= 0.5 ? 1 : 0))
    const audible = present.map((there, i) => (there === 1 && this.rms.get(i) > silenceDb ? 1 : 0))
    const speech = Float32Array.from({ length: slots }, (_, i) => {
      if (audible[i] === 0) return 0
      return speechProbability(this.voice.get(i), Math.sqrt(this.around(this.modulation, i)), this.harmonicity.get(i))
    })
    const curve = (growable: Growable, valid: Uint8Array): MeasuredCurve => ({ values: growable.take(slots), valid })
    return {
      'audio.rms': curve(this.rms, present),
      'audio.onset': curve(this.onset, present),
      'audio.centroid': curve(this.centroid, audible),
      // Silence is certainly no speech.
      'audio.speech': { values: speech, valid: present },
      'audio.highFrequency': curve(this.high, audible),
      'audio.crest': curve(this.crest, audible),
    }
  }

  /** Syllables are slower than a slot: mean over it and its neighbours. */
  private around(curve: Growable, i: number): number {
    const from = Math.max(0, i - 1)
    const to = Math.min(curve.length - 1, i + 1)
    let sum = 0
    for (let k = from; k <= to; k++) sum += curve.get(k)
    return sum / (to - from + 1)
  }

  private count(samples: number, real: boolean): void {
    if (!real) return
    const inSlot = Math.max(0, Math.min(samples, slotSamples - this.filled))
    this.real += inSlot
    this.realAhead += samples - inSlot
  }

  private skip(count: number): void {
    let left = count
    while (left > 0 && this.slot < this.maxSlots) {
      if (this.filled === 0 && this.real === 0 && left >= this.samples.length) {
        this.endSilentSlot()
        left -= slotSamples
        continue
      }
      const step = Math.min(left, this.samples.length - this.filled)
      this.samples.fill(0, this.filled, this.filled + step)
      this.filled += step
      left -= step
      if (this.filled !== this.samples.length) continue
      this.endSlot()
      // What is left over from a slot without sound is silence too, and needs no copying about. Only right after a
      // slot ended: a gap of just this length would be given back for ever.
      if (this.filled === lookAhead && this.realAhead === 0 && this.real === 0) {
        left += this.filled
        this.filled = 0
      }
    }
  }

  private endSilentSlot(): void {
    this.write(null, { rms: -100, onset: 0, centroid: 0, voice: 0, modulation: 0, harmonicity: 0, high: 0, crest: 0 })
    this.forget()
  }

  private forget(): void {
    for (const row of this.history) row.fill(onsetFloorDb)
    this.syllables.reset()
  }

  private endSlot(): void {
    const { samples } = this
    let squares = 0
    let peak = 0
    for (let i = 0; i < slotSamples; i++) {
      const value = samples[i]!
      squares += value * value
      const size = value < 0 ? -value : value
      if (size > peak) peak = size
    }
    let ahead = 0
    for (let i = slotSamples; i < samples.length; i++) ahead += Math.abs(samples[i]!)
    if (peak === 0 && ahead === 0) this.endSilentSlot()
    else this.measure(Math.sqrt(squares / slotSamples), peak)
    samples.copyWithin(0, slotSamples)
    this.filled = lookAhead
    this.real = this.realAhead
    this.realAhead = 0
  }

  private measure(level: number, peak: number): void {
    let total = 0
    let moment = 0
    let voice = 0
    let high = 0
    let onset = 0
    let modulation = 0
    let pitch = 0
    let pitchWeight = 0
    const { power, patch, sums } = this
    for (let row = 0; row < MEL_ROWS; row++) {
      this.spectrum(row * hop)
      total += sums.total
      moment += sums.moment
      voice += sums.voice
      high += sums.high
      const rise = this.melRow(row)
      if (rise > onset) onset = rise
      const swing = this.syllables.next(sums.voice <= 1e-7 ? onsetFloorDb : 10 * Math.log10(sums.voice))
      modulation += swing * swing
      if (row % pitchEvery === 0 && sums.total > 0) {
        pitch += sums.total * this.pitchStrength(power)
        pitchWeight += sums.total
      }
    }
    this.write(patch, {
      rms: level <= 1e-5 ? -100 : 20 * Math.log10(level),
      onset,
      centroid: total > 0 ? (moment / total) * binHertz : 0,
      voice: total > 0 ? voice / total : 0,
      modulation: modulation / MEL_ROWS,
      harmonicity: pitchWeight > 0 ? pitch / pitchWeight : 0,
      high: total > 0 ? high / total : 0,
      crest: level > 0 ? 20 * Math.log10(peak / level) : 0,
    })
  }

  private write(patch: Uint8Array | null, of: Record<SlotNumber, number>): void {
    this.rms.push(of.rms)
    this.onset.push(of.onset)
    this.centroid.push(of.centroid)
    this.voice.push(of.voice)
    this.modulation.push(of.modulation)
    this.harmonicity.push(of.harmonicity)
    this.high.push(of.high)
    this.crest.push(of.crest)
    this.heard.push(this.real / slotSamples)
    this.onPatch(this.slot, patch)
    this.slot += 1
  }

  /** Power spectrum of the 25 ms from `offset`, scaled so that a sine of amplitude 1 has 1 in its bin, into `power`. */
  private spectrum(offset: number): void {
    const { fft, power, window, samples, sums } = this
    const { input, re, im } = fft
    for (let i = 0; i < windowSamples; i++) input[i] = samples[offset + i]! * window[i]!
    input.fill(0, windowSamples)
    fft.transform()
    let total = 0
    let moment = 0
    let voice = 0
    let high = 0
    // The mean is no sound.
    power[0] = 0
    for (let bin = 1; bin < bins; bin++) {
      const p = re[bin]! * re[bin]! + im[bin]! * im[bin]!
      power[bin] = p
      total += p
      moment += p * bin
      if (bin >= highFrom) high += p
      else if (bin >= voiceFrom && bin <= voiceTo) voice += p
    }
    sums.total = total
    sums.moment = moment
    sums.voice = voice
    sums.high = high
  }

  /** Writes one row of the patch; returns how much the spectrum rose, mean dB over the bands. */
  private melRow(row: number): number {
    const { power, bands, quantised } = this
    const { band, rising } = this.bank
    bands.fill(0)
    for (let bin = 1; bin < bins; bin++) {
      const p = power[bin]!
      const up = p * rising[bin]!
      const b = band[bin]! + 1
      bands[b]! += p - up
      bands[b + 1]! += up
    }
    const now = this.history[this.row % (onsetLag + 1)]!
    const before = this.history[(this.row + 1) % (onsetLag + 1)]!
    this.row += 1
    let rise = 0
    for (let b = 0; b < MEL_BANDS; b++) {
      const level = 10 * Math.log10(Math.max(bands[b + 1]!, MEL_FLOOR_POWER))
      // Rounds and keeps to 0–255 by itself.
      quantised[row * MEL_BANDS + b] = (level - MEL_FLOOR_DB) / MEL_STEP_DB
      const audible = Math.max(level, onsetFloorDb)
      now[b] = audible
      rise += Math.max(audible - before[b]!, 0)
    }
    return rise / MEL_BANDS
  }

  /** Height of the autocorrelation's largest peak at a pitch period, relative to what a pure tone would have, 0 to 1. */
  private pitchStrength(power: Float64Array): number {
    const { input, re } = this.fft
    for (let bin = 1; bin < bins - 1; bin++) {
      input[bin] = power[bin]!
      input[fftSize - bin] = power[bin]!
    }
    input[0] = 0
    input[bins - 1] = power[bins - 1]!
    this.fft.transform()
    const own = re[0]!
    if (own <= 0) return 0
    let best = 0
    for (let lag = shortestLag; lag <= longestLag; lag++) {
      // Only a peak is a period: the slope from lag 0 downwards is just a dull sound.
      if (re[lag]! < re[lag - 1]! || re[lag]! < re[lag + 1]!) continue
      const height = re[lag]! / own / this.windowCorrelation[lag]!
      if (height > best) best = height
    }
    return Math.min(1, best)
  }

  private correlationOfWindow(): Float64Array {
    const { fft } = this
    const tapered = hann(windowSamples)
    const power = new Float64Array(bins)
    fft.input.fill(0)
    fft.input.set(tapered)
    fft.transform()
    for (let bin = 0; bin < bins; bin++) power[bin] = fft.re[bin]! ** 2 + fft.im[bin]! ** 2
    for (let bin = 0; bin < bins; bin++) {
      fft.input[bin] = power[bin]!
      if (bin > 0 && bin < bins - 1) fft.input[fftSize - bin] = power[bin]!
    }
    fft.transform()
    return Float64Array.from({ length: longestLag + 2 }, (_, lag) => fft.re[lag]! / fft.re[0]!)
  }
}

type SlotNumber = 'rms' | 'onset' | 'centroid' | 'voice' | 'modulation' | 'harmonicity' | 'high' | 'crest'

/** Periodic Hann window, scaled so that the FFT of a sine of amplitude 1 has magnitude 1 in its bin. */
function hann(size: number): Float64Array {
  const scale = 2 / (size / 2)
  return Float64Array.from({ length: size }, (_, i) => scale * (0.5 - 0.5 * Math.cos((2 * Math.PI * i) / size)))
}
