import { describe, expect, it } from 'vitest'
import { comparePictures, sampleBytes, sampleSize } from '../../../../../src-main/adapters/ffmpeg/picture-samples.ts'

describe('sampleSize', () => {
  it('looks at all of a small picture, and at enough of a large one', () => {
    expect(sampleSize({ width: 320, height: 180 }, 10)).toEqual({ width: 320, height: 180 })
    expect(sampleSize({ width: 1920, height: 1080 }, 10)).toEqual({ width: 340, height: 192 })
  })

  it('takes less of each where there are very many, and never nothing', () => {
    const { width, height } = sampleSize({ width: 1920, height: 1080 }, 10_000)
    expect(width * height).toBeGreaterThan(3800)
    expect(sampleBytes({ width, height }) * 10_000).toBeLessThan(70 * 1024 ** 2)
    expect(sampleSize({ width: 2, height: 2 }, 1)).toEqual({ width: 2, height: 2 })
  })
})

describe('comparePictures', () => {
  const size = { width: 4, height: 2 }
  const picture = (value: number): Uint8Array => new Uint8Array(sampleBytes(size)).fill(value)

  it('is PSNR, picture by picture', () => {
    const ours = Buffer.concat([picture(10), picture(100), picture(0)])
    const theirs = Buffer.concat([picture(10), picture(101), picture(255)])
    const [same, near, other] = comparePictures(ours, theirs, size)!
    expect(same).toBe(Number.POSITIVE_INFINITY)
    expect(near).toBeCloseTo(48.13, 2)
    expect(other).toBe(0)
  })

  it('needs as many of either', () => {
    expect(comparePictures(picture(1), Buffer.concat([picture(1), picture(1)]), size)).toBeNull()
    expect(comparePictures(picture(1).subarray(1), picture(1).subarray(1), size)).toBeNull()
  })
})
