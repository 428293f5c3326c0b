import { describe, expect, test } from 'vitest'
import { emptyQueue, goTo, moveBy, withFound } from '../../../../src-renderer/features/review/review-queue.ts'
import type { StoredClip } from '../../../../src-shared/contract/clip.ts'

const clip = (id: number, state: StoredClip['state'] = 'candidate') => ({ id, state }) as StoredClip

describe('the queue of clips to review', () => {
  test('keeps its order and its place when others are found or decided', () => {
    const begun = moveBy(withFound(emptyQueue, [clip(5), clip(2), clip(9)]), 1)
    const later = withFound(begun, [clip(1), clip(2, 'kept'), clip(5), clip(9), clip(3, 'rejected')])
    expect(later).toEqual({ ids: [5, 2, 9, 1], at: 1 })
    expect(withFound(later, [clip(1)])).toBe(later)
  })

  test('ends behind the last, and goes back', () => {
    const queue = withFound(emptyQueue, [clip(1), clip(2)])
    expect(moveBy(queue, 5).at).toBe(2)
    expect(moveBy(queue, -5).at).toBe(0)
    expect(goTo(moveBy(queue, 5), 1).at).toBe(0)
    expect(goTo(queue, 77)).toBe(queue)
  })
})
