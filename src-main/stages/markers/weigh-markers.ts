import { markedFloor, markerEvidence, type Mark } from '../../../src-shared/domain/markers.ts'
import { evidenceOf } from './mark-moments.ts'

/**
 * Late fusion: what the marks say is added to the log-odds of the scores, with the fixed weights of
 * `src-shared/domain/markers.ts`. A marked slot first rises towards `markedFloor`, the further the more it is marked:
 * no scorer is so sure that nothing happened. The very same scores where nothing is marked. Pure.
 */
export function weighMarkers(scores: ArrayLike<number>, marks: readonly Mark[]): number[] {
  const plain = Array.from(scores)
  const evidence = evidenceOf(marks, plain.length)
  return plain.map((p, i) => {
    const added = evidence[i]!
    if (added === 0) return p
    const odds = logit(p)
    const lift = Math.min(1, added / markerEvidence) * Math.max(0, logit(markedFloor) - odds)
    return Math.fround(1 / (1 + Math.exp(-(odds + lift + added))))
  })
}

function logit(p: number): number {
  const within = Math.min(1 - 1e-6, Math.max(1e-6, p))
  return Math.log(within / (1 - within))
}
