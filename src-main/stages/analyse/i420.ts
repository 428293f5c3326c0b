import { PICTURE_BYTES, PICTURE_HEIGHT, PICTURE_WIDTH } from '../../../src-shared/domain/signal.ts'

const pixels = PICTURE_WIDTH * PICTURE_HEIGHT
const half = 1 << 15
/** 128.5 of a mean over four pixels. */
const middle = 4 * (128 << 16) + 2 * (1 << 16)

/**
 * 160×90 RGB24 to planar YUV 4:2:0 in JPEG's colours (JFIF 1.02: BT.601, full range), written to `out`; a colour
 * difference is the mean of 2×2 pixels. Fixed point of 16 bits, rounded to the nearest.
 */
export function toI420(rgb: Uint8Array, out: Uint8Array): void {
  if (rgb.length !== 2 * PICTURE_BYTES || out.length !== PICTURE_BYTES) throw new RangeError('not a picture')
  const row = 3 * PICTURE_WIDTH
  for (let pixel = 0, at = 0; pixel < pixels; pixel++, at += 3) {
    // 0.299, 0.587, 0.114
    out[pixel] = (19_595 * rgb[at]! + 38_470 * rgb[at + 1]! + 7_471 * rgb[at + 2]! + half) >> 16
  }
  let u = pixels
  let v = pixels + pixels / 4
  for (let y = 0; y < PICTURE_HEIGHT; y += 2) {
    for (let at = y * row; at < (y + 1) * row; at += 6) {
      const r = rgb[at]! + rgb[at + 3]! + rgb[at + row]! + rgb[at + row + 3]!
      const g = rgb[at + 1]! + rgb[at + 4]! + rgb[at + row + 1]! + rgb[at + row + 4]!
      const b = rgb[at + 2]! + rgb[at + 5]! + rgb[at + row + 2]! + rgb[at + row + 5]!
      // -0.168736, -0.331264, 0.5 and 0.5, -0.418688, -0.081312; the largest, 255.5, is limited.
      out[u++] = Math.min(255, (middle - 11_058 * r - 21_710 * g + 32_768 * b) >> 18)
      out[v++] = Math.min(255, (middle + 32_768 * r - 27_439 * g - 5_329 * b) >> 18)
    }
  }
}
