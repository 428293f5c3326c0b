import { PICTURE_HEIGHT, PICTURE_WIDTH } from '../../../src-shared/domain/signal.ts'
import { FRAME_BYTES, FRAME_HEIGHT, FRAME_WIDTH } from './picture.ts'

export const RGB_BYTES = PICTURE_WIDTH * PICTURE_HEIGHT * 3
const rowBytes = PICTURE_WIDTH * 3
/** Five pixels become two, and so do five rows. */
const [pixelsIn, pixelsOut] = [5, 2]
if (PICTURE_WIDTH / FRAME_WIDTH !== pixelsIn / pixelsOut || PICTURE_HEIGHT / FRAME_HEIGHT !== pixelsIn / pixelsOut) {
  throw new RangeError('sizes that do not fit each other')
}

/**
 * Averages 160×90 RGB24 to 64×36: each pixel is the mean of 2.5×2.5, where the third of five counts half to either
 * side. What is returned is overwritten by the next call.
 */
export function createShrinker(): (rgb: Uint8Array) => Uint8Array {
  const out = new Uint8Array(FRAME_BYTES)
  // Sums of a row of pixels over 2.5 rows, in halves: at most 5 × 255.
  const upper = new Uint16Array(rowBytes)
  const lower = new Uint16Array(rowBytes)
  return (rgb) => {
    if (rgb.length !== RGB_BYTES) throw new RangeError(`not a ${PICTURE_WIDTH}x${PICTURE_HEIGHT} picture`)
    for (let row = 0, to = 0; row < PICTURE_HEIGHT; row += pixelsIn) {
      const at = row * rowBytes
      for (let i = 0; i < rowBytes; i++) {
        const middle = rgb[at + 2 * rowBytes + i]!
        upper[i] = 2 * (rgb[at + i]! + rgb[at + rowBytes + i]!) + middle
        lower[i] = middle + 2 * (rgb[at + 3 * rowBytes + i]! + rgb[at + 4 * rowBytes + i]!)
      }
      to = shrinkRow(upper, out, to)
      to = shrinkRow(lower, out, to)
    }
    return out
  }
}

function shrinkRow(sums: Uint16Array, out: Uint8Array, to: number): number {
  for (let i = 0; i < rowBytes; i += 3 * pixelsIn, to += 3 * pixelsOut) {
    for (let channel = i, place = to; channel < i + 3; channel++, place++) {
      const middle = sums[channel + 6]!
      // 25 quarter pixels, rounded to the nearest.
      out[place] = (2 * (sums[channel]! + sums[channel + 3]!) + middle + 12) / 25
      out[place + 3] = (middle + 2 * (sums[channel + 9]! + sums[channel + 12]!) + 12) / 25
    }
  }
  return to
}
