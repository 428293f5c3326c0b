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
    for (let block = 0; block < PICTURE_HEIGHT / pixelsIn; block++) {
      const at = block * pixelsIn * rowBytes
      for (let i = 0; i < rowBytes; i++) {
        const middle = rgb[at + 2 * rowBytes + i]!
        upper[i] = 2 * (rgb[at + i]! + rgb[at + rowBytes + i]!) + middle
        lower[i] = middle + 2 * (rgb[at + 3 * rowBytes + i]! + rgb[at + 4 * rowBytes + i]!)
      }
      shrinkRow(upper, out, pixelsOut * block * FRAME_WIDTH * 3)
      shrinkRow(lower, out, (pixelsOut * block + 1) * FRAME_WIDTH * 3)
    }
    return out
  }
}

/** Sums of a row to a row of `out`, from the byte `start` on. */
function shrinkRow(sums: Uint16Array, out: Uint8Array, start: number): void {
  for (let i = 0, to = start; i < rowBytes; i += 3 * pixelsIn, to += 3 * pixelsOut) {
    for (let channel = 0; channel < 3; channel++) {
      const from = i + channel
      const middle = sums[from + 6]!
      // 25 quarter pixels, rounded to the nearest.
      out[to + channel] = (2 * (sums[from]! + sums[from + 3]!) + middle + 12) / 25
      out[to + channel + 3] = (middle + 2 * (sums[from + 9]! + sums[from + 12]!) + 12) / 25
    }
  }
}
