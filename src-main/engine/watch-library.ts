import type { EngineNews } from '../../src-shared/contract/events.ts'
import type { Job } from '../../src-shared/contract/job.ts'
import type { Library } from '../adapters/library/open-library.ts'
import type { Clock } from '../jobs/clock.ts'

export interface WatchDeps {
  library: Pick<Library, 'dataVersion' | 'changes' | 'jobs'>
  clock: Pick<Clock, 'every'>
  /** Whether anybody wants to know. */
  isHeard: () => boolean
  emit: (news: EngineNews) => void
  tell: (job: Job) => Job
  onTrouble: (error: unknown) => void
}

const everyMs = 1000
/** Of jobs that ended or changed their turn elsewhere, so many of the newest are looked at. */
const recentJobs = 50

/**
 * Notices what other processes (a command line beside the application) do to the library, and tells it. While nobody
 * listens, and while nobody else writes, it costs one question about a counter a second at most.
 * @returns ends it.
 */
export function watchLibrary({ library, clock, isHeard, emit, tell, onTrouble }: WatchDeps): () => void {
  let version = library.dataVersion()
  let counts = library.changes.counts()
  const told = new Map<number, string>()

  function look(): void {
    const now = library.dataVersion()
    if (now === version) return
    version = now
    const before = counts
    counts = library.changes.counts()
    if (counts.settings !== before.settings) emit({ kind: 'settings-changed' })
    if (counts.recordings !== before.recordings || counts.clips !== before.clips) emit({ kind: 'library-changed' })
    // Progress is no change that is counted, so jobs that run are always looked at.
    const jobs = [
      ...library.jobs.list({ states: ['running'], limit: recentJobs }),
      ...(counts.jobs === before.jobs ? [] : library.jobs.list({ limit: recentJobs })),
    ]
    for (const job of new Map(jobs.map((one) => [one.id, one])).values()) {
      if (told.get(job.id) === job.updatedAt) continue
      told.set(job.id, job.updatedAt)
      emit({ kind: 'job-changed', job: tell(job) })
    }
    for (const id of told.keys()) if (told.size > 2 * recentJobs) told.delete(id)
  }

  return clock.every(everyMs, () => {
    if (!isHeard()) return
    try {
      look()
    } catch (thrown) {
      // Another process keeps the library busy: the next look sees it all.
      onTrouble(thrown)
    }
  })
}
