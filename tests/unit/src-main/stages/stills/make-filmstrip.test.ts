import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { makeFilmstrip, nearest } from '../../../../../src-main/stages/stills/make-filmstrip.ts'
import { PICTURE_BYTES } from '../../../../../src-shared/domain/signal.ts'
import { makePicture } from '../../../../helpers/make-pictures.ts'

const signal = new AbortController().signal
const pictures = {
  times: [0, 100, 200, 350],
  read: async (first: number) =>
    makePicture(
      (x, y) => first * 50 + (x === 159 && y === 89 ? 9 : 0),
      () => [first, -first],
    ),
}

describe('a filmstrip', () => {
  test('shows of each part the picture nearest to its middle, row after row', async () => {
    const request = { from: 0, to: 400, count: 5, columns: 2 }
    const strip = (await makeFilmstrip(pictures, request, { signal }))!
    expect(strip).toMatchObject({ columns: 2, rows: 3, times: [0, 100, 200, 350, 350] })
    expect(strip.i420.length).toBe(6 * PICTURE_BYTES)
    const [width, height] = [320, 270]
    const at = (column: number, row: number, x: number, y: number) =>
      strip.i420[(row * 90 + y) * width + column * 160 + x]
    expect([at(0, 0, 0, 0), at(1, 0, 0, 0), at(0, 1, 5, 5), at(1, 1, 0, 0), at(0, 2, 0, 0)]).toEqual([
      0, 50, 100, 150, 150,
    ])
    expect([at(0, 1, 159, 89), at(1, 2, 80, 80)]).toEqual([109, 0])
    const cb = (column: number, row: number) => strip.i420[width * height + row * 45 * 160 + column * 80]
    const cr = (column: number, row: number) => strip.i420[1.25 * width * height + row * 45 * 160 + column * 80]
    expect([cb(0, 0), cb(1, 0), cb(1, 1), cb(1, 2)]).toEqual([128, 129, 131, 128])
    expect([cr(0, 0), cr(1, 0), cr(1, 1), cr(1, 2)]).toEqual([128, 127, 125, 128])
  })

  test('is no wider than its pictures, none without pictures, and of a sane size', async () => {
    expect(await makeFilmstrip(pictures, { from: 0, to: 9, count: 2, columns: 30 }, { signal })).toMatchObject({
      columns: 2,
      rows: 1,
    })
    const none = { times: [], read: pictures.read }
    expect(await makeFilmstrip(none, { from: 0, to: 9, count: 2, columns: 1 }, { signal })).toBeNull()
    for (const wrong of [{ count: 0 }, { count: 401 }, { columns: 0 }, { to: 0 }]) {
      const request = { from: 0, to: 9, count: 2, columns: 2, ...wrong }
      await expect(makeFilmstrip(pictures, request, { signal })).rejects.toThrow(RangeError)
    }
    await expect(
      makeFilmstrip(pictures, { from: 0, to: 9, count: 2, columns: 2 }, { signal: AbortSignal.abort(new Error('no')) }),
    ).rejects.toThrow('no')
  })

  test('the nearest of times', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.nat(500), { minLength: 1 }),
        fc.integer({ min: -50, max: 600 }),
        (values, wanted) => {
          const times = values.sort((a, b) => a - b)
          const least = Math.min(...times.map((time) => Math.abs(time - wanted)))
          expect(Math.abs(times[nearest(times, wanted)]! - wanted)).toBe(least)
        },
      ),
    )
  })
})
