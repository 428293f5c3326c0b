import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openLibrary, type Library } from '../../../../src-main/adapters/library/open-library.ts'
import { createQueue, type Queue } from '../../../../src-main/jobs/queue.ts'
import { stagesOf } from '../../../../src-main/jobs/run-pipeline.ts'
import { fakeClock } from '../../../helpers/fake-clock.ts'
import { fakePipeline, source, type FakeAnalysis, type FakePipeline } from '../../../helpers/fake-pipeline.ts'
import { makeSpec } from '../../../helpers/make-job.ts'
import { tempFolder } from '../../../helpers/temp-folder.ts'

const folder = tempFolder('clutchcut-render-jobs')
let n = 0
let library: Library
let fake: FakePipeline
let queue: Queue<FakeAnalysis>

beforeEach(() => {
  n += 1
  library = openLibrary(join(folder, String(n)))
  fake = fakePipeline()
  queue = createQueue<FakeAnalysis>({
    store: library.jobs,
    owner: { pid: 10, startedAt: 'a', bootId: 'boot' },
    isAlive: () => true,
    clock: fakeClock(),
    stat: async () => source,
    connect: () => ({ stages: fake.stages, library: fake.library }),
  })
})
afterEach(() => library.close())

const render = (clipIds: number[], outputFolder: string | null = '/clips') =>
  queue.runSpec({ ...makeSpec(), kind: 'render', clipIds, outputFolder })

it('renders the clips that it is given, and analyses nothing', async () => {
  expect(stagesOf({ ...makeSpec(), kind: 'render' })).toEqual(['import', 'probe', 'render'])
  const outcome = await render([2, 1])
  expect(fake.ran).toEqual(['import', 'probe', 'render'])
  expect(outcome).toMatchObject({
    kind: 'rendered',
    clips: [{ clip: { id: 1 } }, { clip: { id: 2 } }],
    job: { state: 'done', produced: { clips: 2, renders: 2 }, progress: { fraction: 1 } },
  })
})

it('renders the rest where a clip was removed meanwhile, and fails where all were', async () => {
  expect(await render([1, 99])).toMatchObject({ kind: 'rendered', job: { produced: { clips: 1, renders: 1 } } })
  expect(await render([99])).toMatchObject({ kind: 'failed', error: { code: 'library/not-found' } })
})

it('asks where to, before anything is read', async () => {
  expect(await render([1], null)).toMatchObject({ kind: 'needs-input', data: { field: 'outputFolder' } })
  expect(fake.ran).toEqual([])
})

it('is another job than one over other clips, and the same as one over the same', async () => {
  const spec = { ...makeSpec(), kind: 'render' as const, clipIds: [1] }
  const join = { isAlive: () => true }
  const first = library.jobs.enqueue(spec, 1, { join })
  expect(library.jobs.enqueue({ ...spec, clipIds: [2] }, 1, { join }).id).not.toBe(first.id)
  expect(library.jobs.enqueue(spec, 1, { join }).id).toBe(first.id)
  expect(library.jobs.get(first.id)?.spec.clipIds).toEqual([1])
})
