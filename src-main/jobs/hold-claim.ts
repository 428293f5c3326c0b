import { ClutchcutError, toClutchcutError } from '../../src-shared/contract/errors.ts'
import type { Clock } from './clock.ts'
import type { Claim, JobStore, ProcessIdentity } from './deps.ts'

/** How long a claim outlives its last heartbeat, and how often it beats: several beats may fail before it matters. */
export const LEASE_MS = 15_000
export const BEAT_MS = 2_000
const SLOT_POLL_MS = 300

/** Why a run was told to end: asked for from anywhere, by the program that ends, or because the claim is gone. */
export type StopReason = 'pause' | 'cancel' | 'shutdown' | 'lease-lost'

export interface HoldDeps {
  store: Pick<JobStore, 'heartbeat' | 'acquireHeavySlot' | 'releaseHeavySlot' | 'heavySlotHolder' | 'get'>
  clock: Clock
  isAlive: (process: ProcessIdentity) => boolean
  /** A beat that failed for want of the database; the next one tries again. */
  onTrouble?: (error: ClutchcutError) => void
}

export interface HeldClaim {
  readonly claim: Claim
  /** Aborts when the run is to end; `reason` then says why. */
  readonly signal: AbortSignal
  readonly reason: StopReason | null
  stop(reason: StopReason): void
  /** Beats now, so that a request made in this very process takes effect at once. */
  beat(): void
  /** Throws unless the claim is still ours: called right before something is made visible. */
  check(): void
  /** Waits for the library's heavy slot; returns the function that gives it back. */
  takeHeavySlot(onWait: (what: string | null) => void): Promise<() => void>
  /** Stops beating. The claim itself is ended by `JobStore.finish`. */
  dispose(): void
}

/** Keeps a claim alive by heartbeats, and turns what others ask of the job into an abort of its signal. */
export function holdClaim(claim: Claim, { store, clock, isAlive, onTrouble }: HoldDeps): HeldClaim {
  const controller = new AbortController()
  let reason: StopReason | null = null
  let holdsSlot = false

  const stop = (why: StopReason): void => {
    if (reason !== null) return
    reason = why
    controller.abort(stopError(why))
  }
  const extend = (): void => {
    const asked = store.heartbeat(claim, clock.now(), LEASE_MS)
    if (asked !== 'continue') stop(asked)
    if (holdsSlot && !store.acquireHeavySlot(claim, clock.now(), LEASE_MS, isAlive)) stop('lease-lost')
  }
  const beat = (): void => {
    try {
      extend()
    } catch (thrown) {
      const error = toClutchcutError(thrown)
      if (error.code === 'job/lease-lost') stop('lease-lost')
      else onTrouble?.(error)
    }
  }
  const cease = clock.every(BEAT_MS, beat)

  return {
    claim,
    signal: controller.signal,
    get reason() {
      return reason
    },
    stop,
    beat,
    check() {
      controller.signal.throwIfAborted()
      try {
        extend()
      } catch (thrown) {
        const error = toClutchcutError(thrown)
        if (error.code === 'job/lease-lost') stop('lease-lost')
        throw error
      }
      controller.signal.throwIfAborted()
    },
    async takeHeavySlot(onWait) {
      for (;;) {
        controller.signal.throwIfAborted()
        if (store.acquireHeavySlot(claim, clock.now(), LEASE_MS, isAlive)) break
        onWait(describeHolder(store))
        await clock.sleep(SLOT_POLL_MS, controller.signal)
      }
      holdsSlot = true
      onWait(null)
      return () => {
        holdsSlot = false
        store.releaseHeavySlot(claim)
      }
    },
    dispose: cease,
  }
}

/** "Job 3 is analysing a recording": what a person sees beside a job that waits. */
function describeHolder(store: HoldDeps['store']): string {
  const holder = store.heavySlotHolder()
  const stage = holder === undefined ? undefined : store.get(holder)?.progress?.stage
  if (holder === undefined) return 'another job'
  const doing = { analyse: 'analysing', score: 'scoring', render: 'rendering' } as Record<string, string>
  return `job ${holder}, which is ${doing[stage ?? ''] ?? 'working on'} a recording`
}

function stopError(reason: StopReason): ClutchcutError {
  switch (reason) {
    case 'pause':
      return new ClutchcutError('job/cancelled', 'Paused.')
    case 'cancel':
      return new ClutchcutError('job/cancelled', 'Cancelled.')
    case 'shutdown':
      return new ClutchcutError('job/cancelled', 'Interrupted. Run the same command again to go on where it stopped.')
    case 'lease-lost':
      return new ClutchcutError('job/lease-lost', 'Another process has taken over this job.')
  }
}
