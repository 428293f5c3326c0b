import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cannedInput } from '../../../../../src-main/adapters/onnx/canned-input.ts'
import { maxMessageBytes, tensorBytes, type ValueInfo } from '../../../../../src-main/adapters/onnx/messages.ts'
import { allInputs, buildFeeds } from '../../../../../src-main/adapters/onnx/model-inputs.ts'
import { chunkSlots, contextSlots } from '../../../../../src-main/adapters/onnx/onnx-scorer.ts'
import { indexPictures, picturesFor } from '../../../../../src-main/adapters/onnx/picture-inputs.ts'
import type { ScoreInput } from '../../../../../src-shared/domain/score.ts'
import { PICTURE_BYTES } from '../../../../../src-shared/domain/signal.ts'
import { ticksFromSeconds } from '../../../../../src-shared/domain/time.ts'
import { makeSignals } from '../../../../helpers/make-signals.ts'

/** Every byte of the picture shown at s seconds is s. */
function recording(slots: number, seconds: readonly number[]): ScoreInput {
  const read = async (first: number, count: number): Promise<Uint8Array> => {
    if (first < 0 || first + count > seconds.length) throw new RangeError('no such pictures')
    return Uint8Array.from({ length: count * PICTURE_BYTES }, (_, i) => seconds[first + Math.floor(i / PICTURE_BYTES)]!)
  }
  const pictures = { times: seconds.map(ticksFromSeconds), read }
  return { signals: makeSignals(slots, []), mel: [], pictures, roles: [] }
}

describe('the pictures that a chunk is shown', () => {
  test('from the last one before it to its end, with their ages', async () => {
    const feeds = await buildFeeds(recording(60, [3, 8, 11, 12, 14, 20]), allInputs, 20, 26)
    expect(feeds['pictures']!.dims).toEqual([3, PICTURE_BYTES])
    const bytes = feeds['pictures']!.data as Uint8Array
    expect([bytes[0], bytes[PICTURE_BYTES], bytes.at(-1)]).toEqual([8, 11, 12])
    expect(feeds['picture_index']).toMatchObject({
      type: 'int64',
      dims: [1, 6],
      data: new BigInt64Array([0n, 1n, 1n, 2n, 2n, 2n]),
    })
    expect([...(feeds['picture_age']!.data as Float32Array)]).toEqual([2.25, -0.25, 0.25, -0.25, 0.25, 0.75])
  })

  test('before the first one, without any, and long after one', async () => {
    const early = await buildFeeds(recording(60, [2]), allInputs, 0, 6)
    expect([...(early['picture_index']!.data as BigInt64Array)]).toEqual([0n, 0n, 0n, 0n, 0n, 0n])
    expect([...(early['picture_age']!.data as Float32Array)]).toEqual([10.5, 10.5, 10.5, -0.25, 0.25, 0.75])
    const none = await buildFeeds(recording(60, []), allInputs, 10, 12)
    expect(none['pictures']).toEqual({ type: 'uint8', dims: [1, PICTURE_BYTES], data: new Uint8Array(PICTURE_BYTES) })
    expect([...(none['picture_index']!.data as BigInt64Array)]).toEqual([0n, 0n])
    expect([...(none['picture_age']!.data as Float32Array)]).toEqual([10.5, 10.5])
    const late = await buildFeeds(recording(60, [5]), allInputs, 58, 60)
    expect((late['pictures']!.data as Uint8Array)[0]).toBe(5)
    expect([...(late['picture_age']!.data as Float32Array)]).toEqual([10.5, 10.5])
  })

  test('are those of the whole recording, however it is cut into chunks', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 4, max: 60 }), { maxLength: 30 }),
        fc.integer({ min: -10, max: 40 }),
        fc.integer({ min: 1, max: 40 }),
        (gaps, start, chunk) => {
          const times: number[] = []
          // Quarters of a second, so that many fall on the ends of slots.
          for (const gap of gaps) times.push((times.at(-1) ?? ticksFromSeconds(start / 4)) + ticksFromSeconds(gap / 4))
          const slots = 100
          const whole = picturesFor(times, 0, slots)
          const all = indexPictures(times, whole, 0, slots)
          for (let from = 0; from < slots; from += chunk) {
            const to = Math.min(slots, from + chunk)
            const range = picturesFor(times, from, to)
            const part = indexPictures(times, range, from, to)
            for (let slot = from; slot < to; slot++) {
              const number = range.first + Number(part.index[slot - from])
              expect(part.age[slot - from]).toBe(all.age[slot])
              if (range.count === 0) continue
              expect(number).toBe(whole.first + Number(all.index[slot]))
              expect(number).toBeLessThan(range.first + range.count)
            }
          }
        },
      ),
    )
  })

  test('fit into a message where there is one every second', async () => {
    const slots = chunkSlots + 2 * contextSlots
    const seconds = Array.from({ length: 1000 }, (_, i) => i)
    const feeds = await buildFeeds(recording(2000, seconds), allInputs, 500, 500 + slots)
    expect(feeds['pictures']!.dims[0]).toBe(slots / 2 + 1)
    expect(tensorBytes(feeds)).toBeLessThan(maxMessageBytes / 4)
  })
})

test('the canned input has pictures, and indices of them', () => {
  const inputs: ValueInfo[] = [...allInputs]
  const feeds = cannedInput(inputs)
  const [count, bytes] = feeds['pictures']!.dims
  expect(bytes).toBe(PICTURE_BYTES)
  const index = [...(feeds['picture_index']!.data as BigInt64Array)].map(Number)
  expect(Math.min(...index)).toBe(0)
  expect(Math.max(...index)).toBe(count! - 1)
  const age = feeds['picture_age']!.data as Float32Array
  expect(age.every((seconds) => seconds >= -0.25 && seconds <= 10.5)).toBe(true)
})
