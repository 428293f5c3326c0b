import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { openLibrary, type Library } from '../../../../../src-main/adapters/library/open-library.ts'
import type { JobClaim } from '../../../../../src-main/adapters/library/job-store.ts'
import type { JobState } from '../../../../../src-shared/contract/job.ts'
import type { ProcessIdentity } from '../../../../../src-shared/contract/process.ts'
import { makeSpec } from '../../../../helpers/make-job.ts'
import { tempFolder } from '../../../../helpers/temp-folder.ts'

const folder = tempFolder('clutchcut-job-property')
const leaseMs = 1000
const owners = 4

type Life = 'alive' | 'dead' | 'unknown'

interface Owner {
  identity: ProcessIdentity
  /** What asking the system about it answers, and whether it really runs: of an unknown one, nobody can tell. */
  life: Life
  /** What it believes to hold. It learns of a loss only when a write is refused. */
  claims: JobClaim[]
}

interface Model {
  now: number
  owners: Owner[]
  jobs: number
}

const owner = fc.nat(owners - 1)
const job = fc.nat(3)
const anyStep = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('enqueue' as const),
      by: owner,
      path: job,
      join: fc.boolean(),
      reserve: fc.boolean(),
    }),
  },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('claim' as const), by: owner, only: fc.option(job) }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('heartbeat' as const), by: owner, claim: fc.nat(3) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('finish' as const),
      by: owner,
      claim: fc.nat(3),
      state: fc.constantFrom<Exclude<JobState, 'running'>[]>(
        'done',
        'failed',
        'queued',
        'paused',
        'cancelled',
        'needs-input',
      ),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('request' as const),
      job,
      change: fc.constantFrom('pause' as const, 'resume' as const, 'cancel' as const, 'retry' as const),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('slot' as const), by: owner, claim: fc.nat(3), release: fc.boolean() }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('die' as const), by: owner }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('hide' as const), by: fc.constantFrom(2, 3) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('stale' as const) }) },
  // The clock goes on, jumps ahead and is set back.
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('time' as const), ms: fc.integer({ min: -100_000, max: 100_000 }) }),
  },
)
type Step = typeof anyStep extends fc.Arbitrary<infer T> ? T : never

const library: Library = openLibrary(join(folder, 'library'))
afterAll(() => library.close())
library.connection.raw.pragma('synchronous = OFF')

function empty(): void {
  library.connection.raw.exec(
    `DELETE FROM jobs; DELETE FROM heavy_slot; DELETE FROM sqlite_sequence WHERE name = 'jobs'`,
  )
}

let startCount = 0
const born = (index: number): Owner => ({
  identity: { pid: 100 + index, startedAt: String(startCount++), bootId: 'boot' },
  life: 'alive',
  claims: [],
})

/** Runs one step on store and model and checks what the store answered. */
function run(step: Step, model: Model, { jobs }: Library): void {
  const at = (index: number): Owner => model.owners[index]!
  const find = (p: ProcessIdentity) =>
    model.owners.find(({ identity }) => identity.pid === p.pid && identity.startedAt === p.startedAt)
  // A process that is not in the model any more died and its pid was given to another.
  const isAlive = (p: ProcessIdentity): boolean | undefined => {
    const life = find(p)?.life ?? 'dead'
    return life === 'unknown' ? undefined : life === 'alive'
  }
  const lose = (holder: Owner, claim: JobClaim): void => {
    holder.claims = holder.claims.filter((other) => other !== claim)
  }
  const claimOf = (index: number, n: number): JobClaim | undefined =>
    at(index).claims[n % Math.max(1, at(index).claims.length)]
  /** A write under a claim works, or is refused because a newer attempt exists or the job is not running. */
  const fenced = <T>(holder: Owner, claim: JobClaim, write: () => T): T | undefined => {
    try {
      return write()
    } catch (error) {
      expect(error).toMatchObject({ code: 'job/lease-lost' })
      // Who is known to live is never robbed.
      expect(mayBeRobbed(holder), 'a living owner lost its claim').toBe(true)
      lose(holder, claim)
      return undefined
    }
  }

  switch (step.kind) {
    case 'enqueue': {
      const job = jobs.enqueue(makeSpec({ path: `/v/${step.path}` }), model.now, {
        priority: step.path,
        ...(step.reserve && { reservedFor: at(step.by).identity }),
        ...(step.join && { join: { isAlive } }),
      })
      model.jobs = Math.max(model.jobs, job.id)
      expect(job.state).not.toBe('paused')
      break
    }
    case 'claim': {
      const jobId = step.only === null ? undefined : step.only + 1
      if (at(step.by).life === 'dead') break
      const before = jobs.list({ limit: 1000 })
      const taken = jobs.claim(at(step.by).identity, model.now, { leaseMs, isAlive, ...(jobId && { jobId }) })
      if (!taken) break
      if (jobId) expect(taken.job.id).toBe(jobId)
      expect(taken.job.state).toBe('running')
      expect(taken.claim.attempt).toBe(before.find(({ id }) => id === taken.job.id)!.attempt + 1)
      for (const other of model.owners) {
        for (const claim of other.claims.filter((c) => c.jobId === taken.job.id)) {
          // Somebody still believes to have it: only right where nobody could know that it lives.
          expect(mayBeRobbed(other), 'two live claims of one job').toBe(true)
          expect(claim.attempt).toBeLessThan(taken.claim.attempt)
        }
      }
      at(step.by).claims.push(taken.claim)
      break
    }
    case 'heartbeat': {
      const claim = claimOf(step.by, step.claim)
      if (claim) fenced(at(step.by), claim, () => jobs.heartbeat(claim, model.now, leaseMs))
      break
    }
    case 'finish': {
      const claim = claimOf(step.by, step.claim)
      if (!claim) break
      fenced(at(step.by), claim, () => {
        jobs.finish(claim, step.state, model.now)
        lose(at(step.by), claim)
        expect(jobs.heavySlotHolder()).not.toBe(claim.jobId)
        expect(() => jobs.heartbeat(claim, model.now, leaseMs)).toThrow(/belongs to another run/)
      })
      break
    }
    case 'request': {
      if (step.job + 1 > model.jobs) break
      const before = jobs.get(step.job + 1)!
      try {
        const after = jobs.request(before.id, step.change, model.now)
        // A running job is only asked.
        if (before.state === 'running') expect(after.state).toBe('running')
      } catch (error) {
        expect(error).toMatchObject({ code: 'job/wrong-state' })
        expect(jobs.get(before.id)).toEqual(before)
      }
      break
    }
    case 'slot': {
      const claim = claimOf(step.by, step.claim)
      if (!claim) break
      if (step.release) {
        jobs.releaseHeavySlot(claim)
        break
      }
      const before = jobs.heavySlotHolder()
      const got = fenced(at(step.by), claim, () => jobs.acquireHeavySlot(claim, model.now, leaseMs, isAlive))
      if (got === true) {
        expect(jobs.heavySlotHolder()).toBe(claim.jobId)
        const holder = model.owners.find(({ claims }) => claims.some(({ jobId }) => jobId === before))
        if (before !== undefined && before !== claim.jobId && holder) {
          expect(mayBeRobbed(holder), 'two holders of the heavy slot').toBe(true)
        }
      }
      if (got === false) expect(before).not.toBeUndefined()
      break
    }
    case 'die':
      // The next process may get the same pid.
      model.owners[step.by] = born(step.by)
      break
    case 'hide': {
      const hidden = at(step.by)
      hidden.life = hidden.life === 'unknown' ? 'alive' : 'unknown'
      if (hidden.life === 'unknown') hiddenOnce.add(hidden)
      break
    }
    case 'stale':
      jobs.releaseStale(model.now, isAlive)
      for (const found of jobs.list({ states: ['running'], limit: 1000 })) {
        const holds = model.owners.some(({ claims }) =>
          claims.some((c) => c.jobId === found.id && c.attempt === found.attempt),
        )
        expect(holds, 'a running job that nobody runs').toBe(true)
      }
      break
    case 'time':
      model.now += step.ms
      break
    default:
      step satisfies never
  }
}

/** Owners whose life could not be told for a while: their claims may have been taken by time. */
let hiddenOnce = new WeakSet<Owner>()
const mayBeRobbed = (holder: Owner): boolean => holder.life !== 'alive' || hiddenOnce.has(holder)

test('whatever several owners do: one live claim a job, one holder of the heavy slot, no lost job', () => {
  fc.assert(
    fc.property(fc.array(anyStep, { minLength: 1, maxLength: 80, size: 'max' }), (steps) => {
      empty()
      hiddenOnce = new WeakSet()
      const model: Model = { now: 1_000_000, owners: Array.from({ length: owners }, (_, i) => born(i)), jobs: 0 }
      // Not to spend most runs on an empty queue.
      for (let n = 0; n < owners; n += 1) {
        run({ kind: 'enqueue', by: n, path: n, join: false, reserve: false }, model, library)
        if (n % 2 === 0) run({ kind: 'claim', by: n, only: null }, model, library)
      }
      for (const step of steps) run(step, model, library)
      // When all owners are gone, whoever comes next can finish every job that is not set aside.
      model.owners = []
      const last = born(9).identity
      for (;;) {
        const taken = library.jobs.claim(last, model.now, { leaseMs, isAlive: (p) => p.startedAt === last.startedAt })
        if (!taken) break
        library.jobs.finish(taken.claim, 'done', model.now)
      }
      expect(library.jobs.list({ states: ['queued', 'running'] })).toEqual([])
      expect(library.jobs.heavySlotHolder()).toBeUndefined()
    }),
    { numRuns: 100 },
  )
}, 120_000)
