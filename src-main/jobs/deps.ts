import type {
  Job,
  JobFailure,
  JobProduced,
  JobProgress,
  JobSpec,
  JobState,
  StageName,
} from '../../src-shared/contract/job.ts'
import type { ProcessIdentity } from '../../src-shared/contract/process.ts'
import type { Fingerprint } from '../../src-shared/contract/recording.ts'

export type { ProcessIdentity } from '../../src-shared/contract/process.ts'

/** A claimed job. Writes made under a claim that was lost are refused with `job/lease-lost`. */
export interface Claim {
  readonly jobId: number
  /** Fencing token: grows with every claim of this job. */
  readonly attempt: number
  readonly owner: ProcessIdentity
}

export interface EnqueueOptions {
  priority?: number
  /** Only this process may claim it while it lives (a command line waiting for its own job). */
  reservedFor?: ProcessIdentity
  /**
   * Where an unfinished job (queued, running, paused) has an equal spec, that job is returned instead of a new one,
   * in the same transaction: two processes asked for the same thing at once do it once, and a command repeated
   * after a crash takes up its own job. A paused one is queued again. A reservation whose process is not alive
   * (`isAlive`) passes to `reservedFor`.
   */
  join?: { isAlive: (process: ProcessIdentity) => boolean }
}

/**
 * The persistent queue, implemented by `adapters/library`. Every method is one transaction. Time comes from the
 * caller, in milliseconds since 1970, so a clock that jumps can be tested.
 */
export interface JobStore {
  enqueue(spec: JobSpec, now: number, options?: EnqueueOptions): Job
  get(id: number): Job | undefined
  list(filter?: { states?: readonly JobState[]; limit?: number }): Job[]
  /**
   * Takes the next claimable job (highest priority, then oldest): queued, or running under a lease that has run
   * out and whose owner `isAlive` denies. Returns undefined when there is none.
   */
  claim(owner: ProcessIdentity, now: number, options: ClaimOptions): { claim: Claim; job: Job } | undefined
  /**
   * Puts every running job whose owner `isAlive` denies back into the queue at once, without waiting for its lease
   * to run out, frees the heavy slot if such a job held it, and returns the ids. Called at start-up.
   */
  releaseStale(now: number, isAlive: (process: ProcessIdentity) => boolean): number[]
  /** Extends the lease. Returns what another process asked of this job meanwhile. */
  heartbeat(claim: Claim, now: number, leaseMs: number): 'continue' | 'pause' | 'cancel'
  saveProgress(claim: Claim, progress: JobProgress, now: number): void
  setRecording(claim: Claim, recording: Fingerprint, now: number): void
  /** Ends the claim. `failed` and `needs-input` carry the failure, which is appended to the job's list; `done` what came of it. */
  finish(claim: Claim, state: Exclude<JobState, 'running'>, now: number, end?: JobEnd): void
  /** From any process: takes effect at once for a job nobody runs, else at its owner's next heartbeat. */
  request(id: number, change: 'pause' | 'resume' | 'cancel' | 'retry', now: number): Job
  setPriority(id: number, priority: number, now: number): Job

  /**
   * The one heavy slot of the library, a lease like a job's. False when another claim holds it; true again, with
   * the lease extended, for the claim that holds it already.
   */
  acquireHeavySlot(claim: Claim, now: number, leaseMs: number, isAlive: (p: ProcessIdentity) => boolean): boolean
  releaseHeavySlot(claim: Claim): void
  /** Which job holds the heavy slot, to say what we wait for. */
  heavySlotHolder(): number | undefined

  /** A stage's result, stored under what it was computed from; see `stageKey` in run-stage.ts. */
  readCheckpoint(key: CheckpointKey): unknown
  writeCheckpoint(claim: Claim, key: CheckpointKey, value: unknown, now: number): void
}

export interface JobEnd {
  readonly failure?: JobFailure | undefined
  readonly produced?: JobProduced | undefined
}

export interface ClaimOptions {
  leaseMs: number
  isAlive: (process: ProcessIdentity) => boolean
  /** Only this job (the command line runs its own). */
  jobId?: number
}

/** Where a stage's result belongs: the same input, stage version and options give the same key. */
export interface CheckpointKey {
  readonly fingerprint: Fingerprint
  readonly stage: StageName
  readonly version: number
  /** Hash of the options that change the result. */
  readonly options: string
}
