import { posix, win32 } from 'node:path'
import type { EngineNews, Notice } from '../../src-shared/contract/events.ts'
import type { Job } from '../../src-shared/contract/job.ts'
import type { Library } from '../adapters/library/open-library.ts'

/** How jobs are told to people: with the recording that they are about, and a notice when one ends. */
export function tellJobs(
  { recordings }: Pick<Library, 'recordings'>,
  emit: (news: EngineNews) => void,
): {
  /** The job with what it is about. */
  tell(job: Job): Job
  /** To be called with every change of a job that this process runs. */
  changed(job: Job): void
} {
  const tell = (job: Job): Job => ({
    ...job,
    about: recordings.about({ fingerprint: job.recording, path: job.spec.path }),
  })
  return {
    tell,
    changed(plain) {
      const job = tell(plain)
      emit({ kind: 'job-changed', job })
      // What it made is there, also where it did not come to its end.
      const recordingId = job.about?.recordingId
      if (isEnded(job) && recordingId !== undefined) emit({ kind: 'clips-changed', recordingId })
      const notice = noticeOf(job)
      if (notice !== null) emit({ kind: 'notice', notice })
    },
  }
}

function isEnded({ state }: Job): boolean {
  return state === 'done' || state === 'failed' || state === 'cancelled' || state === 'needs-input'
}

/** null unless the job has come to an end that nobody asked for just now. */
export function noticeOf(job: Job): Notice | null {
  const { id, spec, state, about, produced, updatedAt } = job
  if (state !== 'done' && state !== 'failed' && state !== 'needs-input') return null
  const failure = state === 'done' ? undefined : job.failures.at(-1)
  return {
    jobId: id,
    kind: spec.kind,
    outcome: state,
    title: about?.title || nameOf(spec.path),
    recordingId: about?.recordingId ?? null,
    clips: produced?.clips ?? null,
    renders: produced?.renders ?? null,
    failure: failure === undefined ? null : { code: failure.code, message: failure.message },
    at: updatedAt,
  }
}

/** Both kinds of separators, since libraries travel. */
function nameOf(path: string): string {
  return posix.basename(win32.basename(path))
}
