import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { indexSpans } from '../../../../src-renderer/timeline/spans.ts'

const span = fc.tuple(fc.integer({ min: 0, max: 1000 }), fc.integer({ min: 0, max: 300 }))
const spans = fc
  .array(span, { maxLength: 60 })
  .map((all) => all.map(([start, length]) => ({ start, end: start + length })))

describe('an index of spans', () => {
  test('finds exactly those that touch a stretch, in the order of their starts', () => {
    fc.assert(
      fc.property(spans, fc.integer({ min: -50, max: 1400 }), fc.integer({ min: 0, max: 500 }), (all, from, length) => {
        const to = from + length
        const found = indexSpans(all).touching(from, to)
        const wanted = all.filter(({ start, end }) => start <= to && end >= from).toSorted((a, b) => a.start - b.start)
        expect(found).toEqual(wanted)
      }),
    )
  })

  test('looks at few of many', () => {
    const all = Array.from({ length: 60_000 }, (_, i) => ({ start: i * 10, end: i * 10 + 8 }))
    const [first, last] = indexSpans(all).range(300_000, 300_100)
    expect([first, last]).toEqual([30_000, 30_011])
  })

  test('a long one that began far before is among them', () => {
    const index = indexSpans([
      { start: 0, end: 900 },
      { start: 10, end: 20 },
      { start: 30, end: 40 },
    ])
    expect(index.touching(500, 600)).toEqual([{ start: 0, end: 900 }])
  })
})
