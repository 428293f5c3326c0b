import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ByteQueue, releaseChunk } from '../../../../../src-main/adapters/ffmpeg/byte-queue.ts'

describe('a byte queue', () => {
  test('gives back the same bytes, however they came and leave', () => {
    const sizes = fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 30 })
    fc.assert(
      fc.property(sizes, sizes, (arriving, leaving) => {
        const queue = new ByteQueue()
        let next = 0
        for (const size of arriving) queue.push(Buffer.from(Array.from({ length: size }, () => next++ % 256)))
        let [taken, left] = [0, next]
        for (const size of leaving) {
          if (size > left) {
            expect(() => queue.take(size)).toThrow(RangeError)
            continue
          }
          const piece = queue.take(size)
          expect([...piece]).toEqual(Array.from({ length: size }, (_, i) => (taken + i) % 256))
          taken += size
          left -= size
        }
        expect(queue.size).toBe(left)
      }),
    )
  })

  test('frees a chunk when its bytes were used, and not before', () => {
    const queue = new ByteQueue()
    const chunk = Buffer.from(new ArrayBuffer(8192)).fill(7)
    queue.push(chunk)
    queue.push(Buffer.alloc(10))
    const piece = queue.take(8192)
    expect(piece.every((byte) => byte === 7)).toBe(true)
    queue.take(1)
    expect(chunk.length).toBe(0)
  })

  test('leaves alone what shares its memory', () => {
    const whole = Buffer.from(new ArrayBuffer(64))
    releaseChunk(whole.subarray(0, 10))
    expect(whole.length).toBe(64)
    releaseChunk(whole)
    expect(whole.length).toBe(0)
  })
})
