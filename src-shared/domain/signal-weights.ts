/**
 * The embedded baseline's weights: how much each signal's robust z-score counts as evidence of a highlight. `weight` was
 * measured, `mic` was not (no recording with labels has a microphone); `models/signals.md` has the figures. A signal that
 * is not listed counts nothing. Shared, because the score sums them and the reasons name the largest terms.
 */
export interface SignalWeight {
  readonly id: string
  /** On game tracks and on the picture. */
  readonly weight: number
  /** On a microphone track: only rises count, since silence between words says nothing. */
  readonly mic?: number
}

export const signalWeights: readonly SignalWeight[] = [
  { id: 'audio.rms', weight: 0.31, mic: 0.3 },
  { id: 'audio.onset', weight: 0.03 },
  { id: 'audio.centroid', weight: 0.15 },
  { id: 'audio.highFrequency', weight: 0.14 },
  { id: 'audio.speech', weight: 0, mic: 0.2 },
  { id: 'picture.red', weight: 0.11 },
  { id: 'packet.rate', weight: 0.26 },
]

/** A z-score beyond these counts no more: one explosion is not ten kills. */
export const zLimits = { low: -2, high: 4 } as const

/** Evidence is averaged over this long: an event sounds for a second, its fight for some more. */
export const evidenceSeconds = 6

/** `probability = 1 / (1 + exp(-(scale * evidence + bias)))`. */
export const calibration = { scale: 1.78, bias: -2.37 } as const

/**
 * A bang out of silence lasts half a second and is lost in an average over six: what stands this far above everything in
 * the minutes around it counts by itself, wherever within `seconds` it is. Ordinary matches never reach the threshold (nine
 * were scored with and without: the same to three digits), so it costs them nothing.
 */
export const burst = {
  weights: [
    { id: 'audio.rms', weight: 0.31 },
    { id: 'audio.onset', weight: 0.2 },
  ],
  zLimit: 8,
  threshold: 1,
  share: 0.5,
  seconds: 2.5,
} as const
