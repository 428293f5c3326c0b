import type { StoredClip } from '../../../src-shared/contract/clip.ts'

/** What was changed of a clip, and what it was before; or that it was trimmed, which the engine's own log takes back. */
export type ReviewStep =
  | { readonly kind: 'change'; readonly id: number; readonly before: Partial<StoredClip> }
  | { readonly kind: 'trim'; readonly id: number }

/** Decisions and trims in the order in which they were made, oldest first. */
export type ReviewLog = readonly ReviewStep[]

/** Steps that can be taken back, one after the other. */
const MOST = 300

export function withStep(log: ReviewLog, step: ReviewStep): ReviewLog {
  return [...log, step].slice(-MOST)
}

/** After a trim of a clip was taken back by the trim's own button: its last one is not to be taken back again. */
export function withoutTrim(log: ReviewLog, id: number): ReviewLog {
  const at = log.findLastIndex((step) => step.kind === 'trim' && step.id === id)
  return at < 0 ? log : log.toSpliced(at, 1)
}
