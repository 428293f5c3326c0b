import type { Job, JobSpec, StageName } from '../../src-shared/contract/job.ts'
import type { Recording } from '../../src-shared/contract/recording.ts'
import type { Clock } from './clock.ts'
import type { CheckpointKey, JobStore } from './deps.ts'
import type { ProgressTracker } from './eta.ts'
import type { HeldClaim } from './hold-claim.ts'
import { assertSourceUnchanged, type StatSource } from './source-unchanged.ts'
import { stageKey } from './stage-key.ts'

/** What a stage is given beside its input. */
export interface StageContext {
  readonly job: Job
  readonly signal: AbortSignal
  /** 0 to 1 of this stage; may be called as often as is convenient. */
  onProgress(fraction: number): void
  /** Throws unless this run still owns its job. To be called right before something becomes visible. */
  checkLease(): void
}

/** One step of the pipeline: a plain function, and what is needed to keep its result. */
export interface StageStep<Input, Output> {
  /** Grows with every change that makes its results differ. */
  version: number
  /** True: runs in the library's one heavy slot. */
  heavy?: boolean
  /** Everything beside the input and the version that changes the result (a JSON value, or a promise of one). */
  options(spec: JobSpec): unknown
  /** Gives a kept result its type back; throws when it is not one, and the stage then runs. */
  parse(kept: unknown): Output
  /** False when a result is not to be kept, or no more: what it refers to is gone, or it stands in for the real one. */
  usable?(kept: Output): Promise<boolean>
  run(input: Input, context: StageContext): Promise<Output>
}

/** One run of a job in this process. */
export interface JobRun {
  readonly job: Job
  readonly held: HeldClaim
  readonly store: Pick<JobStore, 'readCheckpoint' | 'writeCheckpoint' | 'list'>
  readonly clock: Clock
  readonly progress: ProgressTracker
  readonly stat: StatSource
  /** Tells the progress to whoever listens, at most a few times a second. */
  report(force?: boolean): void
}

export interface StageResult<Output> {
  readonly value: Output
  readonly key: CheckpointKey
}

/**
 * Runs one stage over a recording, or takes its result from the checkpoint of an earlier run. A heavy stage looks
 * for that checkpoint again once it has the slot: whoever held it may have done this very work.
 */
export async function runStage<Input, Output>(
  run: JobRun,
  name: StageName,
  step: StageStep<Input, Output>,
  input: Input,
  recording: Recording,
  after: CheckpointKey | null,
): Promise<StageResult<Output>> {
  const { job, held, progress, store, clock } = run
  const stepOptions = await step.options(job.spec)
  const key = stageKey(recording.fingerprint, name, step.version, stepOptions, after)
  const done = (value: Output, ran: boolean, its = key): StageResult<Output> => {
    progress.end(ran)
    run.report()
    return { value, key: its }
  }
  held.signal.throwIfAborted()
  progress.begin(name)
  run.report(true)
  const kept = await readKept(run, step, key)
  if (kept !== undefined) return done(kept.value, false)
  const release = step.heavy ? await waitForSlot(run) : undefined
  try {
    const keptMeanwhile = step.heavy ? await readKept(run, step, key) : undefined
    if (keptMeanwhile !== undefined) return done(keptMeanwhile.value, false)
    const value = await runWatched(run, step, input, recording)
    if ((await step.usable?.(value)) === false) {
      // A makeshift is good for now. What later stages make of it must not be kept as if it were the real thing.
      const makeshift = stageKey(recording.fingerprint, name, step.version, [stepOptions, 'makeshift'], after)
      return done(value, true, makeshift)
    }
    store.writeCheckpoint(held.claim, key, value, clock.now())
    return done(value, true)
  } finally {
    release?.()
  }
}

/** A stage that this recording does not need. */
export function skipStage({ progress, report }: JobRun, name: StageName): void {
  progress.begin(name)
  progress.end(false)
  report()
}

/** Runs a step whose result is not kept (import has no key yet, render's files are its results). */
export async function runUnkept<Output>(
  run: JobRun,
  name: StageName,
  step: { heavy?: boolean; run(context: StageContext): Promise<Output> },
  recording: Recording | null,
): Promise<Output> {
  run.held.signal.throwIfAborted()
  run.progress.begin(name)
  run.report(true)
  const release = step.heavy ? await waitForSlot(run) : undefined
  try {
    const value = await runWatched(run, { run: (_: null, context) => step.run(context) }, null, recording)
    run.progress.end(true)
    run.report()
    return value
  } finally {
    release?.()
  }
}

async function runWatched<Input, Output>(
  run: JobRun,
  step: Pick<StageStep<Input, Output>, 'run'>,
  input: Input,
  recording: Recording | null,
): Promise<Output> {
  const { held } = run
  const unchanged = async (): Promise<void> => {
    if (recording !== null) await assertSourceUnchanged(recording, run.stat)
  }
  await unchanged()
  try {
    const value = await step.run(input, {
      job: run.job,
      signal: held.signal,
      checkLease: () => held.check(),
      onProgress: (fraction) => {
        run.progress.update(fraction)
        run.report()
      },
    })
    held.signal.throwIfAborted()
    await unchanged()
    return value
  } catch (thrown) {
    held.signal.throwIfAborted()
    // A file that changed or went away explains whatever the stage stumbled over.
    await unchanged()
    throw thrown
  }
}

async function readKept<Input, Output>(
  { job, store }: JobRun,
  step: StageStep<Input, Output>,
  key: CheckpointKey,
): Promise<{ value: Output } | undefined> {
  if (!job.spec.useCache) return undefined
  const kept = store.readCheckpoint(key)
  if (kept === undefined || kept === null) return undefined
  let value: Output
  try {
    value = step.parse(kept)
  } catch {
    return undefined
  }
  return step.usable === undefined || (await step.usable(value)) ? { value } : undefined
}

/** Takes the heavy slot; what it waits for meanwhile is part of the progress. */
export async function waitForSlot(run: JobRun): Promise<() => void> {
  return run.held.takeHeavySlot((what) => {
    run.progress.wait(what)
    run.report()
  })
}
