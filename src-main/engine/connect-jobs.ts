import type { EngineNews } from '../../src-shared/contract/events.ts'
import type { Job, JobSpec, JobState } from '../../src-shared/contract/job.ts'
import type { Library } from '../adapters/library/open-library.ts'
import { readJobLog } from '../adapters/logging/read-job-log.ts'
import { redactLine } from '../adapters/logging/redact.ts'
import type { ApiDeps } from '../api/deps.ts'
import { ClutchcutError, toClutchcutError } from '../../src-shared/contract/errors.ts'

export interface ConnectJobsOptions {
  library: Library
  queue: { request(id: number, change: 'pause' | 'resume' | 'cancel' | 'retry'): Job; wake(): void }
  emit: (news: EngineNews) => void
  /** The job with what it is about. */
  tell: (job: Job) => Job
}

/** Asked of at once; a queue is shorter. */
const mostJobs = 10_000

/** The queue, for people. */
export function connectJobs({ library, queue, emit, tell }: ConnectJobsOptions): ApiDeps['jobs'] {
  const changed = (plain: Job): Job => {
    const job = tell(plain)
    emit({ kind: 'job-changed', job })
    return job
  }
  const requestAll = (states: JobState[], change: 'pause' | 'resume'): Job[] =>
    library.jobs.list({ states, limit: mostJobs }).flatMap(({ id }) => {
      try {
        return [tell(queue.request(id, change))]
      } catch (thrown) {
        // One that ended meanwhile, or was cleared away, does not keep the others from it.
        const { code } = toClutchcutError(thrown)
        if (code === 'job/wrong-state' || code === 'job/not-found') return []
        throw thrown
      }
    })
  return {
    list: ({ states, limit }) =>
      library.jobs.list({ ...(limit !== undefined && { limit }), ...(states !== undefined && { states }) }).map(tell),
    get(id) {
      const job = library.jobs.get(id)
      return job && tell(job)
    },
    add(spec: JobSpec, priority: number) {
      const job = changed(library.jobs.enqueue(spec, Date.now(), { priority }))
      queue.wake()
      return job
    },
    request: (id, change) => tell(queue.request(id, change)),
    setPriority: (id, priority) => changed(library.jobs.setPriority(id, priority, Date.now())),
    pauseAll: () => requestAll(['queued', 'running'], 'pause'),
    resumeAll: () => requestAll(['paused'], 'resume'),
    clearFinished() {
      const cleared = library.jobs.clearFinished()
      if (cleared > 0) emit({ kind: 'library-changed' })
      return cleared
    },
    async log({ id, lines }) {
      const job = library.jobs.get(id)
      if (job === undefined) throw new ClutchcutError('job/not-found', `There is no job ${id}.`, { data: { id } })
      const said = job.failures.at(-1)?.data['stderr']
      const ffmpeg = Array.isArray(said) ? said.filter((line) => typeof line === 'string') : []
      return { lines: await readJobLog(library.folder.logs, id, lines), ffmpeg: ffmpeg.map(redactLine) }
    },
  }
}
