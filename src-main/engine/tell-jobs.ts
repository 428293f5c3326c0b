import type { EngineNews } from '../../src-shared/contract/events.ts'
import type { Job } from '../../src-shared/contract/job.ts'
import { noticeOf } from '../../src-shared/domain/notice.ts'
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
