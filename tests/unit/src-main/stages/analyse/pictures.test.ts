import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createPictureMeter, FRAME_BYTES, FRAME_WIDTH } from '../../../../../src-main/stages/analyse/picture.ts'
import { findCuts, PictureTrack, spreadPictures } from '../../../../../src-main/stages/analyse/picture-track.ts'
import { TICKS_PER_SECOND, ticksFromSeconds } from '../../../../../src-shared/domain/time.ts'

type Rgb = readonly [number, number, number]

function picture(colour: (x: number, y: number) => Rgb): Uint8Array {
  const out = new Uint8Array(FRAME_BYTES)
  for (let i = 0; i < FRAME_BYTES / 3; i++) out.set(colour(i % FRAME_WIDTH, Math.floor(i / FRAME_WIDTH)), 3 * i)
  return out
}

const plain = (r: number, g: number, b: number) => picture(() => [r, g, b])
const grey = plain(128, 128, 128)

describe('one picture', () => {
  test('brightness, contrast, saturation and red', () => {
    const meter = createPictureMeter()
    const white = meter.measure(plain(255, 255, 255))
    expect(white.luma).toBeCloseTo(1, 6)
    expect(white.variance).toBeCloseTo(0, 6)
    expect(white).toMatchObject({ saturation: 0, red: 0 })
    const halves = meter.measure(picture((x) => (x < 32 ? [0, 0, 0] : [255, 255, 255])))
    expect(halves.luma).toBeCloseTo(0.5, 6)
    expect(halves.variance).toBeCloseTo(0.5, 6)
    const red = meter.measure(picture((x) => (x < 16 ? [200, 10, 10] : [90, 90, 90])))
    expect(red.red).toBeCloseTo(0.25, 6)
    expect(red.saturation).toBeCloseTo(0.25 * 0.95, 6)
  })

  test('the first one has nothing to be compared with; then changes are between 0 and 1', () => {
    const meter = createPictureMeter()
    expect(meter.measure(grey)).toMatchObject({ histogram: Number.NaN, blocks: Number.NaN })
    expect(meter.measure(grey)).toMatchObject({ histogram: 0, blocks: 0 })
    const inverted = meter.measure(plain(255, 255, 255))
    expect(inverted.histogram).toBeCloseTo(1, 6)
    expect(inverted.blocks).toBeCloseTo(127 / 255, 6)
    fc.assert(
      fc.property(fc.uint8Array({ minLength: FRAME_BYTES, maxLength: FRAME_BYTES }), (rgb) => {
        for (const value of Object.values(meter.measure(rgb))) {
          expect(value).toBeGreaterThanOrEqual(0)
          expect(value).toBeLessThanOrEqual(1 + 1e-9)
        }
      }),
      { numRuns: 30 },
    )
  })

  test('things that move change the blocks and not the histogram', () => {
    const meter = createPictureMeter()
    meter.measure(picture((x) => (x < 16 ? [255, 255, 255] : [0, 0, 0])))
    const { histogram, blocks } = meter.measure(picture((x) => (x >= 48 ? [255, 255, 255] : [0, 0, 0])))
    expect(histogram).toBeCloseTo(0, 9)
    expect(blocks).toBeCloseTo(0.5, 6)
  })

  test('refuses another size', () => {
    expect(() => createPictureMeter().measure(new Uint8Array(10))).toThrow(RangeError)
  })
})

const facts = { luma: 0.5, variance: 0.1, saturation: 0.2, red: 0, histogram: 0.1, blocks: 0.05 }
const at = (seconds: number, change: Partial<typeof facts> = {}) => ({
  time: ticksFromSeconds(seconds),
  ...facts,
  ...change,
})

describe('on the grid', () => {
  test('levels run straight between keyframes, changes hold since the one before', () => {
    const records = [
      at(0, { luma: 0, histogram: Number.NaN, blocks: Number.NaN }),
      at(4, { luma: 0.8, histogram: 0.7 }),
    ]
    const curves = spreadPictures(records, 10, [])
    expect(curves['picture.luma'].values[0]).toBeCloseTo(0, 6)
    expect(curves['picture.luma'].values[3]).toBeCloseTo((1.75 / 4) * 0.8, 6)
    expect(curves['picture.luma'].values[8]).toBeCloseTo(0.8, 6)
    expect([...curves['picture.histogram'].values].map((v) => Math.round(v * 10))).toEqual([
      7, 7, 7, 7, 7, 7, 7, 7, 7, 0,
    ])
    expect([...curves['picture.histogram'].valid]).toEqual([1, 1, 1, 1, 1, 1, 1, 1, 1, 0])
    expect([...curves['picture.luma'].valid]).toEqual(Array(10).fill(1))
  })

  test('ten seconds between keyframes are normal; beyond that only what is near a picture is known', () => {
    const normal = spreadPictures([at(0), at(10)], 20, [])
    expect([...normal['picture.luma'].valid]).toEqual(Array(20).fill(1))
    const { 'picture.luma': luma, 'picture.blocks': blocks } = spreadPictures([at(0), at(30)], 62, [])
    const known = [...luma.valid].flatMap((valid, slot) => (valid === 1 ? [slot] : []))
    expect(known[0]).toBe(0)
    expect(known).toContain(9)
    expect(known).not.toContain(12)
    expect(known).not.toContain(48)
    expect(known).toContain(51)
    expect(blocks.valid).toEqual(new Uint8Array(62))
  })

  test('one keyframe speaks for its surroundings, none for nothing', () => {
    const one = spreadPictures([at(0, { histogram: Number.NaN, blocks: Number.NaN })], 100, [])
    expect([...one['picture.luma'].valid].lastIndexOf(1)).toBe(10)
    expect(one['picture.blocks'].valid).toEqual(new Uint8Array(100))
    expect(spreadPictures([], 5, [])['picture.luma'].valid).toEqual(new Uint8Array(5))
    expect(spreadPictures([at(0)], 0, [])['picture.luma'].values).toHaveLength(0)
  })

  test('a red flash lies in the slot of its picture', () => {
    const records = Array.from({ length: 40 }, (_, i) => at(i / 2 + 0.1, { red: i === 17 ? 0.6 : 0.01 }))
    const { values } = spreadPictures(records, 40, [])['picture.red']
    expect(values.indexOf(Math.max(...values))).toBe(17)
  })

  test('pictures decoded later fill the gap they were decoded for', () => {
    const track = new PictureTrack()
    track.push(0, grey)
    track.push(30 * TICKS_PER_SECOND, grey)
    expect(track.curves(60, [])['picture.luma'].valid[24]).toBe(0)
    track.insert([at(0, { histogram: Number.NaN, blocks: Number.NaN }), at(8), at(16), at(24)])
    expect(track.all.map(({ time }) => time / TICKS_PER_SECOND)).toEqual([0, 8, 16, 24, 30])
    expect([...track.curves(60, [])['picture.luma'].valid]).toEqual(Array(60).fill(1))
    expect([...track.curves(60, [])['picture.histogram'].valid]).toEqual(Array(60).fill(1))
  })

  test('a clock set back is not believed', () => {
    const track = new PictureTrack()
    for (const seconds of [0, 1, 0.5, 1, 2]) track.push(seconds * TICKS_PER_SECOND, grey)
    expect(track.all.map(({ time }) => time / TICKS_PER_SECOND)).toEqual([0, 1, 2])
  })
})

describe('cuts', () => {
  const restless = Array.from({ length: 41 }, (_, i) => at(2 * i, { histogram: 0.45, blocks: 0.2 }))

  test('stand out from a game in which every keyframe differs', () => {
    expect(findCuts(restless, () => null)).toEqual([])
    const cut = restless.with(20, at(40, { histogram: 0.95, blocks: 0.3 }))
    expect(findCuts(cut, () => null)).toEqual([40 * TICKS_PER_SECOND])
  })

  test('are placed where the packets say', () => {
    const cut = restless.with(20, at(40, { histogram: 0.95, blocks: 0.3 }))
    const asked: number[][] = []
    const cuts = findCuts(cut, (from, to) => {
      asked.push([from, to])
      return ticksFromSeconds(38.8)
    })
    expect(asked).toEqual([[38 * TICKS_PER_SECOND, 40 * TICKS_PER_SECOND]])
    expect(cuts).toEqual([ticksFromSeconds(38.8)])
    const curve = spreadPictures(cut, 82, cuts)['picture.cut']
    expect(curve.values.indexOf(1)).toBe(77)
    expect(curve.values.reduce((a, b) => a + b)).toBe(1)
  })
})
