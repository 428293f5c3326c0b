import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openLibrary, type Library } from '../../../../../src-main/adapters/library/open-library.ts'
import type { JobStore } from '../../../../../src-main/jobs/deps.ts'
import type { JobFailure, JobState } from '../../../../../src-shared/contract/job.ts'
import type { ProcessIdentity } from '../../../../../src-shared/contract/process.ts'
import { makeSpec } from '../../../../helpers/make-job.ts'
import { tempFolder } from '../../../../helpers/temp-folder.ts'

const folder = tempFolder('clutchcut-job-store')
const process1: ProcessIdentity = { pid: 1, startedAt: 'a', bootId: 'x' }
const process2: ProcessIdentity = { pid: 2, startedAt: 'b', bootId: 'x' }
const everyone = () => true
const nobody = () => false
const whoKnows = () => undefined as unknown as boolean
const leaseMs = 1000
const now = 1_700_000_000_000
const fingerprint = 'ab'.repeat(32)
const failure = (message: string): JobFailure => ({
  code: 'ffmpeg/failed',
  message,
  data: {},
  stage: 'probe',
  at: '2026-01-01T00:00:00Z',
})

let library: Library
let jobs: JobStore
let count = 0
beforeEach(() => {
  library = openLibrary(join(folder, String(count++)))
  jobs = library.jobs
})
afterEach(() => library.close())

const claim = (owner = process1, isAlive: (p: ProcessIdentity) => boolean = everyone, at = now) =>
  jobs.claim(owner, at, { leaseMs, isAlive })

describe('whose turn it is', () => {
  test('highest priority first, then the oldest', () => {
    for (const priority of [0, 5, 5, -1]) jobs.enqueue(makeSpec(), now, { priority })
    jobs.setPriority(4, 9, now)
    expect([claim(), claim(), claim(), claim()].map((taken) => taken?.job.id)).toEqual([4, 2, 3, 1])
    expect(claim()).toBeUndefined()
  })

  test('a reserved job waits for its process as long as that lives', () => {
    jobs.enqueue(makeSpec(), now, { reservedFor: process2 })
    expect(claim(process1)).toBeUndefined()
    expect(claim(process1, whoKnows)).toBeUndefined()
    expect(claim(process2)?.job.id).toBe(1)
    jobs.enqueue(makeSpec(), now, { reservedFor: process2 })
    expect(claim(process1, nobody)?.job.id).toBe(1)
  })

  test('only the one that was asked for', () => {
    jobs.enqueue(makeSpec(), now)
    jobs.enqueue(makeSpec(), now)
    expect(jobs.claim(process1, now, { leaseMs, isAlive: everyone, jobId: 2 })?.job.id).toBe(2)
    expect(jobs.claim(process1, now, { leaseMs, isAlive: everyone, jobId: 2 })).toBeUndefined()
  })
})

describe('joining', () => {
  const join = { isAlive: everyone }

  test('an equal job that is not finished is joined, whatever the order of its fields', () => {
    const spec = makeSpec()
    const first = jobs.enqueue(spec, now, { join })
    const turned = Object.fromEntries(Object.entries(spec).toReversed()) as typeof spec
    expect(jobs.enqueue(turned, now, { join, priority: 3 })).toMatchObject({ id: first.id, priority: 3 })
    expect(jobs.enqueue(makeSpec({ path: '/other' }), now, { join }).id).toBe(2)
    expect(jobs.enqueue(spec, now).id).toBe(3)
  })

  test('a finished one is not, a paused one is queued again', () => {
    jobs.enqueue(makeSpec(), now)
    jobs.request(1, 'pause', now)
    expect(jobs.enqueue(makeSpec(), now, { join })).toMatchObject({ id: 1, state: 'queued' })
    jobs.finish(claim()!.claim, 'done', now)
    expect(jobs.enqueue(makeSpec(), now, { join }).id).toBe(2)
  })

  test('a reservation passes on only from a dead process', () => {
    jobs.enqueue(makeSpec(), now, { reservedFor: process1 })
    jobs.enqueue(makeSpec(), now, { join, reservedFor: process2 })
    expect(claim(process2)).toBeUndefined()
    jobs.enqueue(makeSpec(), now, { join: { isAlive: nobody }, reservedFor: process2 })
    expect(claim(process2)?.job.id).toBe(1)
  })

  test('a running one that was asked to pause goes on', () => {
    jobs.enqueue(makeSpec(), now)
    const { claim: held } = claim()!
    jobs.request(1, 'pause', now)
    jobs.enqueue(makeSpec(), now, { join })
    expect(jobs.heartbeat(held, now, leaseMs)).toBe('continue')
    jobs.finish(held, 'paused', now)
    expect(jobs.get(1)?.state).toBe('queued')
  })
})

describe('who holds a job', () => {
  beforeEach(() => void jobs.enqueue(makeSpec(), now))

  test('a living owner keeps it however late it is', () => {
    const { claim: held } = claim(process1)!
    expect(claim(process2, everyone, now + 1e10)).toBeUndefined()
    expect(jobs.releaseStale(now + 1e10, everyone)).toEqual([])
    expect(jobs.heartbeat(held, now, leaseMs)).toBe('continue')
  })

  test('a dead owner has lost it at once, and is refused should it come back', () => {
    const { claim: held } = claim(process1)!
    const taken = claim(process2, nobody)!
    expect(taken.claim.attempt).toBe(2)
    const key = { fingerprint, stage: 'probe', version: 1, options: '' } as const
    for (const write of [
      () => jobs.heartbeat(held, now, leaseMs),
      () =>
        jobs.saveProgress(
          held,
          { stage: 'probe', stageFraction: 0, stageEtaSeconds: null, fraction: 0, etaSeconds: null, waitingFor: null },
          now,
        ),
      () => jobs.setRecording(held, fingerprint, now),
      () => jobs.finish(held, 'done', now),
      () => jobs.acquireHeavySlot(held, now, leaseMs, nobody),
      () => jobs.writeCheckpoint(held, key, 1, now),
    ]) {
      expect(write).toThrow(expect.objectContaining({ code: 'job/lease-lost' }))
    }
    expect(jobs.get(1)).toMatchObject({ state: 'running', attempt: 2, progress: null, recording: null })
    expect(jobs.readCheckpoint(key)).toBeUndefined()
  })

  test('the same pid of a later process is another owner', () => {
    claim(process1)
    const reborn = { ...process1, startedAt: 'later' }
    const isAlive = (p: ProcessIdentity) => p.startedAt === 'later'
    expect(jobs.claim(reborn, now, { leaseMs, isAlive })?.claim.attempt).toBe(2)
  })

  test('where nobody can tell, the lease decides', () => {
    claim(process1)
    expect(claim(process2, whoKnows, now + leaseMs - 1)).toBeUndefined()
    expect(claim(process2, whoKnows, now + leaseMs)?.claim.attempt).toBe(2)
  })

  test('a clock that was set back prolongs no lease beyond its length', () => {
    claim(process1)
    const earlier = now - 1e9
    expect(claim(process2, whoKnows, earlier)).toBeUndefined()
    expect(claim(process2, whoKnows, earlier + leaseMs)?.claim.attempt).toBe(2)
  })

  test('releaseStale frees jobs and slot of the dead, and follows what was asked of them', () => {
    jobs.enqueue(makeSpec(), now)
    jobs.enqueue(makeSpec(), now)
    const claims = [claim(), claim(), claim()].map((taken) => taken!.claim)
    jobs.acquireHeavySlot(claims[0]!, now, leaseMs, everyone)
    jobs.request(2, 'cancel', now)
    jobs.request(3, 'pause', now)
    expect(jobs.releaseStale(now, nobody)).toEqual([1, 2, 3])
    expect([1, 2, 3].map((id) => jobs.get(id)?.state)).toEqual(['queued', 'cancelled', 'paused'])
    expect(jobs.heavySlotHolder()).toBeUndefined()
  })
})

describe('what is asked of a job that nobody runs', () => {
  const to: Record<JobState, Partial<Record<'pause' | 'resume' | 'cancel' | 'retry', JobState>>> = {
    queued: { pause: 'paused', resume: 'queued', cancel: 'cancelled', retry: 'queued' },
    paused: { pause: 'paused', resume: 'queued', cancel: 'cancelled' },
    'needs-input': { resume: 'queued', cancel: 'cancelled', retry: 'queued' },
    failed: { retry: 'queued' },
    cancelled: { cancel: 'cancelled', retry: 'queued' },
    done: {},
    running: {},
  }
  const changes = ['pause', 'resume', 'cancel', 'retry'] as const
  const states = (Object.keys(to) as JobState[]).filter((state) => state !== 'running')

  test.each(states.flatMap((state) => changes.map((change) => [state, change] as const)))('%s: %s', (state, change) => {
    jobs.enqueue(makeSpec(), now)
    jobs.finish(claim()!.claim, state, now)
    const expected = to[state][change]
    if (expected) expect(jobs.request(1, change, now).state).toBe(expected)
    else expect(() => jobs.request(1, change, now)).toThrow(expect.objectContaining({ code: 'job/wrong-state' }))
  })

  test('there must be such a job', () => {
    expect(() => jobs.request(7, 'cancel', now)).toThrow(expect.objectContaining({ code: 'job/not-found' }))
    expect(() => jobs.setPriority(7, 1, now)).toThrow(expect.objectContaining({ code: 'job/not-found' }))
    expect(jobs.get(7)).toBeUndefined()
  })
})

describe('what is asked of a running job', () => {
  test.each([
    [['pause'], 'pause', 'paused', 'paused'],
    [['pause'], 'pause', 'queued', 'paused'],
    [['cancel'], 'cancel', 'queued', 'cancelled'],
    [['pause', 'cancel'], 'cancel', 'paused', 'cancelled'],
    [['cancel', 'pause'], 'cancel', 'cancelled', 'cancelled'],
    [['pause', 'resume'], 'continue', 'paused', 'queued'],
    [['cancel', 'retry'], 'continue', 'cancelled', 'queued'],
    [['resume'], 'continue', 'paused', 'paused'],
    [['cancel'], 'cancel', 'done', 'done'],
    [['pause'], 'pause', 'failed', 'failed'],
  ] as const)('%s: its owner hears %s, ends it as %s, it is %s', (asked, heard, ended, state) => {
    jobs.enqueue(makeSpec(), now)
    const { claim: held } = claim()!
    for (const change of asked) expect(jobs.request(1, change, now).state).toBe('running')
    expect(jobs.heartbeat(held, now, leaseMs)).toBe(heard)
    jobs.finish(held, ended, now)
    expect(jobs.get(1)?.state).toBe(state)
    // What was asked is done with.
    if (state !== 'queued') return
    expect(jobs.heartbeat(claim()!.claim, now, leaseMs)).toBe('continue')
  })
})

test('each failure is kept, the newest twenty', () => {
  jobs.enqueue(makeSpec(), now)
  for (let n = 1; n <= 22; n += 1) {
    jobs.finish(claim()!.claim, 'failed', now, { failure: failure(`no ${n}`) })
    jobs.request(1, 'retry', now)
  }
  const messages = jobs.get(1)!.failures.map(({ message }) => message)
  expect(messages).toHaveLength(20)
  expect([messages[0], messages[19]]).toEqual(['no 3', 'no 22'])
})

describe('the heavy slot', () => {
  const two = () => {
    jobs.enqueue(makeSpec(), now)
    jobs.enqueue(makeSpec(), now)
    return [claim(process1)!.claim, claim(process2)!.claim] as const
  }

  test('has one holder, who may ask again', () => {
    const [a, b] = two()
    expect(jobs.acquireHeavySlot(a, now, leaseMs, everyone)).toBe(true)
    expect(jobs.acquireHeavySlot(a, now, leaseMs, everyone)).toBe(true)
    expect(jobs.acquireHeavySlot(b, now + 1e9, leaseMs, everyone)).toBe(false)
    jobs.releaseHeavySlot(b)
    expect(jobs.heavySlotHolder()).toBe(1)
    jobs.releaseHeavySlot(a)
    expect(jobs.acquireHeavySlot(b, now, leaseMs, everyone)).toBe(true)
  })

  test('goes with its holder: dead, late where nobody can tell, or finished', () => {
    const [a, b] = two()
    jobs.acquireHeavySlot(a, now, leaseMs, everyone)
    expect(jobs.acquireHeavySlot(b, now + leaseMs - 1, leaseMs, whoKnows)).toBe(false)
    expect(jobs.acquireHeavySlot(b, now + leaseMs, leaseMs, whoKnows)).toBe(true)
    expect(jobs.acquireHeavySlot(a, now, leaseMs, (p) => p.pid !== 2)).toBe(true)
    jobs.finish(a, 'done', now)
    expect(jobs.heavySlotHolder()).toBeUndefined()
    expect(jobs.acquireHeavySlot(b, now, leaseMs, everyone)).toBe(true)
  })
})

test('checkpoints are found under exactly what they were made from, and bounded in number', () => {
  jobs.enqueue(makeSpec(), now)
  const { claim: held } = claim()!
  const key = { fingerprint, stage: 'probe', version: 1, options: 'o' } as const
  jobs.writeCheckpoint(held, key, { a: [1, null] }, now)
  jobs.writeCheckpoint(held, key, { a: [2] }, now)
  expect(jobs.readCheckpoint(key)).toEqual({ a: [2] })
  for (const value of [null, 0, '', [], undefined]) {
    jobs.writeCheckpoint(held, { ...key, options: 'odd' }, value, now)
    expect(jobs.readCheckpoint({ ...key, options: 'odd' })).toEqual(value ?? null)
  }
  for (const other of [
    { version: 2 },
    { options: '' },
    { stage: 'score' as const },
    { fingerprint: 'cd'.repeat(32) },
  ]) {
    expect(jobs.readCheckpoint({ ...key, ...other })).toBeUndefined()
  }
  for (let n = 1; n <= 2001; n += 1) jobs.writeCheckpoint(held, { ...key, version: n + 1 }, n, now + n)
  expect(jobs.readCheckpoint(key)).toBeUndefined()
  expect(jobs.readCheckpoint({ ...key, version: 2002 })).toBe(2001)
})
