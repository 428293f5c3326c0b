import type { TrackRole } from '../../contract/media-info.ts'
import { listenTo } from '../score.ts'
import { findCurve, type SignalCurve, type Signals } from '../signal.ts'
import { mulberry32 } from './random.ts'

/** Curves of two values a second by which anybody could pick moments; NaN where nothing is known. */
export interface BaselineCurves {
  /** Level in dB, of the loudest game track. */
  readonly loudness: Float32Array
  /** The same against the three minutes to either side. */
  readonly loudnessZ: Float32Array
  /** How much the picture differs from the keyframe before, against the three minutes to either side. */
  readonly sceneChange: Float32Array
}

export function baselineCurves(signals: Signals, roles: readonly TrackRole[]): BaselineCurves {
  const { game, mic } = listenTo(roles)
  const tracks = game.length > 0 ? game : mic
  const heard = tracks.flatMap((track) => findCurve(signals, 'audio.rms', track) ?? [])
  const picture = signals.curves.filter(({ id }) => id === 'picture.histogram')
  return {
    loudness: highest(heard, 'values', signals.length),
    loudnessZ: highest(heard, 'z', signals.length),
    sceneChange: highest(picture, 'z', signals.length),
  }
}

function highest(curves: readonly SignalCurve[], what: 'values' | 'z', length: number): Float32Array {
  const out = new Float32Array(length).fill(Number.NaN)
  for (const curve of curves) {
    for (let i = 0; i < length; i++) {
      const value = curve.valid[i] ? curve[what][i]! : Number.NaN
      if (!(out[i]! >= value)) out[i] = Number.isNaN(value) ? out[i]! : value
    }
  }
  return out
}

/**
 * A moment in the middle of each minute, ten seconds to either side. The best few of them lie spread over the recording,
 * as if only so many had been asked for: the heights fall in the order of van der Corput.
 */
export function evenlySpaced(slots: number): Float32Array {
  const count = Math.max(1, Math.round(slots / 120))
  const length = slots / count
  const places = Array.from({ length: count }, (_, i) => i).sort((a, b) => bitReversed(a) - bitReversed(b))
  const heights = new Float32Array(count)
  for (const [rank, place] of places.entries()) heights[place] = 1 - rank / (2 * count)
  return Float32Array.from({ length: slots }, (_, i) => {
    const minute = Math.min(count - 1, Math.floor((i + 0.5) / length))
    const away = Math.abs(i + 0.5 - (minute + 0.5) * length)
    return heights[minute]! * Math.max(0, 1 - away / 20)
  })
}

/** 1, 2, 3, 4 … become 1/2, 1/4, 3/4, 1/8 … */
function bitReversed(n: number): number {
  let [rest, place, out] = [n, 0.5, 0]
  for (; rest > 0; rest >>= 1, place /= 2) if (rest & 1) out += place
  return out
}

export function randomCurve(slots: number, seed: number): Float32Array {
  return Float32Array.from({ length: slots }, mulberry32(seed))
}

/** Any curve from 0 to 1, which is what the clip decoder takes; what is not known is 0. */
export function stretched(curve: ArrayLike<number>): Float32Array {
  let [low, high] = [Infinity, -Infinity]
  for (let i = 0; i < curve.length; i++) {
    const value = curve[i]!
    if (!Number.isFinite(value)) continue
    low = Math.min(low, value)
    high = Math.max(high, value)
  }
  const range = high > low ? high - low : 1
  return Float32Array.from(curve, (value) => (Number.isFinite(value) ? (value - low) / range : 0))
}
