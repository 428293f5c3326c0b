import fc from 'fast-check'
import { expect, test } from 'vitest'
import { findLines, lineAt } from '../../../../src-renderer/features/recording/transcript-lines.ts'

const line = (start: number, text = '') => ({ start, end: start + 5, text })

test('all words, in any order, whatever their case', () => {
  const lines = [line(0, 'What a Clutch that was'), line(10, 'no way'), line(20, 'that was close')]
  expect(findLines(lines, 'WAS  that').map(({ start }) => start)).toEqual([0, 20])
  expect(findLines(lines, '  ')).toBe(lines)
  expect(findLines(lines, 'that 1v4')).toEqual([])
})

test('the line of a time is the last that began', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(1000), { maxLength: 40 }), fc.integer({ min: -5, max: 1010 }), (starts, time) => {
      const lines = starts.toSorted((a, b) => a - b).map((start) => line(start))
      expect(lineAt(lines, time)).toBe(lines.findLastIndex(({ start }) => start <= time))
    }),
  )
})
