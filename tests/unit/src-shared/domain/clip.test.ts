import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalJson } from '../../../../src-shared/domain/canonical-json.ts'
import { clipOfSegment } from '../../../../src-shared/domain/clip.ts'
import { TICKS_PER_SECOND as S } from '../../../../src-shared/domain/time.ts'

const segment = {
  start: 65 * S,
  end: 90 * S,
  peak: 88 * S,
  score: 0.5,
  selected: true,
  reasons: [{ signal: 'a', weight: 1, text: 'Loud' }],
}
const recording = 'ab'.repeat(32)

describe('clipOfSegment', () => {
  it('awaits a decision, under where it lies', () => {
    expect(clipOfSegment(recording, segment, null)).toMatchObject({
      start: 65 * S,
      end: 90 * S,
      state: 'candidate',
      title: 'at 1:05',
    })
  })

  it('ends inside the recording, with its peak', () => {
    expect(clipOfSegment(recording, segment, 80 * S)).toMatchObject({ end: 80 * S, peak: 80 * S })
    const { start, end } = clipOfSegment(recording, segment, 10 * S)
    expect(end).toBeGreaterThan(start)
  })
})

describe('canonicalJson', () => {
  it('gives equal values equal text, whatever the order of their keys', () => {
    const shuffle = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(shuffle)
      if (value === null || typeof value !== 'object') return value
      return Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([key, inner]) => [key, shuffle(inner)]),
      )
    }
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(canonicalJson(shuffle(value))).toBe(canonicalJson(value))
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)))
      }),
    )
  })
})
