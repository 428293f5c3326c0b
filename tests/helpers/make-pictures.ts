import { PICTURE_BYTES, PICTURE_HEIGHT, PICTURE_WIDTH } from '../../src-shared/domain/signal.ts'

const pixels = PICTURE_WIDTH * PICTURE_HEIGHT

/** A small picture (I420) from brightness and colour differences (-128 to 127) by place. */
export function makePicture(
  luma: (x: number, y: number) => number,
  colour: (x: number, y: number) => readonly [cb: number, cr: number] = () => [0, 0],
): Uint8Array {
  const clamp = (value: number): number => Math.max(0, Math.min(255, Math.round(value)))
  const out = new Uint8Array(PICTURE_BYTES)
  for (let i = 0; i < pixels; i++) out[i] = clamp(luma(i % PICTURE_WIDTH, Math.floor(i / PICTURE_WIDTH)))
  for (let i = 0; i < pixels / 4; i++) {
    const [cb, cr] = colour((2 * i) % PICTURE_WIDTH, 2 * Math.floor((2 * i) / PICTURE_WIDTH))
    out[pixels + i] = clamp(cb + 128)
    out[pixels + pixels / 4 + i] = clamp(cr + 128)
  }
  return out
}

export const flat = (level: number): Uint8Array => makePicture(() => level)

/** A noisy scene; `seed` says which. */
export const scene = (seed: number, { blur = 1, colour = 0, gain = 1 } = {}): Uint8Array =>
  makePicture(
    (x, y) =>
      gain * (60 + hash(Math.floor(x / (4 * blur)), Math.floor(y / (4 * blur)), seed) * (140 / Math.sqrt(blur))),
    (x, y) => {
      const hue = 6.28 * hash(Math.floor(x / 20), Math.floor(y / 20), seed + 7)
      return [gain * colour * Math.cos(hue), gain * colour * Math.sin(hue)]
    },
  )

/** `a` to `b`: 0 to 1. */
export const mixed = (a: Uint8Array, b: Uint8Array, share: number): Uint8Array =>
  a.map((value, i) => Math.round(value * (1 - share) + b[i]! * share))

function hash(x: number, y: number, seed: number): number {
  const value = Math.imul(x * 374_761_393 + y * 668_265_263 + seed * 2_246_822_519, 3_266_489_917)
  return ((value ^ (value >>> 15)) >>> 0) / 2 ** 32
}
