import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openLibrary, type Library } from '../../../../src-main/adapters/library/open-library.ts'
import { createQueue } from '../../../../src-main/jobs/queue.ts'
import { stagesOf } from '../../../../src-main/jobs/run-pipeline.ts'
import { ClutchcutError } from '../../../../src-shared/contract/errors.ts'
import { jobSpecSchema, type JobSpec } from '../../../../src-shared/contract/job.ts'
import { fakeClock } from '../../../helpers/fake-clock.ts'
import { fakePipeline, source, type FakeAnalysis, type FakePipeline } from '../../../helpers/fake-pipeline.ts'
import { makeSpec } from '../../../helpers/make-job.ts'

const me = { pid: 10, startedAt: 'a', bootId: 'boot' }
const chat = { path: '/chats/match.json', offsetSeconds: null }
let folder: string
let library: Library
let fake: FakePipeline
/** What the chat file holds. */
let content: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'clutchcut-chat-stage-'))
  library = openLibrary(folder)
  fake = fakePipeline()
  content = 'one'
  fake.stages.chat.options = async (spec) => ({ content, offset: spec.chat?.offsetSeconds })
})
afterEach(() => {
  library.close()
  rmSync(folder, { recursive: true })
})

async function run(change: Partial<JobSpec> = {}) {
  fake.ran.length = 0
  const clock = fakeClock()
  const queue = createQueue<FakeAnalysis>({
    store: library.jobs,
    owner: me,
    isAlive: () => true,
    clock,
    stat: async () => source,
    connect: () => ({ stages: fake.stages, library: fake.library }),
  })
  const running = queue.runSpec(makeSpec({ kind: 'analyze', ...change }))
  let ended = false
  void running.finally(() => (ended = true)).catch(() => {})
  for (let i = 0; i < 300 && !ended; i += 1) await clock.advance(500)
  return running
}

describe('a job with a chat', () => {
  it('adds what the chat says between score and select', async () => {
    const outcome = await run({ chat })
    expect(fake.ran).toEqual(['import', 'probe', 'analyse', 'score', 'chat', 'select'])
    expect(outcome).toMatchObject({
      kind: 'done',
      result: { scored: { scores: { values: [0.2, 0.9] } }, chat: { people: 5 } },
    })
  })

  it('starts at the chat when the content or the offset of it is another, and not when only its name is', async () => {
    await run({ chat })
    await run({ chat })
    expect(fake.ran).toEqual(['import'])
    content = 'two'
    await run({ chat })
    expect(fake.ran).toEqual(['import', 'chat', 'select'])
    await run({ chat: { ...chat, offsetSeconds: 5 } })
    expect(fake.ran).toEqual(['import', 'chat', 'select'])
    await run({ chat: { ...chat, path: '/chats/renamed.json' } })
    expect(fake.ran).toEqual(['import'])
  })

  it('shares everything before the chat with a job without one, whose results it leaves alone', async () => {
    const without = await run()
    expect(fake.ran).toEqual(['import', 'probe', 'analyse', 'score', 'select'])
    expect(without).toMatchObject({ kind: 'done', result: { scored: { scores: { values: [0.1, 0.9] } }, chat: null } })
    await run({ chat })
    expect(fake.ran).toEqual(['import', 'chat', 'select'])
    await run()
    expect(fake.ran).toEqual(['import'])
  })

  it('ends before the analysis when the chat cannot be used', async () => {
    fake.stages.checkChat = async () => {
      throw new ClutchcutError('input/unsupported', 'No chat.')
    }
    const outcome = await run({ chat })
    expect(outcome).toMatchObject({ kind: 'failed', error: { code: 'input/unsupported' } })
    expect(fake.ran).toEqual(['import', 'probe'])
  })
})

describe('jobs of before there were chats', () => {
  it('still parse, and have none', () => {
    expect(jobSpecSchema.parse({ kind: 'analyze', path: '/videos/a.mkv' }).chat).toBeNull()
    const { chat: _, markers: __, ...old } = makeSpec()
    expect(stagesOf(old as JobSpec)).toEqual(['import', 'probe', 'analyse', 'score', 'markers', 'select', 'render'])
    expect(stagesOf({ kind: 'analyze', chat })).toContain('chat')
  })

  it('are the same job when they are asked for again', () => {
    const { chat: _, markers: __, ...old } = makeSpec()
    const before = library.jobs.enqueue(makeSpec(), 1)
    const [row] = library.jobs.list()
    expect(row!.spec).toEqual(makeSpec())
    expect(library.jobs.enqueue({ ...old, chat: null, markers: null }, 2, { join: { isAlive: () => true } }).id).toBe(
      before.id,
    )
    expect(library.jobs.enqueue(makeSpec({ chat }), 3, { join: { isAlive: () => true } }).id).not.toBe(before.id)
    expect(library.jobs.list().map(({ spec }) => spec.chat)).toContainEqual(chat)
  })
})
