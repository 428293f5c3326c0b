import type { Notice } from '../contract/events.ts'
import type { Job } from '../contract/job.ts'

/** What came of a job, for people; null unless it has come to an end that nobody asked for just now. */
export function noticeOf(job: Job): Notice | null {
  const { id, spec, state, about, produced, updatedAt } = job
  if (state !== 'done' && state !== 'failed' && state !== 'needs-input') return null
  const failure = state === 'done' ? undefined : job.failures.at(-1)
  return {
    jobId: id,
    kind: spec.kind,
    outcome: state,
    title: spec.montage?.title || about?.title || nameOf(spec.path),
    recordingId: about?.recordingId ?? null,
    // Others make files of clips that were there.
    clips: (spec.kind === 'analyze' || spec.kind === 'process' ? produced?.clips : null) ?? null,
    renders: produced?.renders ?? null,
    failure: failure === undefined ? null : { code: failure.code, message: failure.message },
    at: updatedAt,
  }
}

/** Both kinds of separators, since libraries travel. */
function nameOf(path: string): string {
  return path.split(/[\\/]/).findLast((part) => part !== '') ?? path
}
