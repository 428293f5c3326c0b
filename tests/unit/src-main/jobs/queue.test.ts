import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openLibrary, type Library } from '../../../../src-main/adapters/library/open-library.ts'
import type { JobStore, ProcessIdentity } from '../../../../src-main/jobs/deps.ts'
import { createQueue, type Queue } from '../../../../src-main/jobs/queue.ts'
import { retryDelaysMs } from '../../../../src-main/jobs/retry-policy.ts'
import { ClutchcutError } from '../../../../src-shared/contract/errors.ts'
import type { JobProgress, JobSpec } from '../../../../src-shared/contract/job.ts'
import { fakeClock, type FakeClock } from '../../../helpers/fake-clock.ts'
import {
  fakePipeline,
  fingerprint,
  source,
  type FakeAnalysis,
  type FakePipeline,
} from '../../../helpers/fake-pipeline.ts'
import { makeSpec } from '../../../helpers/make-job.ts'

const me: ProcessIdentity = { pid: 10, startedAt: 'a', bootId: 'boot' }
const other: ProcessIdentity = { pid: 11, startedAt: 'b', bootId: 'boot' }
const everyStage = ['import', 'probe', 'analyse', 'score', 'select', 'render']

let folder: string
let library: Library
let clock: FakeClock
let alive: Set<ProcessIdentity>
let fake: FakePipeline
let stat: () => Promise<{ size: number; mtimeMs: number }>
let queue: Queue<FakeAnalysis>

const isAlive = (process: ProcessIdentity): boolean => [...alive].some((one) => one.pid === process.pid)
const queueOf = (owner: ProcessIdentity, pipeline: FakePipeline, store: JobStore = library.jobs): Queue<FakeAnalysis> =>
  createQueue<FakeAnalysis>({
    store,
    owner,
    isAlive,
    clock,
    stat: () => stat(),
    connect: () => ({ stages: pipeline.stages, library: pipeline.library }),
  })
/** Runs a spec to its end, letting as much time pass as that needs. */
const run = async (spec: JobSpec = makeSpec(), on = queue, options = {}) => {
  const running = on.runSpec(spec, options)
  let ended = false
  void running.finally(() => (ended = true)).catch(() => {})
  for (let i = 0; i < 300 && !ended; i += 1) await clock.advance(500)
  return running
}
const hang = (signal: AbortSignal): Promise<void> =>
  new Promise((_, reject) => {
    const stop = (): void => reject(signal.reason as Error)
    if (signal.aborted) stop()
    signal.addEventListener('abort', stop)
  })

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'clutchcut-queue-'))
  library = openLibrary(folder)
  clock = fakeClock()
  alive = new Set([me, other])
  fake = fakePipeline()
  stat = async () => source
  queue = queueOf(me, fake)
})
afterEach(async () => {
  library.close()
  rmSync(folder, { recursive: true })
})

describe('runSpec', () => {
  it('runs every stage once, in order, and gives the clips', async () => {
    const seen: JobProgress[] = []
    const outcome = await run(makeSpec(), queue, { onProgress: (progress: JobProgress) => seen.push(progress) })
    expect(outcome).toMatchObject({ kind: 'done', job: { state: 'done', recording: fingerprint, attempt: 1 } })
    if (outcome.kind !== 'done') return
    expect(fake.ran).toEqual(everyStage)
    expect(outcome.result.clips).toMatchObject([{ segment: 0, renders: [{ path: '/clips/1.mp4', verified: false }] }])
    expect(Object.keys(outcome.result.timing.stages)).toEqual(everyStage)
    expect(seen.at(-1)).toMatchObject({ stage: 'render', fraction: 1, waitingFor: null })
    expect(library.jobs.heavySlotHolder()).toBeUndefined()
  })

  it('ends after select for an analysis', async () => {
    await run(makeSpec({ kind: 'analyze', outputFolder: null }))
    expect(fake.ran).toEqual(everyStage.slice(0, -1))
  })

  it('takes from checkpoints what was done, and starts at the first stage that changed', async () => {
    await run()
    fake.ran.length = 0
    const again = await run()
    expect(fake.ran).toEqual(['import', 'render'])
    expect(again).toMatchObject({ kind: 'done', job: { id: 2 } })
    fake.ran.length = 0
    fake.stages.score.version = 2
    await run()
    expect(fake.ran).toEqual(['import', 'score', 'select', 'render'])
    fake.ran.length = 0
    fake.stages.select.options = () => ({ top: 3 })
    await run()
    expect(fake.ran).toEqual(['import', 'select', 'render'])
    fake.ran.length = 0
    await run(makeSpec({ useCache: false }))
    expect(fake.ran).toEqual(everyStage)
  })

  it('runs a stage again whose kept result is damaged or refers to what is gone', async () => {
    await run()
    fake.ran.length = 0
    let gone = true
    fake.stages.analyse.usable = async () => !gone
    fake.during = async (stage) => {
      if (stage === 'analyse') gone = false
    }
    fake.stages.probe.parse = () => {
      throw new TypeError('no media info')
    }
    await run()
    expect(fake.ran).toEqual(['import', 'probe', 'analyse', 'render'])
  })

  it('keeps no makeshift, nor what later stages made of it', async () => {
    let works = false
    fake.stages.score.usable = async () => works
    await run()
    fake.ran.length = 0
    await run()
    expect(fake.ran).toEqual(['import', 'score', 'render'])
    works = true
    fake.ran.length = 0
    await run()
    expect(fake.ran).toEqual(['import', 'score', 'select', 'render'])
    fake.ran.length = 0
    await run()
    expect(fake.ran).toEqual(['import', 'render'])
  })

  it('needs input where no folder is given, as an outcome', async () => {
    const outcome = await run(makeSpec({ outputFolder: null }))
    expect(outcome).toMatchObject({
      kind: 'needs-input',
      data: { field: 'outputFolder' },
      job: { state: 'needs-input' },
    })
    expect(fake.ran).toEqual([])
  })

  it('keeps the reason of a failure, with its stage', async () => {
    fake.during = async (stage) => {
      if (stage === 'analyse') throw new ClutchcutError('input/truncated', 'Cut off.', { data: { circular: null } })
    }
    const outcome = await run()
    expect(outcome).toMatchObject({ kind: 'failed', error: { code: 'input/truncated' } })
    expect(outcome.job.failures).toMatchObject([{ code: 'input/truncated', stage: 'analyse', message: 'Cut off.' }])
    expect(library.jobs.heavySlotHolder()).toBeUndefined()
  })

  it('tries again by itself what may pass, with pauses, keeping every reason', async () => {
    const startedAt = clock.now()
    fake.during = async (stage) => {
      if (stage === 'analyse') throw new ClutchcutError('ffmpeg/stalled', 'FFmpeg stood still.')
    }
    const outcome = await run()
    expect(outcome).toMatchObject({ kind: 'failed', error: { code: 'ffmpeg/stalled' } })
    expect(outcome.job.failures.map(({ data }) => data['retry'])).toEqual([1, 2, 3, undefined])
    expect(clock.now() - startedAt).toBeGreaterThanOrEqual(retryDelaysMs.reduce((sum, ms) => sum + ms, 0))
    expect(fake.ran.filter((stage) => stage === 'probe')).toHaveLength(1)
    expect(fake.ran.filter((stage) => stage === 'analyse')).toHaveLength(4)
  })

  it('notices a source that changes between two stages, whatever the stage stumbles over', async () => {
    fake.during = async (stage) => {
      if (stage !== 'score') return
      stat = async () => ({ ...source, size: 2000 })
      throw new ClutchcutError('ffmpeg/failed', 'Odd bytes.')
    }
    expect(await run()).toMatchObject({ kind: 'failed', error: { code: 'input/changed' } })
  })

  it('keeps no result of a stage during which the source changed', async () => {
    fake.during = async (stage) => {
      if (stage === 'analyse') stat = async () => ({ ...source, mtimeMs: 6 })
    }
    expect(await run()).toMatchObject({ kind: 'failed', error: { code: 'input/changed' } })
    stat = async () => source
    fake.during = async () => {}
    fake.ran.length = 0
    await run()
    expect(fake.ran).toContain('analyse')
  })

  it('says when the source vanishes', async () => {
    fake.during = async (stage) => {
      if (stage === 'probe') stat = async () => Promise.reject(new Error('ENOENT'))
    }
    expect(await run()).toMatchObject({ kind: 'failed', error: { code: 'input/not-found' } })
  })

  it('writes its end down as soon as the library answers again', async () => {
    const real = library.jobs.finish
    let refusals = 3
    const store = {
      ...library.jobs,
      finish: (...args: Parameters<typeof real>) => {
        if (refusals-- > 0) throw new ClutchcutError('library/busy', 'Busy.')
        real(...args)
      },
    }
    const patient = queueOf(me, fake, store)
    expect(await run(makeSpec(), patient)).toMatchObject({ kind: 'done', job: { state: 'done', attempt: 1 } })
    expect(fake.ran).toEqual(everyStage)
  })

  it('stops on a signal, leaves the job paused, and goes on with it when asked again', async () => {
    const controller = new AbortController()
    fake.during = async (stage, { signal }) => {
      if (stage !== 'analyse') return
      controller.abort()
      await hang(signal)
    }
    const outcome = await run(makeSpec(), queue, { signal: controller.signal })
    expect(outcome).toMatchObject({ kind: 'paused', job: { id: 1, state: 'paused' } })
    fake.during = async () => {}
    fake.ran.length = 0
    expect(await run()).toMatchObject({ kind: 'done', job: { id: 1, attempt: 2 } })
    expect(fake.ran).toEqual(['import', 'analyse', 'score', 'select', 'render'])
  })
})

describe('several processes', () => {
  it('do one thing once: the second waits and takes the first one’s results', async () => {
    const theirs = fakePipeline()
    const gate = Promise.withResolvers<void>()
    fake.during = (stage) => (stage === 'analyse' ? gate.promise : Promise.resolve())
    const first = queue.runSpec(makeSpec())
    await clock.advance(1000)
    const waits: JobProgress[] = []
    const second = queueOf(other, theirs).runSpec(makeSpec(), { onProgress: (progress) => waits.push(progress) })
    await clock.advance(60_000)
    expect(theirs.ran).toEqual([])
    expect(waits.at(-1)).toMatchObject({ stage: 'analyse' })
    gate.resolve()
    await clock.advance(5000)
    expect(await first).toMatchObject({ kind: 'done' })
    expect(await second).toMatchObject({ kind: 'done', result: { segments: [{ score: 0.9 }, { score: 0.4 }] } })
    expect(theirs.ran).toEqual(['import', 'render'])
  })

  it('share the heavy slot, say what they wait for, and find what was done meanwhile', async () => {
    const theirs = fakePipeline()
    const gate = Promise.withResolvers<void>()
    fake.during = (stage) => (stage === 'analyse' ? gate.promise : Promise.resolve())
    const first = queue.runSpec(makeSpec())
    await clock.advance(1000)
    const waits: (string | null)[] = []
    const spec = makeSpec({ outputFolder: '/elsewhere' })
    const second = queueOf(other, theirs).runSpec(spec, { onProgress: (progress) => waits.push(progress.waitingFor) })
    await clock.advance(5000)
    expect(theirs.ran).toEqual(['import'])
    expect(waits.at(-1)).toBe('job 1, which is analysing a recording')
    gate.resolve()
    await clock.advance(5000)
    await first
    expect(await second).toMatchObject({ kind: 'done' })
    expect(theirs.ran).toEqual(['import', 'render'])
  })

  it('take over from a dead one at once, where it stopped', async () => {
    fake.during = (stage, { signal }) => (stage === 'score' ? hang(signal) : Promise.resolve())
    void queue.runSpec(makeSpec())
    await clock.advance(1000)
    expect(library.jobs.get(1)?.state).toBe('running')
    const theirs = fakePipeline()
    alive.delete(me)
    const outcome = await run(makeSpec(), queueOf(other, theirs))
    expect(outcome).toMatchObject({ kind: 'done', job: { id: 1, attempt: 2 } })
    expect(theirs.ran).toEqual(['import', 'score', 'select', 'render'])
  })

  it('never take a job from a living one, however the clock jumps', async () => {
    const gate = Promise.withResolvers<void>()
    fake.during = (stage) => (stage === 'analyse' ? gate.promise : Promise.resolve())
    const first = queue.runSpec(makeSpec())
    await clock.advance(1000)
    const theirs = fakePipeline()
    const worker = queueOf(other, theirs)
    worker.start()
    for (const hours of [5, -30, 1]) {
      clock.jump(hours * 3_600_000)
      await clock.advance(20_000)
    }
    expect(theirs.ran).toEqual([])
    gate.resolve()
    await clock.advance(2000)
    expect(await first).toMatchObject({ kind: 'done' })
    const stopped = worker.stop()
    await clock.advance(2000)
    await stopped
  })

  it('stop writing when their job is taken from them after all', async () => {
    const gate = Promise.withResolvers<void>()
    fake.during = async (stage) => {
      if (stage === 'analyse') await gate.promise
    }
    const first = queue.runSpec(makeSpec())
    await clock.advance(1000)
    // The other one cannot see that we live (a frozen container, a lie of the system).
    const theirs = fakePipeline()
    alive.delete(me)
    const second = await run(makeSpec(), queueOf(other, theirs))
    expect(second).toMatchObject({ kind: 'done', job: { attempt: 2 } })
    gate.resolve()
    await clock.advance(3000)
    // Ours stopped without a trace and, its job being done, took the results.
    expect(await first).toMatchObject({ kind: 'done' })
    expect(fake.ran.filter((stage) => stage === 'score')).toEqual([])
  })
})

describe('requests', () => {
  it('cancel and pause a running job at once in this process, at the next beat from another', async () => {
    fake.during = (stage, { signal }) => (stage === 'analyse' ? hang(signal) : Promise.resolve())
    const cancelled = queue.runSpec(makeSpec())
    await clock.advance(1000)
    queue.request(1, 'cancel')
    await clock.advance(0)
    expect(await cancelled).toMatchObject({ kind: 'cancelled', job: { state: 'cancelled', failures: [] } })
    const paused = queue.runSpec(makeSpec())
    await clock.advance(1000)
    library.jobs.request(2, 'pause', clock.now())
    await clock.advance(2100)
    expect(await paused).toMatchObject({ kind: 'paused', job: { state: 'paused' } })
  })

  it('are worked off by priority, then age, one at a time', async () => {
    const order: string[] = []
    fake.stages.importRecording = async (path) => (order.push(path), { fingerprint, path, ...source })
    for (const [path, priority] of [
      ['/a', 0],
      ['/b', 5],
      ['/c', 0],
      ['/d', 5],
    ] as const) {
      library.jobs.enqueue(makeSpec({ path }), clock.now(), { priority })
    }
    queue.start()
    await clock.advance(10_000)
    expect(order).toEqual(['/b', '/d', '/a', '/c'])
    const stopped = queue.stop()
    await clock.advance(1000)
    await stopped
  })

  it('leave a job queued when the worker is stopped, and a reserved one alone', async () => {
    library.jobs.enqueue(makeSpec({ path: '/theirs' }), clock.now(), { reservedFor: other })
    library.jobs.enqueue(makeSpec(), clock.now())
    fake.during = (stage, { signal }) => (stage === 'probe' ? hang(signal) : Promise.resolve())
    queue.start(2)
    await clock.advance(1000)
    expect(library.jobs.list().map(({ state }) => state)).toEqual(['running', 'queued'])
    const stopped = queue.stop()
    await clock.advance(1000)
    await stopped
    expect(library.jobs.list().map(({ state }) => state)).toEqual(['queued', 'queued'])
  })

  it('retry what failed, from the stage that failed', async () => {
    fake.during = async (stage) => {
      if (stage === 'score') throw new ClutchcutError('model/invalid', 'Broken model.')
    }
    await run()
    fake.during = async () => {}
    fake.ran.length = 0
    queue.start()
    queue.request(1, 'retry')
    await clock.advance(3000)
    expect(library.jobs.get(1)).toMatchObject({ state: 'done', failures: [{ code: 'model/invalid' }] })
    expect(fake.ran).toEqual(['import', 'score', 'select', 'render'])
    const stopped = queue.stop()
    await clock.advance(1000)
    await stopped
  })
})
