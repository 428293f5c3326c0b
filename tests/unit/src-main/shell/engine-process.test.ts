import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createEngineProcess, type EngineProcessOptions } from '../../../../src-main/shell/engine-process.ts'
import { createRestartPolicy } from '../../../../src-main/shell/restart-policy.ts'
import type { MediaAnswer } from '../../../../src-shared/contract/media-answer.ts'
import * as electron from '../../../helpers/fake-electron.ts'

vi.mock('electron', () => import('../../../helpers/fake-electron.ts'))

function open(change: Partial<Pick<EngineProcessOptions, 'serve'>> = {}) {
  const options = {
    programs: { engine: '/dist/desktop-engine.mjs', infer: '/dist/infer.mjs' },
    args: ['--data-dir', '/data'],
    inheritOutput: false,
    policy: createRestartPolicy({ delays: [100, 1000] }),
    serve: vi.fn((_what: string, _value: string) => Promise.resolve()),
    onNews: vi.fn(),
    onCrash: vi.fn(),
    onFailed: vi.fn(),
    ...change,
  }
  return { ...options, engine: createEngineProcess(options) }
}

const utilities = electron.utilityProcess.all
const process = (index: number) => utilities[index] as electron.FakeUtility
const told = (index: number, kind: string) => process(index).posted.filter(({ message }) => message['kind'] === kind)
const port = () => new electron.FakePort() as never
const request = { method: 'GET', path: '/media/recording/1', headers: {} }
const never = new AbortController().signal

beforeEach(() => {
  electron.resetElectron()
  vi.useFakeTimers()
})
afterEach(() => vi.useRealTimers())

describe('an engine that crashes', () => {
  test('is started again, later each time, and at last only when asked', () => {
    const { engine, onCrash } = open()
    engine.start()
    expect(process(0)).toMatchObject({ path: '/dist/desktop-engine.mjs', args: ['--data-dir', '/data'] })
    process(0).emit('exit', 11)
    expect(utilities).toHaveLength(1)
    vi.advanceTimersByTime(100)
    expect(utilities).toHaveLength(2)
    process(1).emit('exit', 11)
    vi.advanceTimersByTime(999)
    expect(utilities).toHaveLength(2)
    vi.advanceTimersByTime(1)
    process(2).emit('exit', 11)
    vi.advanceTimersByTime(600_000)
    expect(utilities).toHaveLength(3)
    expect(onCrash.mock.calls).toEqual([[{ startedAgain: true }], [{ startedAgain: true }], [{ startedAgain: false }]])
    engine.start()
    expect(utilities).toHaveLength(4)
  })

  test('leaves nothing waiting, nothing running and nothing shown', async () => {
    const { engine, onNews } = open()
    const kill = vi.spyOn(globalThis.process, 'kill').mockReturnValue(true)
    engine.start()
    process(0).emit('message', { kind: 'fork', child: 1, entry: 'infer' })
    process(1).pid = 4242
    const answer = engine.media(request, never)
    process(0).emit('exit', 11)
    expect(await answer).toMatchObject({ status: 503 })
    expect(kill).toHaveBeenCalledWith(4242, 'SIGKILL')
    expect(onNews).toHaveBeenLastCalledWith({ kind: 'work', work: { running: 0, fraction: null } })
    kill.mockRestore()
  })

  test('windows and files that come meanwhile are handed to the next one', async () => {
    const { engine } = open()
    engine.start()
    process(0).emit('exit', 11)
    engine.connect(port())
    engine.open(['/a.mkv'])
    expect(await engine.media(request, never)).toMatchObject({ status: 503 })
    vi.advanceTimersByTime(100)
    expect(told(1, 'window')[0]?.ports).toHaveLength(1)
    expect(told(1, 'open')[0]?.message['paths']).toEqual(['/a.mkv'])
  })

  test('what the one before still says is not heard', () => {
    const { engine, onNews } = open()
    engine.start()
    process(0).emit('exit', 11)
    vi.advanceTimersByTime(100)
    onNews.mockClear()
    process(0).emit('message', { kind: 'work', work: { running: 3, fraction: 0.5 } })
    expect(onNews).not.toHaveBeenCalled()
  })
})

describe('media', () => {
  const given: MediaAnswer = { status: 206, headers: {}, body: null }

  test('answers find whoever asked', async () => {
    const { engine } = open()
    engine.start()
    const [first, second] = [engine.media(request, never), engine.media(request, never)]
    const ids = told(0, 'media').map(({ message }) => message['id'])
    process(0).emit('message', { kind: 'media-answer', id: ids[1], answer: { ...given, status: 200 } })
    process(0).emit('message', { kind: 'media-answer', id: ids[0], answer: given })
    process(0).emit('message', { kind: 'media-answer', id: 99, answer: given })
    expect((await first).status).toBe(206)
    expect((await second).status).toBe(200)
  })

  test('who goes away is told of', async () => {
    const { engine } = open()
    engine.start()
    const gone = new AbortController()
    const answer = engine.media(request, gone.signal)
    gone.abort()
    expect(await answer).toMatchObject({ status: 503 })
    expect(told(0, 'media-gone')).toHaveLength(1)
    expect(await engine.media(request, gone.signal)).toMatchObject({ status: 503 })
    expect(told(0, 'media')).toHaveLength(1)
  })
})

describe('what it asks of the shell', () => {
  test('is done, or refused with the reason', async () => {
    const serve = vi.fn((what: string, _value: string) =>
      what === 'trash' ? Promise.reject(new Error('No bin.')) : Promise.resolve(),
    )
    const { engine } = open({ serve })
    engine.start()
    process(0).emit('message', { kind: 'ask', id: 5, what: 'trash', value: '/a.mkv' })
    process(0).emit('message', { kind: 'ask', id: 6, what: 'revealInFolder', value: '/a.mkv' })
    await vi.advanceTimersByTimeAsync(0)
    const answers = new Map(told(0, 'answer').map(({ message }) => [message['id'], message['failure']]))
    expect([answers.get(5), answers.get(6)]).toEqual(['No bin.', null])
  })

  test('children get a connection of their own, and their end is told', () => {
    const kill = vi.spyOn(globalThis.process, 'kill').mockReturnValue(true)
    const { engine } = open()
    engine.start()
    process(0).emit('message', { kind: 'fork', child: 3, entry: 'infer' })
    expect(process(1).path).toBe('/dist/infer.mjs')
    const [mine] = process(1).posted[0]?.ports ?? []
    const [theirs] = told(0, 'child')[0]?.ports ?? []
    expect(mine).toBeDefined()
    expect(theirs).not.toBe(mine)
    // Not started yet: ended as soon as it has.
    process(0).emit('message', { kind: 'kill', child: 3 })
    expect(kill).not.toHaveBeenCalled()
    process(1).pid = 77
    process(1).emit('spawn')
    expect(kill).toHaveBeenCalledWith(77, 'SIGKILL')
    process(1).emit('exit', 9)
    expect(told(0, 'child-exit')[0]?.message).toEqual({ kind: 'child-exit', child: 3, code: 9 })
    kill.mockRestore()
  })
})

describe('closing', () => {
  test('waits for its good order, and starts nothing again', async () => {
    const { engine, onCrash } = open()
    engine.start()
    const closed = engine.close()
    expect(told(0, 'close')).toHaveLength(1)
    process(0).emit('exit', 0)
    await closed
    vi.advanceTimersByTime(600_000)
    expect(utilities).toHaveLength(1)
    expect(onCrash).not.toHaveBeenCalled()
  })

  test('ends by force what does not end', async () => {
    const kill = vi.spyOn(globalThis.process, 'kill').mockReturnValue(true)
    const { engine } = open()
    engine.start()
    process(0).pid = 55
    const closed = engine.close()
    await vi.advanceTimersByTimeAsync(8000)
    await closed
    expect(kill).toHaveBeenCalledWith(55, 'SIGKILL')
    kill.mockRestore()
  })

  test('without an engine is done at once', async () => {
    await open().engine.close()
    expect(utilities).toEqual([])
  })
})
