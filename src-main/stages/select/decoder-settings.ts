/** The clip decoder's numbers; times in seconds, heights as probabilities. */
export interface DecoderSettings {
  /** Values a second of the score. */
  readonly rate: number
  readonly smoothSeconds: number
  /** A peak must stand this far above the recording's median. */
  readonly leastProminence: number
  readonly suppressSeconds: number
  /** Peaks whose half-height spans lie this near make a streak, */
  readonly streakGap: number
  /** if the lower one has at least this part of the higher one's height. */
  readonly streakLikeness: number
  readonly padBefore: number
  readonly padAfter: number
  readonly shortest: number
  readonly longest: number
  /** How far the start may move, earlier and later, to meet a cut or a pause. */
  readonly snapEarlier: number
  readonly snapLater: number
  /** What a clip shows before its peak, snapping or not. */
  readonly leadIn: number
  /** Without a number of clips to take: this many an hour, */
  readonly perHour: number
  /** but at least this many, as far as they reach the threshold: a highlight is likelier there than anywhere. */
  readonly atLeast: number
  readonly threshold: number
}

export const decoderSettings: DecoderSettings = {
  rate: 2,
  smoothSeconds: 3,
  leastProminence: 0.02,
  suppressSeconds: 20,
  streakGap: 4,
  streakLikeness: 0.6,
  padBefore: 3,
  padAfter: 2,
  shortest: 8,
  longest: 45,
  snapEarlier: 2.5,
  snapLater: 1.5,
  leadIn: 3,
  perHour: 4,
  atLeast: 3,
  threshold: 0.15,
}
