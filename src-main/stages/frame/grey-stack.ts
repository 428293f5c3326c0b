import { median } from '../../../src-shared/domain/score.ts'

/** Fewer say too little: what looks still may only be so by chance. */
export const FEWEST_PICTURES = 12

/** Grey pictures of one size, of moments apart from each other, in any order. */
export interface GreyStack {
  readonly width: number
  readonly height: number
  /** `width * height` bytes each. */
  readonly frames: readonly Uint8Array[]
}

/** Each picture made smaller by a whole factor, by means over squares; what is left over at the edges goes. */
export function shrink({ width, height, frames }: GreyStack, factor: number): GreyStack {
  const [w, h] = [Math.floor(width / factor), Math.floor(height / factor)]
  const small = frames.map((frame) => {
    const out = new Uint8Array(w * h)
    for (let y = 0; y < h; y++) {
      for (let x = 0; x < w; x++) {
        let sum = 0
        for (let v = 0; v < factor; v++) {
          const row = (y * factor + v) * width + x * factor
          for (let u = 0; u < factor; u++) sum += frame[row + u]!
        }
        out[y * w + x] = Math.round(sum / (factor * factor))
      }
    }
    return out
  })
  return { width: w, height: h, frames: small }
}

interface Box {
  readonly x0: number
  readonly y0: number
  readonly x1: number
  readonly y1: number
}

/** A part of each picture, in pixels; `x1` and `y1` exclusive. */
export function cutOut({ width, frames }: GreyStack, { x0, y0, x1, y1 }: Box): GreyStack {
  const [w, h] = [x1 - x0, y1 - y0]
  const parts = frames.map((frame) => {
    const out = new Uint8Array(w * h)
    for (let y = 0; y < h; y++) out.set(frame.subarray((y0 + y) * width + x0, (y0 + y) * width + x1), y * w)
    return out
  })
  return { width: w, height: h, frames: parts }
}

/** What each pixel usually is: its median over time. */
export function medianPicture({ width, height, frames }: GreyStack): Float32Array {
  const out = new Float32Array(width * height)
  const values = new Float64Array(frames.length)
  for (let i = 0; i < out.length; i++) {
    for (const [t, frame] of frames.entries()) values[t] = frame[i]!
    out[i] = median(values)
  }
  return out
}

/** Sums over rectangles in four look-ups: entry (x, y) holds the sum of everything left of x and above y. */
export class Integral {
  private readonly sums: Float64Array
  private readonly stride: number

  constructor(values: ArrayLike<number>, width: number, height: number) {
    this.stride = width + 1
    this.sums = new Float64Array((width + 1) * (height + 1))
    for (let y = 0; y < height; y++) {
      let row = 0
      for (let x = 0; x < width; x++) {
        row += values[y * width + x]!
        this.sums[(y + 1) * this.stride + x + 1] = this.sums[y * this.stride + x + 1]! + row
      }
    }
  }

  /** From (x0, y0) to (x1, y1), exclusive. */
  sum(x0: number, y0: number, x1: number, y1: number): number {
    const { sums, stride } = this
    return sums[y1 * stride + x1]! - sums[y0 * stride + x1]! - sums[y1 * stride + x0]! + sums[y0 * stride + x0]!
  }
}
