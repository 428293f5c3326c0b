import { ClutchcutError, toClutchcutError } from '../../src-shared/contract/errors.ts'
import type { Job, JobFailure, JobProgress, JobState, StageName } from '../../src-shared/contract/job.ts'
import type { MontageFile } from '../../src-shared/contract/montage.ts'
import type { Clock } from './clock.ts'
import type { JobEnd, JobStore } from './deps.ts'
import { trackProgress, type StageRates } from './eta.ts'
import type { HeldClaim } from './hold-claim.ts'
import { interruptions, MAX_INTERRUPTIONS, nextRetry } from './retry-policy.ts'
import {
  runPipeline,
  stagesOf,
  type AnalysisLike,
  type PipelineDeps,
  type PipelineResult,
  type RenderedClip,
} from './run-pipeline.ts'
import type { JobRun } from './run-stage.ts'
import type { StatSource } from './source-unchanged.ts'

const [REPORT_MS, SAVE_MS] = [100, 1_000] as const

export type JobOutcome<Analysis extends AnalysisLike> =
  | { readonly kind: 'done'; readonly job: Job; readonly result: PipelineResult<Analysis> }
  /** A job of kind `render`, which analyses nothing. */
  | { readonly kind: 'rendered'; readonly job: Job; readonly clips: readonly RenderedClip[] }
  /** A job of that kind, which makes one file of several clips for each shape. */
  | { readonly kind: 'montage'; readonly job: Job; readonly files: readonly MontageFile[] }
  | { readonly kind: 'failed'; readonly job: Job; readonly error: ClutchcutError }
  | {
      readonly kind: 'needs-input'
      readonly job: Job
      readonly message: string
      readonly data: Record<string, unknown>
    }
  /** `queued`: to be tried again, by whoever claims it. `lost`: another process has it now. */
  | { readonly kind: 'cancelled' | 'paused' | 'queued' | 'lost'; readonly job: Job }

export interface RunJobDeps<Analysis extends AnalysisLike> {
  store: JobStore
  clock: Clock
  stat: StatSource
  /** The stages and the library, for one run. */
  connect: (job: Job) => Omit<PipelineDeps<Analysis>, 'setRecording'>
  rates: StageRates
  onLearned: (rates: StageRates) => void
  onProgress: (progress: JobProgress) => void
  /** What becomes of the job when its process ends. */
  endAs: 'queued' | 'paused'
}

type Finish = (state: Exclude<JobState, 'running'>, end?: JobEnd) => Promise<Job>

/** Runs a claimed job to an end of one kind or another, and ends the claim accordingly. Never rejects for a job's failure. */
export async function runClaimedJob<Analysis extends AnalysisLike>(
  job: Job,
  held: HeldClaim,
  deps: RunJobDeps<Analysis>,
): Promise<JobOutcome<Analysis>> {
  const { store, clock } = deps
  const { claim } = held
  const progress = trackProgress(stagesOf(job.spec), deps.rates, clock.monotonic)
  const report = reporter(progress.snapshot, held, deps)
  const run: JobRun = { job, held, store, clock, progress, stat: deps.stat, report }
  const finish: Finish = async (state, { failure, produced } = {}) => {
    const reason = failure && { ...failure, data: { ...failure.data, attempt: claim.attempt } }
    await persistently(clock, () => store.finish(claim, state, clock.now(), { failure: reason, produced }))
    return store.get(job.id) ?? { ...job, state }
  }
  try {
    refuseEndlessInterruptions(job)
    const setRecording = (fingerprint: string): void => store.setRecording(claim, fingerprint, clock.now())
    const outcome = await runPipeline(run, { ...deps.connect(job), setRecording })
    held.check()
    report(true)
    if (outcome.kind === 'needs-input') {
      const { message, data } = outcome
      const error = new ClutchcutError('job/needs-input', message, { data })
      const ended = await finish('needs-input', { failure: failureOf(error, progress.stage, clock) })
      return { kind: 'needs-input', job: ended, message, data }
    }
    deps.onLearned(progress.learned())
    if (outcome.kind === 'montage') {
      const { files } = outcome
      const produced = { clips: job.spec.montage?.clips.length ?? 0, renders: files.length }
      return { kind: 'montage', job: await finish('done', { produced }), files }
    }
    const { clips } = outcome.kind === 'done' ? outcome.result : outcome
    const produced = { clips: clips.length, renders: clips.reduce((sum, { renders }) => sum + renders.length, 0) }
    const ended = await finish('done', { produced })
    return outcome.kind === 'done'
      ? { kind: 'done', job: ended, result: outcome.result }
      : { kind: 'rendered', job: ended, clips }
  } catch (thrown) {
    if (held.reason !== null) return await stopped(held, job, store, finish, deps.endAs)
    const error = toClutchcutError(thrown)
    if (error.code === 'job/lease-lost') return { kind: 'lost', job: store.get(job.id) ?? job }
    const failure = failureOf(error, progress.stage, clock)
    if (error.code === 'job/needs-input') {
      return {
        kind: 'needs-input',
        job: await finish('needs-input', { failure }),
        message: error.message,
        data: error.data,
      }
    }
    const retry = nextRetry(job, error)
    if (retry === null) return { kind: 'failed', job: await finish('failed', { failure }), error }
    progress.wait(`another try in ${Math.round(retry.delayMs / 1000)} s (${error.message})`)
    report(true)
    // The claim is kept meanwhile, so that nobody tries at once what has just failed.
    await clock.sleep(retry.delayMs, held.signal)
    if (held.reason !== null) return await stopped(held, job, store, finish, deps.endAs)
    const data = { ...failure.data, retry: retry.number }
    return { kind: 'queued', job: await finish('queued', { failure: { ...failure, data } }) }
  }
}

async function stopped<Analysis extends AnalysisLike>(
  held: HeldClaim,
  job: Job,
  store: JobStore,
  finish: Finish,
  endAs: 'queued' | 'paused',
): Promise<JobOutcome<Analysis>> {
  if (held.reason === 'lease-lost') return { kind: 'lost', job: store.get(job.id) ?? job }
  const ended = await finish(held.reason === 'cancel' ? 'cancelled' : held.reason === 'pause' ? 'paused' : endAs)
  // The store has the last word: a pause that was taken back meanwhile leaves the job queued.
  const { state } = ended
  return { kind: state === 'cancelled' || state === 'queued' ? state : 'paused', job: ended }
}

/**
 * A job whose end is not written down would be ours for as long as this process lives, so a library that does not
 * answer is asked again for a minute.
 */
async function persistently(clock: Clock, write: () => void): Promise<void> {
  for (const ms of [200, 1_000, 5_000, 15_000, 40_000]) {
    try {
      write()
      return
    } catch (thrown) {
      if (toClutchcutError(thrown).code === 'job/lease-lost') throw thrown
      await clock.sleep(ms)
    }
  }
  write()
}

/** A job that takes its process down each time must not be picked up for ever. */
function refuseEndlessInterruptions(job: Job): void {
  if (interruptions(job) <= MAX_INTERRUPTIONS) return
  throw new ClutchcutError(
    'internal',
    `This job was cut off ${interruptions(job)} times, so it is no longer started by itself. Look into the log for why.`,
  )
}

function failureOf(error: ClutchcutError, stage: StageName, clock: Clock): JobFailure {
  const at = new Date(clock.now()).toISOString()
  return { code: error.code, message: error.message, data: jsonOf(error.data), stage, at }
}

/** Error data goes into the library as JSON; what does not fit there must not hide the failure itself. */
function jsonOf(data: Record<string, unknown>): Record<string, unknown> {
  try {
    return JSON.parse(JSON.stringify(data)) as Record<string, unknown>
  } catch {
    return {}
  }
}

function reporter<Analysis extends AnalysisLike>(
  snapshot: () => JobProgress,
  { claim }: HeldClaim,
  { store, clock, onProgress }: RunJobDeps<Analysis>,
): (force?: boolean) => void {
  let [reportedAt, savedAt] = [-Infinity, -Infinity]
  return (force = false) => {
    const now = clock.monotonic()
    if (!force && now - reportedAt < REPORT_MS) return
    reportedAt = now
    const progress = snapshot()
    onProgress(progress)
    if (!force && now - savedAt < SAVE_MS) return
    savedAt = now
    try {
      store.saveProgress(claim, progress, clock.now())
    } catch {
      // Only a display: a lost lease or a busy library shows where it matters, at the next beat or checkpoint.
    }
  }
}
