import { TICKS_PER_SECOND, type Ticks } from './time.ts'

/** Everything that is measured lies on one grid: slot i covers [i/2, i/2 + 0.5) s of the recording. */
export const SLOT_RATE = 2
export const TICKS_PER_SLOT: Ticks = TICKS_PER_SECOND / SLOT_RATE

/** A slot's log-mel patch: 25 rows (one every 20 ms) of 40 bands, row after row. */
export const MEL_ROWS = 25
export const MEL_BANDS = 40
export const MEL_PATCH = MEL_ROWS * MEL_BANDS

/**
 * A kept picture: 160×90, planar YUV 4:2:0 (I420) in JPEG's colours (BT.601, full range). Brightness row after row,
 * then both colour differences at half the size.
 */
export const PICTURE_WIDTH = 160
export const PICTURE_HEIGHT = 90
export const PICTURE_BYTES = (PICTURE_WIDTH * PICTURE_HEIGHT * 3) / 2
/** Kept pictures are never closer together. */
export const PICTURE_DISTANCE: Ticks = TICKS_PER_SECOND

/** One measured curve on the 2 Hz grid. */
export interface SignalCurve {
  /** One of `curveSpecs`, such as `audio.onset`. */
  readonly id: string
  /** Position among the audio tracks; null for what belongs to the picture. */
  readonly track: number | null
  /** `dB`, `Hz`, `ratio`, `probability` or `B/s`. */
  readonly unit: string
  /** Where `valid` is 0 the value is 0 and means nothing. */
  readonly values: Float32Array
  /** Robust z-score against ±3 minutes, -8 to 8; 0 where not valid. */
  readonly z: Float32Array
  /** 1 where something was measured. */
  readonly valid: Uint8Array
}

export interface Signals {
  readonly rate: 2
  /** Slots. */
  readonly length: number
  readonly curves: readonly SignalCurve[]
}

export interface CurveSpec {
  readonly id: string
  readonly unit: 'dB' | 'Hz' | 'ratio' | 'probability' | 'B/s'
  /**
   * Added to the spread (1.4826 × MAD) before dividing: the smallest difference that a person would notice. A perfectly
   * steady curve has no spread, and its noise must not look like an event.
   */
  readonly epsilon: number
  /** The same as a share of the median, where the scale of the curve is unknown. */
  readonly relativeEpsilon?: number
}

export const audioCurves = [
  /** Level of the slot, dB relative to full scale (a sine of amplitude 1 has -3.01). */
  { id: 'audio.rms', unit: 'dB', epsilon: 1 },
  /** Largest rise of the log-mel spectrum within 60 ms, mean over the bands. */
  { id: 'audio.onset', unit: 'dB', epsilon: 0.5 },
  /** Centre of mass of the power spectrum. */
  { id: 'audio.centroid', unit: 'Hz', epsilon: 50 },
  /** Heuristic; see `stages/analyse/speech.ts`. */
  { id: 'audio.speech', unit: 'probability', epsilon: 0.1 },
  /** Share of the power above 4 kHz. */
  { id: 'audio.highFrequency', unit: 'ratio', epsilon: 0.01 },
  /** Peak over RMS. */
  { id: 'audio.crest', unit: 'dB', epsilon: 1 },
] as const satisfies readonly CurveSpec[]

export const pictureCurves = [
  /** Mean brightness, 0 to 1. */
  { id: 'picture.luma', unit: 'ratio', epsilon: 0.02 },
  /** Standard deviation of the brightness, 0 to 0.5: contrast. */
  { id: 'picture.variance', unit: 'ratio', epsilon: 0.01 },
  /** Distance of the colour histogram to the picture before, 0 to 1. */
  { id: 'picture.histogram', unit: 'ratio', epsilon: 0.03 },
  /** Mean brightness difference of 4×4 blocks to the picture before, 0 to 1. */
  { id: 'picture.blocks', unit: 'ratio', epsilon: 0.02 },
  /** Mean HSV saturation, 0 to 1. */
  { id: 'picture.saturation', unit: 'ratio', epsilon: 0.02 },
  /** Share of the picture that is strongly red. */
  { id: 'picture.red', unit: 'ratio', epsilon: 0.01 },
  /** 1 where the scene changes. */
  { id: 'picture.cut', unit: 'probability', epsilon: 0.25 },
] as const satisfies readonly CurveSpec[]

export const packetCurves = [
  /** What the encoder spends on movement: bytes of the packets between keyframes, per second. */
  { id: 'packet.rate', unit: 'B/s', epsilon: 100, relativeEpsilon: 0.05 },
] as const satisfies readonly CurveSpec[]

export type AudioCurveId = (typeof audioCurves)[number]['id']
export type PictureCurveId = (typeof pictureCurves)[number]['id']

export const curveSpecs: readonly CurveSpec[] = [...audioCurves, ...pictureCurves, ...packetCurves]

/** The slot that holds a moment; negative before the recording's start. */
export function slotOf(time: Ticks): number {
  return Math.floor(time / TICKS_PER_SLOT)
}

export function startOfSlot(slot: number): Ticks {
  return slot * TICKS_PER_SLOT
}

/** How many slots a recording of this length has: the last one may be cut short. */
export function slotsOf(duration: Ticks): number {
  return Math.max(0, Math.ceil(duration / TICKS_PER_SLOT))
}

export function findCurve(signals: Signals, id: string, track: number | null = null): SignalCurve | undefined {
  return signals.curves.find((curve) => curve.id === id && curve.track === track)
}

/** A byte of a log-mel patch stands for `-100 + 0.4 × byte` dB, 0 dB being the middle of a full-scale sine's band. */
export const MEL_FLOOR_DB = -100
export const MEL_STEP_DB = 0.4

export function melDecibels(byte: number): number {
  return MEL_FLOOR_DB + MEL_STEP_DB * byte
}
