import type { ProcessIdentity } from '../../../src-shared/contract/process.ts'

/** Whether a process lives; undefined where that cannot be told (another computer, a locked-down system). */
export type IsAlive = (process: ProcessIdentity) => boolean | undefined

export interface Lease {
  readonly owner: ProcessIdentity
  /** Milliseconds since 1970, by the clock that was right when the lease was given. */
  readonly leaseUntil: number
  readonly leaseMs: number
}

/** The owner's life decides where it is known; time only where it is not. */
export function leaseHolds(lease: Lease, now: number, isAlive: IsAlive): boolean {
  return isAlive(lease.owner) ?? now < clampLease(lease, now)
}

/**
 * No lease can run longer than it was given for: one that does was given before the clock was set back, and counts
 * from now.
 */
export function clampLease({ leaseUntil, leaseMs }: Pick<Lease, 'leaseUntil' | 'leaseMs'>, now: number): number {
  return Math.min(leaseUntil, Math.round(now + leaseMs))
}
