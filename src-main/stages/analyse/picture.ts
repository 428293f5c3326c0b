export const FRAME_WIDTH = 64
export const FRAME_HEIGHT = 36
export const FRAME_BYTES = FRAME_WIDTH * FRAME_HEIGHT * 3
const pixels = FRAME_WIDTH * FRAME_HEIGHT
const blockSize = 4
const blocksPerRow = FRAME_WIDTH / blockSize
const blockCount = blocksPerRow * (FRAME_HEIGHT / blockSize)
/** 4 levels a channel. */
const histogramSize = 64

/** What one small picture looks like; the last two are NaN where there is no picture before it. */
export interface PictureFacts {
  /** Mean brightness (BT.709 weights on the stored values), 0 to 1. */
  readonly luma: number
  /** Standard deviation of the brightness. */
  readonly variance: number
  /** Mean of (max - min) / max over the pixels. */
  readonly saturation: number
  /** Share of the pixels that are strongly red: at least 96, and twice green and blue. */
  readonly red: number
  /** Half the L1 distance of the 4×4×4 RGB histograms, 0 to 1. */
  readonly histogram: number
  /** Mean absolute difference of the brightness of 4×4-pixel blocks, 0 to 1. */
  readonly blocks: number
}

/** Measures pictures in the order they are shown. Keeps only the last one's blocks and histogram. */
export interface PictureMeter {
  /** `rgb`: 64×36 RGB24. */
  measure(rgb: Uint8Array): PictureFacts
}

export function createPictureMeter(): PictureMeter {
  let before: { blocks: Float64Array; histogram: Float64Array } | undefined
  return {
    measure(rgb) {
      if (rgb.length !== FRAME_BYTES) throw new RangeError(`not a ${FRAME_WIDTH}x${FRAME_HEIGHT} picture`)
      const blocks = new Float64Array(blockCount)
      const histogram = new Float64Array(histogramSize)
      let sum = 0
      let squares = 0
      let saturation = 0
      let red = 0
      for (let pixel = 0, at = 0; pixel < pixels; pixel++, at += 3) {
        const r = rgb[at]!
        const g = rgb[at + 1]!
        const b = rgb[at + 2]!
        const luma = (0.2126 * r + 0.7152 * g + 0.0722 * b) / 255
        sum += luma
        squares += luma * luma
        const most = Math.max(r, g, b)
        if (most > 0) saturation += (most - Math.min(r, g, b)) / most
        if (r >= 96 && r >= 2 * g && r >= 2 * b) red += 1
        histogram[((r >> 6) << 4) | ((g >> 6) << 2) | (b >> 6)]! += 1 / pixels
        const x = pixel % FRAME_WIDTH
        const y = (pixel - x) / FRAME_WIDTH
        blocks[((y / blockSize) | 0) * blocksPerRow + ((x / blockSize) | 0)]! += luma / (blockSize * blockSize)
      }
      const mean = sum / pixels
      const facts = {
        luma: mean,
        variance: Math.sqrt(Math.max(0, squares / pixels - mean * mean)),
        saturation: saturation / pixels,
        red: red / pixels,
        histogram: before === undefined ? Number.NaN : distance(histogram, before.histogram) / 2,
        blocks: before === undefined ? Number.NaN : distance(blocks, before.blocks) / blockCount,
      }
      before = { blocks, histogram }
      return facts
    },
  }
}

function distance(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += Math.abs(a[i]! - b[i]!)
  return sum
}
