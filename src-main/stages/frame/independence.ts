import type { GreyStack } from './grey-stack.ts'

/** Below this variance over time (7 grey levels of deviation) a pixel says too little to be compared with another. */
const quietVariance = 50

/** Two still pixels that differ by so much belong to two things: a camera's wall beside a black bar. */
const stillStep = 24

/**
 * How little what happens on one side of a line has to do with what happens on the other: the variance over time of the
 * difference of two pixels, against the sum of their variances. Near 0 inside one picture, whose neighbours change
 * together; near 1 where two pictures meet, or a moving one meets a still one.
 *
 * `gap` pixels on either side of the line are jumped over. Entry (x, y) is the line left of pixel x (`across: 'x'`) or
 * above pixel y (`'y'`); 0 where the pictures end.
 */
export function independence({ width, height, frames }: GreyStack, across: 'x' | 'y', gap: number): Float32Array {
  const out = new Float32Array(width * height)
  const step = across === 'x' ? 1 : width
  const [before, behind] = [(gap + 1) * step, gap * step]
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [at, length] = across === 'x' ? [x, width] : [y, height]
      if (at - gap - 1 < 0 || at + gap >= length) continue
      const i = y * width + x
      const { apart, varA, varB, meanStep } = compare(frames, i - before, i + behind)
      const isStill = Math.max(varA, varB) < quietVariance
      out[i] = isStill ? Math.max(apart, Math.min(1, meanStep / stillStep)) : apart
    }
  }
  return out
}

/** The same of two pixels, by what happens over time alone. */
export function pairIndependence(frames: readonly Uint8Array[], first: number, second: number): number {
  return compare(frames, first, second).apart
}

function compare(
  frames: readonly Uint8Array[],
  first: number,
  second: number,
): { apart: number; varA: number; varB: number; meanStep: number } {
  const n = frames.length
  let [a1, a2, b1, b2, ab] = [0, 0, 0, 0, 0]
  for (const frame of frames) {
    const a = frame[first]!
    const b = frame[second]!
    a1 += a
    b1 += b
    a2 += a * a
    b2 += b * b
    ab += a * b
  }
  const varA = a2 / n - (a1 / n) ** 2
  const varB = b2 / n - (b1 / n) ** 2
  const together = ab / n - (a1 / n) * (b1 / n)
  const apart = Math.max(0, varA + varB - 2 * together) / (varA + varB + quietVariance)
  return { apart, varA, varB, meanStep: Math.abs(a1 - b1) / n }
}
