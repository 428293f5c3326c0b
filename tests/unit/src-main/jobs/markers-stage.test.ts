import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openLibrary, type Library } from '../../../../src-main/adapters/library/open-library.ts'
import { markersSpecOf } from '../../../../src-main/cli/markers-option.ts'
import { createQueue } from '../../../../src-main/jobs/queue.ts'
import { stagesOf, type FoundMarkers, type MarkersResult } from '../../../../src-main/jobs/run-pipeline.ts'
import { ClutchcutError } from '../../../../src-shared/contract/errors.ts'
import type { JobProgress, JobSpec } from '../../../../src-shared/contract/job.ts'
import { fakeClock } from '../../../helpers/fake-clock.ts'
import { fakePipeline, source, type FakeAnalysis, type FakePipeline } from '../../../helpers/fake-pipeline.ts'
import { makeSpec } from '../../../helpers/make-job.ts'

const me = { pid: 10, startedAt: 'a', bootId: 'boot' }
const result: MarkersResult = {
  scores: { rate: 2, values: [0.1, 0.95] },
  report: { files: [], markers: [{ start: 1, end: 1, kind: 'hotkey', label: '', weight: 1 }], warnings: ['A note.'] },
}
let folder: string
let library: Library
let fake: FakePipeline
/** What marks the recording, and what it says. */
let found: FoundMarkers | null
let content: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'clutchcut-markers-stage-'))
  library = openLibrary(folder)
  fake = fakePipeline()
  found = { warnings: [] }
  content = 'one'
  fake.stages.markers = {
    version: 1,
    find: async () => found,
    options: () => content,
    parse: (kept) => kept as MarkersResult,
    run: async () => {
      fake.ran.push('markers')
      return result
    },
  }
})
afterEach(() => {
  library.close()
  rmSync(folder, { recursive: true })
})

const shown: JobProgress[] = []
async function run(change: Partial<JobSpec> = {}) {
  fake.ran.length = 0
  shown.length = 0
  const clock = fakeClock()
  const queue = createQueue<FakeAnalysis>({
    store: library.jobs,
    owner: me,
    isAlive: () => true,
    clock,
    stat: async () => source,
    connect: () => ({ stages: fake.stages, library: fake.library }),
  })
  const running = queue.runSpec(makeSpec({ kind: 'analyze', ...change }), { onProgress: (p) => shown.push(p) })
  let ended = false
  void running.finally(() => (ended = true)).catch(() => {})
  for (let i = 0; i < 300 && !ended; i += 1) await clock.advance(500)
  return running
}

describe('a recording with markers', () => {
  it('adds what they say between score and select, after the chat', async () => {
    const outcome = await run()
    expect(fake.ran).toEqual(['import', 'probe', 'analyse', 'score', 'markers', 'select'])
    expect(outcome).toMatchObject({
      kind: 'done',
      result: { scored: { scores: result.scores }, markers: result.report },
    })
    await run({ chat: { path: '/chats/match.json', offsetSeconds: null } })
    expect(fake.ran).toEqual(['import', 'chat', 'markers', 'select'])
  })
  it('starts at the markers when their content is another', async () => {
    await run()
    await run()
    expect(fake.ran).toEqual(['import'])
    content = 'two'
    await run()
    expect(fake.ran).toEqual(['import', 'markers', 'select'])
  })
  it('ends before the analysis when a file that was named cannot be used', async () => {
    fake.stages.markers!.find = async () => {
      throw new ClutchcutError('input/unsupported', 'No markers.')
    }
    expect(await run()).toMatchObject({ kind: 'failed', error: { code: 'input/unsupported' } })
    expect(fake.ran).toEqual(['import', 'probe'])
  })
})

describe('a recording without markers', () => {
  it('runs nothing of it, shares its results with a job that wants none, and still comes to its end', async () => {
    found = null
    const outcome = await run()
    expect(fake.ran).toEqual(['import', 'probe', 'analyse', 'score', 'select'])
    expect(outcome).toMatchObject({ kind: 'done', result: { markers: null } })
    expect(outcome.kind === 'done' && Object.keys(outcome.result.timing.stages)).not.toContain('markers')
    expect(shown.at(-1)!.fraction).toBeCloseTo(1, 9)
    found = { warnings: [] }
    await run({ markers: { files: [], offsetSeconds: null, automatic: false } })
    expect(fake.ran).toEqual(['import'])
    expect(shown.at(-1)!.fraction).toBeCloseTo(1, 9)
  })
})

describe('what is asked for', () => {
  it('is a stage unless nothing may mark the recording', () => {
    const markers = (spec: JobSpec['markers']): boolean => stagesOf(makeSpec({ markers: spec })).includes('markers')
    expect(markers(null)).toBe(true)
    expect(markers({ files: ['/a'], offsetSeconds: null, automatic: false })).toBe(true)
    expect(markers({ files: [], offsetSeconds: null, automatic: false })).toBe(false)
  })
  it('on the command line', () => {
    expect(markersSpecOf({})).toBeNull()
    expect(markersSpecOf({ markers: true })).toBeNull()
    expect(markersSpecOf({ markers: false })).toEqual({ files: [], offsetSeconds: null, automatic: false })
    expect(markersSpecOf({ markers: ['/a', '/b'], markersOffset: -3 })).toEqual({
      ...{ files: ['/a', '/b'].map((file) => resolve(file)), offsetSeconds: -3, automatic: true },
    })
    expect(() => markersSpecOf({ markersOffset: 3 })).toThrow('--markers FILE')
    expect(() => markersSpecOf({ markers: Array.from({ length: 21 }, () => '/a') })).toThrow('At most 20')
  })
  it('is the same job again, and another with other markers', () => {
    const join = { isAlive: () => true }
    const first = library.jobs.enqueue(makeSpec(), 1, { join })
    expect(library.jobs.enqueue(makeSpec({ markers: null }), 2, { join }).id).toBe(first.id)
    const spec = { files: ['/a'], offsetSeconds: null, automatic: true }
    const other = library.jobs.enqueue(makeSpec({ markers: spec }), 3, { join })
    expect(other.id).not.toBe(first.id)
    expect(library.jobs.get(other.id)!.spec.markers).toEqual(spec)
    expect(library.jobs.get(first.id)!.spec.markers).toBeNull()
  })
})
