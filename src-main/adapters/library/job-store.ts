import { and, asc, desc, eq, inArray, lte, sql } from 'drizzle-orm'
import { ClutchcutError } from '../../../src-shared/contract/errors.ts'
import {
  jobSpecSchema,
  type Job,
  type JobFailure,
  type JobProduced,
  type JobProgress,
  type JobSpec,
  type JobState,
} from '../../../src-shared/contract/job.ts'
import type { ProcessIdentity } from '../../../src-shared/contract/process.ts'
import type { Fingerprint } from '../../../src-shared/contract/recording.ts'
import { canonicalJson } from '../../../src-shared/domain/canonical-json.ts'
import { write, type Connection } from './connect.ts'
import { createHeavySlot } from './heavy-slot.ts'
import { answerRequest, settleState, type JobChange } from './job-request.ts'
import { clampLease, leaseHolds, type IsAlive } from './lease.ts'
import { isSameProcess, ownerColumnsOf, ownerOf } from './owner.ts'
import { checkpoints, jobs } from './schema.ts'

/** See `src-main/jobs/deps.ts`, whose `JobStore` this fits. */
export interface JobClaim {
  readonly jobId: number
  readonly attempt: number
  readonly owner: ProcessIdentity
}

export interface CheckpointPlace {
  readonly fingerprint: Fingerprint
  readonly stage: string
  readonly version: number
  readonly options: string
}

type Row = typeof jobs.$inferSelect
export type JobStore = ReturnType<typeof createJobStore>

const unfinished = ['queued', 'running', 'paused'] as const
const failuresKept = 20
/** Finished jobs that are this far back are forgotten. */
const jobsKept = 10_000
/** Checkpoints only save time; the scores of a long recording are some 200 kB. */
const checkpointsKept = 2000
const unowned = { ownerPid: null, ownerStartedAt: null, ownerBootId: null, leaseUntil: null, leaseMs: null }
const unreserved = { reservedPid: null, reservedStartedAt: null, reservedBootId: null }

/**
 * The persistent queue. Every method is one IMMEDIATE transaction, so of several processes one decides at a time.
 *
 * Who holds a running job: a process that is known to live keeps it however late its heartbeat (a laptop slept, a
 * clock jumped); one that is known to be dead has lost it at once; only where nobody can tell, the lease decides.
 * Whoever lost a job is refused at its next write (`attempt` has grown).
 */
export function createJobStore(connection: Connection) {
  const { orm } = connection
  const heavySlot = createHeavySlot(connection)
  const transaction = <T>(work: () => T): T => write(connection, work)

  const row = (id: number): Row | undefined => orm.select().from(jobs).where(eq(jobs.id, id)).get()
  const mustRow = (id: number): Row => {
    const found = row(id)
    if (found) return found
    throw new ClutchcutError('job/not-found', `There is no job ${id}: "clutchcut jobs list" shows those there are.`, {
      data: { id },
    })
  }
  const set = (id: number, values: Partial<Row>): void => {
    orm.update(jobs).set(values).where(eq(jobs.id, id)).run()
  }
  /** Ends whatever claim there is and puts the job in `state`. */
  const settle = (id: number, state: Exclude<JobState, 'running'>, now: number, values: Partial<Row> = {}): void => {
    set(id, { ...unowned, requested: null, state, updatedAt: now, ...values })
    heavySlot.free(id)
  }
  /** The row of a claim that still holds. */
  const held = (claim: JobClaim): Row => {
    const found = row(claim.jobId)
    const owner = found && ownerOfJob(found)
    if (found?.state === 'running' && found.attempt === claim.attempt && owner && isSameProcess(owner, claim.owner)) {
      return found
    }
    throw new ClutchcutError(
      'job/lease-lost',
      `Job ${claim.jobId} now belongs to another run, so this one stops. Nothing was lost.`,
      { data: { jobId: claim.jobId, attempt: claim.attempt, current: found?.attempt ?? null } },
    )
  }

  /** Gives up the claims that no longer hold: to the queue, or to what was asked of the job meanwhile. */
  const releaseDead = (now: number, isAlive: IsAlive, only?: number): number[] => {
    const where = and(eq(jobs.state, 'running'), only === undefined ? undefined : eq(jobs.id, only))
    const released: number[] = []
    for (const job of orm.select().from(jobs).where(where).orderBy(asc(jobs.id)).all()) {
      const lease = { owner: ownerOfJob(job), leaseUntil: job.leaseUntil ?? 0, leaseMs: job.leaseMs ?? 0 }
      if (lease.owner && leaseHolds({ ...lease, owner: lease.owner }, now, isAlive)) {
        const leaseUntil = clampLease(lease, now)
        if (leaseUntil !== job.leaseUntil) set(job.id, { leaseUntil })
        continue
      }
      settle(job.id, settleState(job.requested, 'queued'), now, { interruptions: job.interruptions + 1 })
      released.push(job.id)
    }
    return released
  }

  const mayTake = (job: Row, owner: ProcessIdentity, isAlive: IsAlive): boolean => {
    const reserved = reservationOf(job)
    return reserved === null || isSameProcess(reserved, owner) || isAlive(reserved) === false
  }

  return {
    enqueue(
      spec: JobSpec,
      now: number,
      options: { priority?: number; reservedFor?: ProcessIdentity; join?: { isAlive: IsAlive } } = {},
    ): Job {
      const { priority = 0, reservedFor, join } = options
      const text = specText(spec)
      const reservation = reservedFor ? reservationColumns(reservedFor) : unreserved
      return transaction(() => {
        const equal = and(eq(jobs.spec, text), inArray(jobs.state, [...unfinished]))
        const known = join && orm.select().from(jobs).where(equal).orderBy(asc(jobs.id)).get()
        if (known) {
          const holder = reservationOf(known)
          const passes = reservedFor !== undefined && (holder === null || join.isAlive(holder) === false)
          set(known.id, {
            ...(passes && reservation),
            ...(known.state === 'paused' && { state: 'queued', updatedAt: now }),
            ...(known.requested === 'pause' && { requested: 'go-on' }),
            priority: Math.max(known.priority, priority),
          })
          return jobOf(mustRow(known.id))
        }
        const values = { spec: text, priority, ...reservation, createdAt: now, updatedAt: now }
        const added = orm.insert(jobs).values(values).returning().get()
        const old = and(inArray(jobs.state, ['done', 'failed', 'cancelled']), lte(jobs.id, added.id - jobsKept))
        orm.delete(jobs).where(old).run()
        return jobOf(added)
      })
    },

    get(id: number): Job | undefined {
      const found = row(id)
      return found && jobOf(found)
    },

    /** Newest first. */
    list({ states, limit = 100 }: { states?: readonly JobState[] | undefined; limit?: number } = {}): Job[] {
      const where = states && inArray(jobs.state, [...states])
      return orm.select().from(jobs).where(where).orderBy(desc(jobs.id)).limit(limit).all().map(jobOf)
    },

    claim(
      owner: ProcessIdentity,
      now: number,
      options: { leaseMs: number; isAlive: IsAlive; jobId?: number },
    ): { claim: JobClaim; job: Job } | undefined {
      const { leaseMs, isAlive, jobId } = options
      return transaction(() => {
        releaseDead(now, isAlive, jobId)
        const where = and(eq(jobs.state, 'queued'), jobId === undefined ? undefined : eq(jobs.id, jobId))
        // All of them: the first ones may be reserved. A queue is short, and it is walked along an index.
        const queued = orm
          .select()
          .from(jobs)
          .where(where)
          .orderBy(sql`priority DESC`, asc(jobs.id))
          .all()
        const next = queued.find((job) => mayTake(job, owner, isAlive))
        if (!next) return undefined
        const attempt = next.attempt + 1
        set(next.id, {
          ...ownerColumnsOf(owner),
          ...unreserved,
          state: 'running',
          attempt,
          requested: null,
          leaseUntil: Math.round(now + leaseMs),
          leaseMs: Math.round(leaseMs),
          updatedAt: now,
        })
        return { claim: { jobId: next.id, attempt, owner }, job: jobOf(mustRow(next.id)) }
      })
    },

    releaseStale: (now: number, isAlive: IsAlive): number[] => transaction(() => releaseDead(now, isAlive)),

    heartbeat(claim: JobClaim, now: number, leaseMs: number): 'continue' | 'pause' | 'cancel' {
      return transaction(() => {
        const { requested } = held(claim)
        set(claim.jobId, { leaseUntil: Math.round(now + leaseMs), leaseMs: Math.round(leaseMs) })
        return requested === null || requested === 'go-on' ? 'continue' : requested
      })
    },

    saveProgress(claim: JobClaim, progress: JobProgress, now: number): void {
      transaction(() => {
        held(claim)
        set(claim.jobId, { progress, updatedAt: now })
      })
    },

    setRecording(claim: JobClaim, recording: Fingerprint, now: number): void {
      transaction(() => {
        held(claim)
        set(claim.jobId, { recording, updatedAt: now })
      })
    },

    finish(
      claim: JobClaim,
      state: Exclude<JobState, 'running'>,
      now: number,
      { failure, produced }: { failure?: JobFailure | undefined; produced?: JobProduced | undefined } = {},
    ): void {
      transaction(() => {
        const job = held(claim)
        settle(claim.jobId, settleState(job.requested, state), now, {
          ...(failure && { failures: [...job.failures, failure].slice(-failuresKept) }),
          ...(produced && { produced }),
        })
      })
    },

    request(id: number, change: JobChange, now: number): Job {
      return transaction(() => {
        const job = mustRow(id)
        const answer = answerRequest(job, change)
        if (answer.kind === 'state') {
          settle(id, answer.state, now, { ...(answer.state === 'queued' && { progress: null }) })
        }
        if (answer.kind === 'ask') set(id, { requested: answer.requested, updatedAt: now })
        return jobOf(mustRow(id))
      })
    },

    /** Forgets what is done, failed or cancelled, and says how many that were. */
    clearFinished: (): number =>
      transaction(
        () =>
          orm
            .delete(jobs)
            .where(inArray(jobs.state, ['done', 'failed', 'cancelled']))
            .run().changes,
      ),

    setPriority(id: number, priority: number, now: number): Job {
      return transaction(() => {
        mustRow(id)
        set(id, { priority, updatedAt: now })
        return jobOf(mustRow(id))
      })
    },

    acquireHeavySlot: (claim: JobClaim, now: number, leaseMs: number, isAlive: IsAlive): boolean =>
      transaction(() => {
        held(claim)
        return heavySlot.acquire(claim, now, leaseMs, isAlive)
      }),
    releaseHeavySlot: (claim: JobClaim): void => transaction(() => heavySlot.free(claim.jobId, claim.attempt)),
    heavySlotHolder: (): number | undefined => heavySlot.holder(),

    readCheckpoint(place: CheckpointPlace): unknown {
      const found = orm.select({ value: checkpoints.value }).from(checkpoints).where(at(place)).get()
      try {
        return found && (JSON.parse(found.value) as unknown)
      } catch {
        // Damaged: the stage runs again and writes over it.
        return undefined
      }
    },

    writeCheckpoint(claim: JobClaim, place: CheckpointPlace, value: unknown, now: number): void {
      transaction(() => {
        held(claim)
        const { fingerprint, stage, version, options } = place
        const values = { fingerprint, stage, version, options, value: JSON.stringify(value) ?? 'null', writtenAt: now }
        const target = [checkpoints.fingerprint, checkpoints.stage, checkpoints.version, checkpoints.options]
        orm.insert(checkpoints).values(values).onConflictDoUpdate({ target, set: values }).run()
        orm.run(sql`DELETE FROM checkpoints WHERE rowid IN
          (SELECT rowid FROM checkpoints ORDER BY written_at DESC LIMIT -1 OFFSET ${checkpointsKept})`)
      })
    },
  }
}

function at({ fingerprint, stage, version, options }: CheckpointPlace) {
  return and(
    eq(checkpoints.fingerprint, fingerprint),
    eq(checkpoints.stage, stage),
    eq(checkpoints.version, version),
    eq(checkpoints.options, options),
  )
}

function ownerOfJob({ ownerPid, ownerStartedAt, ownerBootId }: Row): ProcessIdentity | null {
  if (ownerPid === null || ownerStartedAt === null || ownerBootId === null) return null
  return ownerOf({ ownerPid, ownerStartedAt, ownerBootId })
}

function reservationOf({ reservedPid, reservedStartedAt, reservedBootId }: Row): ProcessIdentity | null {
  if (reservedPid === null || reservedStartedAt === null || reservedBootId === null) return null
  return { pid: reservedPid, startedAt: reservedStartedAt, bootId: reservedBootId }
}

function reservationColumns({ pid, startedAt, bootId }: ProcessIdentity) {
  return { reservedPid: pid, reservedStartedAt: startedAt, reservedBootId: bootId }
}

const { kind: _kind, path: _path, ...defaults } = jobSpecSchema.parse({ kind: 'analyze', path: '.' })
/** What the first jobs were told; the rest came later, and is written down only where it is said. */
const always = new Set(['device', 'useCache', 'top', 'outputFolder', 'renderKinds', 'cut', 'nameTemplate'])

/** Without what was added later and is not made use of, so that a job of before is still known as the same. */
function specText({ kind, path, ...rest }: JobSpec): string {
  const said = Object.entries(rest).filter(
    ([key, value]) =>
      always.has(key) || canonicalJson(value) !== canonicalJson(defaults[key as keyof typeof defaults] ?? null),
  )
  return canonicalJson({ kind, path, ...Object.fromEntries(said) })
}

function jobOf(row: Row): Job {
  return {
    id: row.id,
    spec: { ...defaults, ...(JSON.parse(row.spec) as Pick<JobSpec, 'kind' | 'path'> & Partial<JobSpec>) },
    state: row.state,
    priority: row.priority,
    attempt: row.attempt,
    interruptions: row.interruptions,
    recording: row.recording,
    progress: row.progress,
    failures: row.failures,
    produced: row.produced,
    createdAt: new Date(row.createdAt).toISOString(),
    updatedAt: new Date(row.updatedAt).toISOString(),
  }
}
