import { and, eq } from 'drizzle-orm'
import type { ProcessIdentity } from '../../../src-shared/contract/process.ts'
import type { Connection } from './connect.ts'
import { clampLease, leaseHolds, type IsAlive } from './lease.ts'
import { isSameProcess, ownerColumnsOf, ownerOf } from './owner.ts'
import { heavySlot, jobs } from './schema.ts'

interface Holder {
  readonly jobId: number
  readonly attempt: number
  readonly owner: ProcessIdentity
}

/** The one slot for work that fills the machine. To be used inside a transaction of the job store. */
export function createHeavySlot({ orm }: Connection) {
  const read = () => orm.select().from(heavySlot).get()

  /** The claim the slot was given to may be gone: its job was taken over, or ended by other means. */
  const claimStands = (jobId: number, attempt: number): boolean =>
    orm
      .select({ id: jobs.id })
      .from(jobs)
      .where(and(eq(jobs.id, jobId), eq(jobs.attempt, attempt), eq(jobs.state, 'running')))
      .get() !== undefined

  return {
    acquire(claim: Holder, now: number, leaseMs: number, isAlive: IsAlive): boolean {
      const held = read()
      if (held) {
        const owner = ownerOf(held)
        const own = held.jobId === claim.jobId && held.attempt === claim.attempt && isSameProcess(owner, claim.owner)
        if (!own && claimStands(held.jobId, held.attempt) && leaseHolds({ ...held, owner }, now, isAlive)) {
          const leaseUntil = clampLease(held, now)
          if (leaseUntil !== held.leaseUntil) orm.update(heavySlot).set({ leaseUntil }).run()
          return false
        }
      }
      const values = {
        id: 1,
        jobId: claim.jobId,
        attempt: claim.attempt,
        ...ownerColumnsOf(claim.owner),
        leaseUntil: Math.round(now + leaseMs),
        leaseMs: Math.round(leaseMs),
      }
      orm.insert(heavySlot).values(values).onConflictDoUpdate({ target: heavySlot.id, set: values }).run()
      return true
    },

    /** Of this job; with an attempt, only if that one holds it. */
    free(jobId: number, attempt?: number): void {
      const own = and(eq(heavySlot.jobId, jobId), attempt === undefined ? undefined : eq(heavySlot.attempt, attempt))
      orm.delete(heavySlot).where(own).run()
    },

    holder: (): number | undefined => {
      const held = read()
      return held && claimStands(held.jobId, held.attempt) ? held.jobId : undefined
    },
  }
}
