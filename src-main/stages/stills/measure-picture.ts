import { PICTURE_BYTES, PICTURE_HEIGHT, PICTURE_WIDTH } from '../../../src-shared/domain/signal.ts'

const pixels = PICTURE_WIDTH * PICTURE_HEIGHT
const chroma = pixels / 4

/** What a small picture (I420 of 160×90, full range) looks like. */
export interface PictureLooks {
  /** Mean and standard deviation of its brightness, 0 to 255. */
  readonly brightness: number
  readonly contrast: number
  /** Variance of the Laplacian of its brightness (Pech-Pacheco et al. 2000): the more detail, the larger. */
  readonly sharpness: number
  /** M of Hasler and Süsstrunk 2003: 0 is grey, 33 moderately, 82 and more extremely colourful. */
  readonly colourfulness: number
}

/** @throws RangeError when it is not such a picture. */
export function measurePicture(i420: Uint8Array): PictureLooks {
  if (i420.length !== PICTURE_BYTES) throw new RangeError('not a picture')
  const [brightness, contrast] = meanAndDeviation(pixels, (i) => i420[i]!)
  // rg = R - G and yb = (R + G)/2 - B do not depend on the brightness: JFIF's matrix, solved for the colour differences.
  const cb = (i: number): number => i420[pixels + i]! - 128
  const cr = (i: number): number => i420[pixels + chroma + i]! - 128
  const [rgMean, rgDeviation] = meanAndDeviation(chroma, (i) => 0.344136 * cb(i) + 2.116136 * cr(i))
  const [ybMean, ybDeviation] = meanAndDeviation(chroma, (i) => 0.343932 * cr(i) - 1.944068 * cb(i))
  return {
    brightness,
    contrast,
    sharpness: laplacianVariance(i420),
    colourfulness: Math.hypot(rgDeviation, ybDeviation) + 0.3 * Math.hypot(rgMean, ybMean),
  }
}

/**
 * How good it is as a thumbnail, 0 to 1: sharp and colourful, but nothing that is nearly black, white or of one shade
 * (fades, flashes, loading screens).
 */
export function scorePicture({ brightness, contrast, sharpness, colourfulness }: PictureLooks): number {
  const exposed = ramp(brightness, 16, 56) * (1 - ramp(brightness, 208, 244)) * ramp(contrast, 6, 24)
  // Detail varies by powers of ten between a smear and a hard-edged game.
  const sharp = ramp(Math.log10(1 + sharpness), 1, 3.5)
  return exposed * (0.6 * sharp + 0.4 * ramp(colourfulness, 0, 82))
}

/** Mean difference of the brightness over this time says that something changed at all, and is not noise. */
const changed = 2
/** In motion the middle picture is about as far from the mean of the others as they are from each other. */
const blended = 0.25

/**
 * Is `at` a mixture of what comes just before and after it, as in a dissolve or a fade? Their mean is then much more
 * like it than they are like each other, which motion never is.
 */
export function isDissolve(before: Uint8Array, at: Uint8Array, after: Uint8Array): boolean {
  let [change, rest] = [0, 0]
  for (let i = 0; i < pixels; i++) {
    change += Math.abs(after[i]! - before[i]!)
    rest += Math.abs(at[i]! - (before[i]! + after[i]!) / 2)
  }
  return change > changed * pixels && rest < blended * change
}

function laplacianVariance(luma: Uint8Array): number {
  const row = PICTURE_WIDTH
  let [sum, squares, count] = [0, 0, 0]
  for (let y = 1; y < PICTURE_HEIGHT - 1; y++) {
    for (let i = y * row + 1; i < (y + 1) * row - 1; i++) {
      const value = luma[i - 1]! + luma[i + 1]! + luma[i - row]! + luma[i + row]! - 4 * luma[i]!
      sum += value
      squares += value * value
      count += 1
    }
  }
  return squares / count - (sum / count) ** 2
}

function meanAndDeviation(count: number, value: (i: number) => number): [mean: number, deviation: number] {
  let [sum, squares] = [0, 0]
  for (let i = 0; i < count; i++) {
    const x = value(i)
    sum += x
    squares += x * x
  }
  const mean = sum / count
  return [mean, Math.sqrt(Math.max(0, squares / count - mean * mean))]
}

function ramp(value: number, from: number, to: number): number {
  return Math.min(1, Math.max(0, (value - from) / (to - from)))
}
