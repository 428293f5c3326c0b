import type { TrackRole } from '../contract/media-info.ts'
import type { Signals } from './signal.ts'
import type { Ticks } from './time.ts'

/** Log-mel spectrogram of one audio track, read piece by piece: that of a long recording does not fit in memory. */
export interface MelTrack {
  readonly track: number
  /** `count` slots from `first`, 25 rows of 40 bands each, quantised to a byte; 0 where it is silent. */
  read(first: number, count: number): Promise<Uint8Array>
}

/** Small pictures of a recording (keyframes, mostly), at most one a second, read piece by piece. */
export interface KeptPictures {
  /** When each was shown, ascending. */
  readonly times: readonly Ticks[]
  /** `count` pictures from the one numbered `first`, `PICTURE_BYTES` each. */
  read(first: number, count: number): Promise<Uint8Array>
}

/** Everything a scorer may look at. All of it lies on the 2 Hz grid of `signals`. */
export interface ScoreInput {
  readonly signals: Signals
  readonly mel: readonly MelTrack[]
  /** None where the recording has no video. */
  readonly pictures: KeptPictures
  /** Role of each audio track, by track index. */
  readonly roles: readonly TrackRole[]
}

/** Which audio tracks to listen to: what the game (and everything else) sounds like, and the streamer's voice. */
export interface Listening {
  readonly game: readonly number[]
  readonly mic: readonly number[]
}

/**
 * OBS often records a mix beside the separate tracks that it is made of. Hearing both would count every sound twice,
 * so a mix is heard only where no separate game track exists. Music and voice-chat tracks are not evidence of a
 * highlight and are heard only when there is nothing else.
 */
export function listenTo(roles: readonly TrackRole[]): Listening {
  const of = (...wanted: TrackRole[]): number[] => roles.flatMap((role, i) => (wanted.includes(role) ? [i] : []))
  const mic = of('mic')
  const candidates = [of('game'), of('mix'), of('unknown')].find((tracks) => tracks.length > 0)
  if (candidates) return { game: candidates, mic }
  if (mic.length > 0) return { game: [], mic }
  return { game: of('music', 'chat'), mic: [] }
}

/** Median of the finite values; NaN when there are none. */
export function median(values: Iterable<number>): number {
  const sorted = Float64Array.from(values).filter(Number.isFinite).sort()
  const middle = sorted.length >> 1
  if (sorted.length === 0) return Number.NaN
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

/**
 * Centred moving average over `seconds` of a curve with `rate` values a second; the two outermost values count in part,
 * so that the window is exactly that long. It is cut at the ends: a constant stays constant.
 */
export function smooth(values: ArrayLike<number>, seconds: number, rate = 2): Float32Array {
  const half = Math.max(0, (seconds * rate - 1) / 2)
  const whole = Math.floor(half)
  const edge = half - whole
  const out = new Float32Array(values.length)
  for (let i = 0; i < out.length; i++) {
    let [sum, weight] = [0, 0]
    for (let k = -whole - 1; k <= whole + 1; k++) {
      const value = values[i + k]
      if (value === undefined) continue
      const share = Math.abs(k) > whole ? edge : 1
      sum += share * value
      weight += share
    }
    out[i] = sum / weight
  }
  return out
}
