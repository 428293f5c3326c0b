import type { StoredClip } from '../../../src-shared/contract/clip.ts'

/** Clips in the order in which they are gone through. Decided ones stay in it, so that one can go back. */
export interface ReviewQueue {
  readonly ids: readonly number[]
  readonly at: number
}

export const emptyQueue: ReviewQueue = { ids: [], at: 0 }

/** With clips that were found meanwhile at its end; what is being looked at stays. */
export function withFound(queue: ReviewQueue, found: readonly StoredClip[]): ReviewQueue {
  const known = new Set(queue.ids)
  const fresh = found.filter(({ id, state }) => state === 'candidate' && !known.has(id)).map(({ id }) => id)
  return fresh.length === 0 ? queue : { ...queue, ids: [...queue.ids, ...fresh] }
}

/** `at` may stand behind the last: then all were gone through. */
export function moveBy(queue: ReviewQueue, by: number): ReviewQueue {
  return { ...queue, at: Math.min(queue.ids.length, Math.max(0, queue.at + by)) }
}

export function goTo(queue: ReviewQueue, id: number): ReviewQueue {
  const at = queue.ids.indexOf(id)
  return at < 0 ? queue : { ...queue, at }
}
