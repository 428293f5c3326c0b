import { ClutchcutError } from '../../src-shared/contract/errors.ts'
import type { Job, JobProgress, JobSpec } from '../../src-shared/contract/job.ts'
import type { Clock } from './clock.ts'
import type { JobStore, ProcessIdentity } from './deps.ts'
import type { StageRates } from './eta.ts'
import { holdClaim, LEASE_MS, type HeldClaim } from './hold-claim.ts'
import { runClaimedJob, type JobOutcome, type RunJobDeps } from './run-job.ts'
import type { AnalysisLike } from './run-pipeline.ts'

const POLL_MS = 1_000

export interface QueueDeps<Analysis extends AnalysisLike> extends Pick<RunJobDeps<Analysis>, 'connect' | 'stat'> {
  store: JobStore
  owner: ProcessIdentity
  isAlive: (process: ProcessIdentity) => boolean
  clock: Clock
  /** Measured speeds of the stages, kept between runs. */
  rates?: { read(): StageRates; write(rates: StageRates): void }
  onChange?: (job: Job) => void
  onTrouble?: (error: ClutchcutError) => void
}

export interface RunSpecOptions {
  priority?: number
  /** Ends the run; the job is left paused, to be taken up by the same request again. */
  signal?: AbortSignal
  onProgress?: (progress: JobProgress, job: Job) => void
}

export interface Queue<Analysis extends AnalysisLike> {
  /** Works off the library's jobs, `concurrency` of them side by side, until `stop`. */
  start(concurrency?: number): void
  /** Ends what runs (it goes back into the queue) and resolves when nothing runs any more. */
  stop(): Promise<void>
  /** Looks for work now instead of at the next poll. */
  wake(): void
  /**
   * Does one thing to its end in this process, or waits while another process does the same thing, and then takes
   * its results. Automatic retries happen inside. Never rejects for a job that fails: that is an outcome.
   */
  runSpec(spec: JobSpec, options?: RunSpecOptions): Promise<JobOutcome<Analysis>>
  /** As `JobStore.request`, and at once where the job runs in this process. */
  request(id: number, change: 'pause' | 'resume' | 'cancel' | 'retry'): Job
}

/** The worker of one process. Any number of processes may run one over the same library. */
export function createQueue<Analysis extends AnalysisLike>(deps: QueueDeps<Analysis>): Queue<Analysis> {
  const { store, owner, isAlive, clock } = deps
  const held = new Map<number, HeldClaim>()
  let stopping = new AbortController()
  let alarm = new AbortController()
  let workers: Promise<void>[] = []

  const claimAndRun = async (
    jobId: number | undefined,
    endAs: 'queued' | 'paused',
    signal: AbortSignal | undefined,
    onProgress?: RunSpecOptions['onProgress'],
  ): Promise<JobOutcome<Analysis> | undefined> => {
    const claimed = store.claim(owner, clock.now(), {
      leaseMs: LEASE_MS,
      isAlive,
      ...(jobId === undefined ? {} : { jobId }),
    })
    if (claimed === undefined) return undefined
    const { onTrouble } = deps
    const hold = holdClaim(claimed.claim, { store, clock, isAlive, ...(onTrouble === undefined ? {} : { onTrouble }) })
    const stop = (): void => hold.stop('shutdown')
    signal?.addEventListener('abort', stop)
    if (signal?.aborted) stop()
    held.set(claimed.job.id, hold)
    try {
      deps.onChange?.(claimed.job)
      const outcome = await runClaimedJob(claimed.job, hold, {
        ...deps,
        rates: deps.rates?.read() ?? {},
        onLearned: (rates) => deps.rates?.write(rates),
        onProgress: (progress) => {
          onProgress?.(progress, claimed.job)
          deps.onChange?.({ ...claimed.job, progress })
        },
        endAs,
      })
      deps.onChange?.(outcome.job)
      return outcome
    } catch (thrown) {
      // The claim went while it was being ended: the job's fate is no longer ours to tell.
      if (!(thrown instanceof ClutchcutError) || thrown.code !== 'job/lease-lost') throw thrown
      return { kind: 'lost', job: store.get(claimed.job.id) ?? claimed.job }
    } finally {
      hold.dispose()
      held.delete(claimed.job.id)
      signal?.removeEventListener('abort', stop)
    }
  }

  const work = async (signal: AbortSignal): Promise<void> => {
    while (!signal.aborted) {
      let ran = false
      try {
        ran = (await claimAndRun(undefined, 'queued', signal)) !== undefined
      } catch (thrown) {
        // The library did not answer (busy, disk full): the worker outlives that.
        deps.onTrouble?.(thrown instanceof ClutchcutError ? thrown : new ClutchcutError('internal', String(thrown)))
      }
      if (!ran) await clock.sleep(POLL_MS, AbortSignal.any([signal, alarm.signal]))
    }
  }

  /** A job that another process has: its progress is passed on until it ends or may be claimed. */
  const waitElsewhere = async (id: number, { signal, onProgress }: RunSpecOptions): Promise<Job | undefined> => {
    const job = store.get(id)
    if (job === undefined)
      throw new ClutchcutError('job/not-found', `There is no job ${id} any more.`, { data: { id } })
    if (job.state !== 'running' && job.state !== 'queued' && job.state !== 'paused') return job
    if (job.progress !== null) onProgress?.(job.progress, job)
    await clock.sleep(POLL_MS / 2, signal)
    return undefined
  }

  const wake = (): void => {
    alarm.abort()
    alarm = new AbortController()
  }

  return {
    start(concurrency = 1) {
      if (stopping.signal.aborted) stopping = new AbortController()
      workers.push(...Array.from({ length: concurrency }, () => work(stopping.signal)))
    },
    async stop() {
      stopping.abort()
      for (const hold of held.values()) hold.stop('shutdown')
      await Promise.all(workers)
      workers = []
    },
    wake,
    request(id, change) {
      const job = store.request(id, change, clock.now())
      held.get(id)?.beat()
      if (change === 'resume' || change === 'retry') wake()
      deps.onChange?.(job)
      return job
    },
    async runSpec(spec, options = {}) {
      const { signal, onProgress, priority } = options
      let wanted = spec
      for (;;) {
        const extra = { reservedFor: owner, join: { isAlive }, ...(priority === undefined ? {} : { priority }) }
        const { id } = store.enqueue(wanted, clock.now(), extra)
        for (;;) {
          const outcome = await claimAndRun(id, 'paused', signal, onProgress)
          if (outcome?.kind === 'queued') continue
          if (outcome !== undefined && outcome.kind !== 'lost') return outcome
          const ended = await waitElsewhere(id, options)
          if (signal?.aborted) return { kind: 'paused', job: store.get(id) ?? ended ?? fail(id) }
          if (ended === undefined) continue
          if (ended.state === 'cancelled') return { kind: 'cancelled', job: ended }
          if (ended.state === 'failed' || ended.state === 'needs-input') return failureElsewhere(ended)
          // Done by another process: its checkpoints and files are ours for the reading.
          wanted = { ...spec, useCache: true }
          break
        }
      }
    },
  }
}

function failureElsewhere<Analysis extends AnalysisLike>(job: Job): JobOutcome<Analysis> {
  const failure = job.failures.at(-1)
  const message = failure?.message ?? 'The job failed in another process.'
  const data = failure?.data ?? {}
  if (job.state === 'needs-input') return { kind: 'needs-input', job, message, data }
  return { kind: 'failed', job, error: new ClutchcutError(failure?.code ?? 'internal', message, { data }) }
}

function fail(id: number): never {
  throw new ClutchcutError('job/not-found', `There is no job ${id} any more.`, { data: { id } })
}
