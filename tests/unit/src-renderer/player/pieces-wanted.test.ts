import { describe, expect, test } from 'vitest'
import { farPieces, nextPiece } from '../../../../src-renderer/player/pieces-wanted.ts'

const query = { seconds: 4, count: 10, ahead: 8, have: new Set<number>(), buffered: [], bounds: 'exact' as const }

describe('which piece comes next', () => {
  test('the one that is played, then those ahead, then none', () => {
    expect(nextPiece({ ...query, time: 9 })).toBe(2)
    expect(nextPiece({ ...query, time: 9, have: new Set([2]) })).toBe(3)
    expect(nextPiece({ ...query, time: 9, have: new Set([2, 3]) })).toBe(4)
    expect(nextPiece({ ...query, time: 9, have: new Set([2, 3, 4]) })).toBeNull()
  })

  test('where a piece began too late, those before it, back to the first', () => {
    const keyframes = { ...query, bounds: 'keyframes' as const, time: 9, buffered: [{ from: 11, to: 14 }] }
    expect(nextPiece({ ...keyframes, have: new Set([2]) })).toBe(1)
    expect(nextPiece({ ...keyframes, have: new Set([1, 2]) })).toBe(0)
    expect(nextPiece({ ...keyframes, have: new Set([1, 2]), buffered: [{ from: 5, to: 14 }] })).toBe(3)
    expect(nextPiece({ ...keyframes, have: new Set([0, 1, 2]) })).toBe(3)
  })

  test('stays inside, also behind the end', () => {
    expect(nextPiece({ ...query, time: 400 })).toBe(9)
    expect(nextPiece({ ...query, time: 39.9, have: new Set([9]) })).toBeNull()
  })

  test('the farthest go first', () => {
    expect(farPieces(new Map([1, 5, 9, 30].map((n) => [n, true])), 8, 3)).toEqual([30, 1])
  })
})
