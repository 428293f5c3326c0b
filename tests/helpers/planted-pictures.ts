import type { Background } from './planted-sound.ts'

export const [WIDTH, HEIGHT] = [160, 90]
const BYTES = WIDTH * HEIGHT * 3

/** What is on the screen at a moment, in seconds: a scene that moves as usual, seen from `shift` pixels further on. */
export function ordinaryPicture(what: Background, second: number, shift: number, seed: number): Uint8Array {
  const rgb = new Uint8Array(BYTES)
  // A camera that turns, a person who nods, a visualiser that breathes.
  const turn = what === 'game' ? 6 * second : what === 'talk' ? 2 * Math.sin(second / 3) : 3 * Math.sin(second / 5)
  const breath = what === 'music' ? 10 * Math.sin(second / 4) : 0
  const near = Array.from({ length: WIDTH }, (_, x) => Math.sin((x + turn + shift) / 9 + seed))
  for (let y = 0, at = 0; y < HEIGHT; y++) {
    const floor = 0.7 * Math.sin(y / 6 + seed * 2)
    for (let x = 0; x < WIDTH; x++, at += 3) {
      const far = x + turn + shift
      const walls = near[x]! + Math.sin(far / 23 + y / 11) + floor
      const light = 95 + 22 * walls + breath - y / 4
      rgb[at] = light + 8
      rgb[at + 1] = light
      rgb[at + 2] = light - 10 + 6 * near[x]!
    }
  }
  return rgb
}

/** Lines of bright letters on a dark band, as games announce things. */
export function addText(rgb: Uint8Array, random: () => number): void {
  const [lines, top] = [1 + Math.floor(random() * 3), 10 + Math.floor(random() * 30)]
  const [left, right] = [20 + Math.floor(random() * 20), 120 + Math.floor(random() * 25)]
  fill(rgb, left - 6, top - 4, right + 6, top + lines * 14 + 2, [15, 15, 20])
  const colour = [255, 200 + Math.floor(random() * 55), Math.floor(random() * 255)]
  for (let line = 0; line < lines; line++) {
    for (let x = left; x < right - 6; x += 8) {
      if (random() < 0.15) continue
      const y = top + line * 14
      fill(rgb, x, y, x + 2, y + 10, colour)
      fill(rgb, x, y + (random() < 0.5 ? 0 : 4), x + 6, y + (random() < 0.5 ? 2 : 6), colour)
    }
  }
}

/** The whole picture in one bright colour, with what was there shining through. */
export function addFlash(rgb: Uint8Array, random: () => number): void {
  const red = random() < 0.5
  for (let i = 0; i < rgb.length; i++) {
    const lit = red && i % 3 !== 0 ? 10 : 250
    rgb[i] = 0.2 * rgb[i]! + 0.8 * lit
  }
}

function fill(rgb: Uint8Array, x0: number, y0: number, x1: number, y1: number, colour: readonly number[]): void {
  for (let y = Math.max(0, y0); y < Math.min(HEIGHT, y1); y++)
    for (let x = Math.max(0, x0); x < Math.min(WIDTH, x1); x++)
      for (let c = 0; c < 3; c++) rgb[(y * WIDTH + x) * 3 + c] = colour[c]!
}
