import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fingerprintWindows, locateRanges, sizeHeader, windowBytes } from '../../../../src-shared/domain/identity.ts'

const MiB = windowBytes

test('small files are taken whole', () => {
  expect(fingerprintWindows(0)).toEqual([])
  expect(fingerprintWindows(1)).toEqual([{ start: 0, end: 1 }])
  expect(fingerprintWindows(16 * MiB)).toEqual([{ start: 0, end: 16 * MiB }])
})

test('one byte more: 16 windows, the last at the end', () => {
  const windows = fingerprintWindows(16 * MiB + 1)
  expect(windows).toHaveLength(16)
  expect(windows[0]).toEqual({ start: 0, end: MiB })
  expect(windows[15]).toEqual({ start: 15 * MiB + 1, end: 16 * MiB + 1 })
})

test('what is hashed of a 31 MiB file does not change between versions', () => {
  expect(fingerprintWindows(31 * MiB).map(({ start }) => start / MiB)).toEqual(
    Array.from({ length: 16 }, (_, index) => index * 2),
  )
})

test('windows lie inside the file, in order, never overlapping, first and last bytes among them, evenly', () => {
  fc.assert(
    fc.property(fc.integer({ min: 16 * MiB + 1, max: Number.MAX_SAFE_INTEGER }), (size) => {
      const windows = fingerprintWindows(size)
      expect(windows).toHaveLength(16)
      expect(windows[0]!.start).toBe(0)
      expect(windows[15]!.end).toBe(size)
      const gaps = windows.slice(1).map((window, i) => window.start - windows[i]!.start)
      expect(Math.min(...gaps)).toBeGreaterThanOrEqual(MiB)
      expect(Math.max(...gaps) - Math.min(...gaps)).toBeLessThanOrEqual(1)
      for (const { start, end } of windows) expect(end - start).toBe(MiB)
    }),
  )
})

test('no size, no windows', () => {
  expect(() => fingerprintWindows(-1)).toThrow(RangeError)
  expect(() => fingerprintWindows(1.5)).toThrow(RangeError)
})

test('the size goes in as 8 bytes, big-endian', () => {
  expect([...sizeHeader(0x0102030405)]).toEqual([0, 0, 0, 1, 2, 3, 4, 5])
})

test('ranges of several files are the ranges of their bytes put together', () => {
  const sizes = fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 8 })
  fc.assert(
    fc.property(sizes, fc.array(fc.tuple(fc.nat(300), fc.nat(60)), { maxLength: 5 }), (lengths, picks) => {
      const files = lengths.map((length, file) => Array.from({ length }, (_, i) => `${file}:${i}`))
      const whole = files.flat()
      let from = 0
      const ranges = picks.map(([gap, length]) => {
        const start = Math.min(from + gap, whole.length)
        from = Math.min(start + length, whole.length)
        return { start, end: from }
      })
      const expected = ranges.flatMap(({ start, end }) => whole.slice(start, end))
      const pieces = locateRanges(lengths, ranges)
      expect(pieces.flatMap(({ file, start, end }) => files[file]!.slice(start, end))).toEqual(expected)
    }),
  )
})
