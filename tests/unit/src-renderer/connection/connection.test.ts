import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createConnection } from '../../../../src-renderer/connection/connection.ts'
import { followEvents } from '../../../../src-renderer/connection/follow-events.ts'
import type { Line } from '../../../../src-renderer/connection/line.ts'
import { ClutchcutError } from '../../../../src-shared/contract/errors.ts'
import type { EngineEvent } from '../../../../src-shared/contract/events.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** A line that answers with its number, until it is broken. */
function makeLine(number: number) {
  let end = (): void => {}
  const closed = new Promise<void>((resolve) => {
    end = resolve
  })
  const line: Line = { link: { call: async () => number }, closed, close: () => end() }
  return { line, end: () => end() }
}

const lost = new ClutchcutError('connection/lost', 'Nobody there.')

describe('a connection', () => {
  test('waits longer after every failure, up to the longest, and from the shortest again once it was open', async () => {
    const attempts: number[] = []
    let opened: ReturnType<typeof makeLine> | null = null
    const connection = createConnection(
      async () => {
        attempts.push(Date.now())
        if (attempts.length < 5) throw lost
        opened = makeLine(1)
        return opened.line
      },
      { delays: [100, 300, 900] },
    )
    const began = Date.now()
    await vi.advanceTimersByTimeAsync(5000)
    expect(attempts.map((at) => at - began)).toEqual([0, 100, 400, 1300, 2200])
    expect(connection.state.get()).toEqual({ kind: 'open' })
    const broke = Date.now()
    opened!.end()
    await vi.advanceTimersByTimeAsync(0)
    expect(connection.state.get()).toEqual({ kind: 'lost', retryAt: broke + 100 })
    await vi.advanceTimersByTimeAsync(100)
    expect(attempts.at(-1)! - broke).toBe(100)
    connection.close()
  })

  test('tries at once when it is told to, and never again after it was closed', async () => {
    const open = vi.fn(async () => {
      throw lost
    })
    const connection = createConnection(open, { delays: [60_000] })
    await vi.advanceTimersByTimeAsync(0)
    connection.retry()
    await vi.advanceTimersByTimeAsync(0)
    expect(open).toHaveBeenCalledTimes(2)
    connection.close()
    await vi.advanceTimersByTimeAsync(600_000)
    expect(open).toHaveBeenCalledTimes(2)
  })

  test('calls wait for the line; one that is lost on the way says so', async () => {
    const lines = [makeLine(1), makeLine(2)]
    let next = 0
    const connection = createConnection(
      async () => {
        await new Promise((resolve) => setTimeout(resolve, 50))
        return lines[next++]!.line
      },
      { delays: [10] },
    )
    const call = () => connection.link.call(['a'], undefined, { context: {} })
    const first = call()
    await vi.advanceTimersByTimeAsync(50)
    expect(await first).toBe(1)
    lines[0]!.line.link.call = async () => {
      lines[0]!.end()
      await new Promise((resolve) => setTimeout(resolve, 5))
      throw new Error('socket closed')
    }
    const broken = call().catch((error: unknown) => error)
    await vi.advanceTimersByTimeAsync(5)
    expect(await broken).toMatchObject({ code: 'connection/lost' })
    const second = call()
    await vi.advanceTimersByTimeAsync(200)
    expect(await second).toBe(2)
    connection.close()
  })

  test('not signed in: calls are refused rather than left waiting, and a retry begins anew', async () => {
    let signedIn = false
    const connection = createConnection(async () => {
      if (!signedIn) throw new ClutchcutError('connection/signed-out', 'No.')
      return makeLine(1).line
    })
    await vi.advanceTimersByTimeAsync(60_000)
    expect(connection.state.get()).toEqual({ kind: 'signed-out' })
    const refused = connection.link.call(['a'], undefined, { context: {} })
    await expect(refused).rejects.toMatchObject({ code: 'connection/signed-out' })
    signedIn = true
    connection.retry()
    await vi.advanceTimersByTimeAsync(0)
    expect(connection.state.get()).toEqual({ kind: 'open' })
    connection.close()
  })
})

test('events go on after the last one that came, however the stream before it ended', async () => {
  const told: number[] = []
  const asked: unknown[] = []
  const event = (seq: number): EngineEvent => ({ kind: 'settings-changed', run: 'r', seq })
  const streams = [
    async function* () {
      yield event(1)
      yield event(2)
      throw lost
    },
    async function* () {
      yield event(3)
    },
    async function* () {},
  ]
  const ended = new AbortController()
  const client = {
    events: async (input: unknown) => {
      asked.push(input)
      return (streams.shift() ?? (() => ended.abort() as never))()
    },
  }
  const done = followEvents(
    client as never,
    { ready: async () => {} },
    (each) => void told.push(each.seq),
    ended.signal,
  )
  await vi.runAllTimersAsync()
  await done
  expect(told).toEqual([1, 2, 3])
  const after = (seq: number) => ({ after: { run: 'r', seq } })
  expect(asked).toEqual([{}, after(2), after(3), after(3)])
})
