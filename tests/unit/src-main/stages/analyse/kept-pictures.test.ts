import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { toI420 } from '../../../../../src-main/stages/analyse/i420.ts'
import { FRAME_HEIGHT, FRAME_WIDTH } from '../../../../../src-main/stages/analyse/picture.ts'
import { PictureKeeper } from '../../../../../src-main/stages/analyse/picture-keeper.ts'
import { createShrinker, RGB_BYTES } from '../../../../../src-main/stages/analyse/resize.ts'
import { PICTURE_BYTES, PICTURE_HEIGHT, PICTURE_WIDTH } from '../../../../../src-shared/domain/signal.ts'
import { TICKS_PER_SECOND, ticksFromSeconds } from '../../../../../src-shared/domain/time.ts'

const noise = (seed: number): Uint8Array =>
  Uint8Array.from({ length: RGB_BYTES }, (_, i) => Math.imul(i + 1, 2_654_435_761 + 2 * seed) >>> 24)
const plain = (r: number, g: number, b: number): Uint8Array =>
  Uint8Array.from({ length: RGB_BYTES }, (_, i) => [r, g, b][i % 3]!)

describe('the picture for the signals', () => {
  test('each pixel is the mean of 2.5 by 2.5', () => {
    const rgb = noise(1)
    const small = createShrinker()(rgb)
    for (let y = 0; y < FRAME_HEIGHT; y++) {
      for (let x = 0; x < FRAME_WIDTH; x++) {
        for (let channel = 0; channel < 3; channel++) {
          let sum = 0
          for (let row = Math.floor(2.5 * y); row < 2.5 * (y + 1); row++) {
            const high = Math.min(row + 1, 2.5 * (y + 1)) - Math.max(row, 2.5 * y)
            for (let column = Math.floor(2.5 * x); column < 2.5 * (x + 1); column++) {
              const wide = Math.min(column + 1, 2.5 * (x + 1)) - Math.max(column, 2.5 * x)
              sum += high * wide * rgb[(row * PICTURE_WIDTH + column) * 3 + channel]!
            }
          }
          expect(small[(y * FRAME_WIDTH + x) * 3 + channel]).toBe(Math.floor(sum / 6.25 + 0.48))
        }
      }
    }
  })

  test('refuses another size', () => {
    expect(() => createShrinker()(new Uint8Array(64 * 36 * 3))).toThrow(RangeError)
  })
})

describe('the picture for the model', () => {
  test('has the planes of JPEG, colours as means of 2 by 2', () => {
    const rgb = noise(2)
    const out = new Uint8Array(PICTURE_BYTES)
    toI420(rgb, out)
    const at = (x: number, y: number, channel: number): number => rgb[(y * PICTURE_WIDTH + x) * 3 + channel]!
    const mean = (x: number, y: number, channel: number): number =>
      (at(x, y, channel) + at(x + 1, y, channel) + at(x, y + 1, channel) + at(x + 1, y + 1, channel)) / 4
    for (let y = 0; y < PICTURE_HEIGHT; y++) {
      for (let x = 0; x < PICTURE_WIDTH; x++) {
        const luma = 0.299 * at(x, y, 0) + 0.587 * at(x, y, 1) + 0.114 * at(x, y, 2)
        expect(Math.abs(out[y * PICTURE_WIDTH + x]! - luma)).toBeLessThanOrEqual(0.501)
        if (x % 2 === 1 || y % 2 === 1) continue
        const [r, g, b] = [mean(x, y, 0), mean(x, y, 1), mean(x, y, 2)]
        const place = PICTURE_WIDTH * PICTURE_HEIGHT + (y / 2) * (PICTURE_WIDTH / 2) + x / 2
        const u = 128 - 0.168736 * r - 0.331264 * g + 0.5 * b
        const v = 128 + 0.5 * r - 0.418688 * g - 0.081312 * b
        expect(Math.abs(out[place]! - u)).toBeLessThanOrEqual(0.501)
        expect(Math.abs(out[place + (PICTURE_WIDTH * PICTURE_HEIGHT) / 4]! - v)).toBeLessThanOrEqual(0.501)
      }
    }
  })

  test.each([
    ['white', [255, 255, 255], [255, 128, 128]],
    ['black', [0, 0, 0], [0, 128, 128]],
    ['red', [255, 0, 0], [76, 85, 255]],
    ['blue', [0, 0, 255], [29, 255, 107]],
  ] as const)('%s', (_, [r, g, b], [y, u, v]) => {
    const out = new Uint8Array(PICTURE_BYTES)
    toI420(plain(r, g, b), out)
    const luma = PICTURE_WIDTH * PICTURE_HEIGHT
    expect([out[0], out[luma - 1], out[luma], out[luma * 1.25 - 1], out[luma * 1.25], out.at(-1)]).toEqual([
      ...[y, y],
      ...[u, u],
      ...[v, v],
    ])
  })
})

describe('which pictures are kept', () => {
  const grey = plain(128, 128, 128)
  const keep = async (seconds: readonly number[], most = 1000): Promise<number[]> => {
    const kept: number[] = []
    const writer = { writePicture: async (time: number) => void kept.push(time / TICKS_PER_SECOND) }
    const keeper = new PictureKeeper(writer, most)
    for (const time of seconds) await keeper.offer(ticksFromSeconds(time), grey)
    return kept
  }

  test('one a second, from the first on', async () => {
    expect(await keep([0, 0.25, 0.5, 0.99, 1, 1.9, 2.1, 2.9, 7, 7.5])).toEqual([0, 1, 2.1, 7])
  })

  test('what is decoded afterwards goes into the gaps', async () => {
    expect(await keep([0, 30, 60, 0, 8, 16, 24, 29.5, 30, 38])).toEqual([0, 30, 60, 8, 16, 24, 38])
  })

  test('never closer than a second and never too many, in whatever order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.double({ min: -5, max: 40, noNaN: true }), { maxLength: 60 }), async (seconds) => {
        const kept = (await keep(seconds, 12)).toSorted((a, b) => a - b)
        expect(kept.length).toBeLessThanOrEqual(12)
        for (let i = 1; i < kept.length; i++) expect(kept[i]! - kept[i - 1]!).toBeGreaterThanOrEqual(1 - 1e-8)
        // And none that would have fitted is missing.
        if (kept.length === 12) return
        for (const time of seconds) expect(kept.some((other) => Math.abs(other - time) < 1 + 1e-8)).toBe(true)
      }),
      { numRuns: 50 },
    )
  })
})
