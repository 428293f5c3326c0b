/** What generated overlays are drawn with: grey pictures of one size, everything by chance from a seed. */

export const width = 640
export const height = 360
export const side = 512

export type Random = () => number

export const between = (random: Random, least: number, most: number): number => least + (most - least) * random()
export const pick = <T>(random: Random, from: readonly T[]): T => from[Math.floor(random() * from.length)]!

/** Tileable noise of several sizes, with walls and crates in it. */
export function makeTexture(random: Random): Float32Array {
  const texture = new Float32Array(side * side)
  for (const [cells, strength] of [
    [6, 70],
    [24, 40],
    [96, 22],
  ] as const) {
    const grid = Float32Array.from({ length: cells * cells }, () => random() - 0.5)
    for (let y = 0; y < side; y++) {
      for (let x = 0; x < side; x++) {
        const [u, v] = [(x * cells) / side, (y * cells) / side]
        const [i, j] = [Math.floor(u), Math.floor(v)]
        const [a, b] = [u - i, v - j]
        const at = (p: number, q: number): number => grid[(q % cells) * cells + (p % cells)]!
        const top = at(i, j) * (1 - a) + at(i + 1, j) * a
        const low = at(i, j + 1) * (1 - a) + at(i + 1, j + 1) * a
        texture[y * side + x]! += strength * 2 * (top * (1 - b) + low * b)
      }
    }
  }
  for (let n = 0; n < 40; n++) {
    const [x0, y0] = [Math.floor(random() * side), Math.floor(random() * side)]
    const [w, h] = [10 + Math.floor(random() * 60), 10 + Math.floor(random() * 60)]
    const shade = between(random, -60, 60)
    for (let y = y0; y < y0 + h; y++) {
      for (let x = x0; x < x0 + w; x++) texture[(y % side) * side + (x % side)]! += shade
    }
  }
  return texture
}

export interface Extra {
  what: string
  /** Of what has a place of its own. */
  box?: Box
  draw(picture: Float32Array): void
}

export type Box = readonly [x0: number, y0: number, x1: number, y1: number]

/** Mixes a shade into a rectangle whose sides need not lie on pixels. */
export function fill(
  picture: Float32Array,
  [x0, y0, x1, y1]: Box,
  shade: number | ((x: number, y: number) => number),
  opacity = 1,
): void {
  const [left, right] = [Math.max(0, Math.floor(x0)), Math.min(width, Math.ceil(x1))]
  for (let y = Math.max(0, Math.floor(y0)); y < Math.min(height, Math.ceil(y1)); y++) {
    const down = (Math.min(y + 1, y1) - Math.max(y, y0)) * opacity
    for (let x = left; x < right; x++) {
      const along = x < x0 || x + 1 > x1 ? Math.min(x + 1, x1) - Math.max(x, x0) : 1
      const part = Math.max(0, down * along)
      const i = y * width + x
      const value = typeof shade === 'number' ? shade : shade(x, y)
      picture[i] = picture[i]! * (1 - part) + value * part
    }
  }
}

/** Strokes in the place of letters. */
export function write(
  picture: Float32Array,
  random: Random,
  x: number,
  y: number,
  length: number,
  shade: number,
): void {
  for (let n = 0; n < length; n++) {
    const [left, wide] = [x + n * 6, between(random, 1, 3)]
    fill(picture, [left, y, left + wide, y + 6], shade)
    if (random() < 0.6) fill(picture, [left, y + 2 * Math.floor(random() * 3), left + 4, y + 2], shade)
  }
}

export function touches(a: Box, b: Box): boolean {
  return a[0] < b[2] + 4 && b[0] < a[2] + 4 && a[1] < b[3] + 4 && b[1] < a[3] + 4
}

export const corner = (random: Random, w: number, h: number): [number, number] => [
  pick(random, [0, 12, width - w - 12, width - w]),
  pick(random, [0, 12, height - h - 12, height - h]),
]
