import { describe, expect, it } from 'vitest'
import { createEventStream, type EventStream } from '../../../../src-main/engine/event-stream.ts'
import type { EngineEvent, EventPlace, Notice } from '../../../../src-shared/contract/events.ts'

const notice = (jobId: number): Notice => ({
  ...{ jobId, kind: 'analyze', outcome: 'done', title: 'a', recordingId: null, clips: null, renders: null },
  ...{ failure: null, at: '2026-01-01T00:00:00Z' },
})
/** What has been told so far, from the first event on. */
async function read(events: EventStream, count: number, after?: EventPlace): Promise<EngineEvent[]> {
  const leave = new AbortController()
  const seen: EngineEvent[] = []
  for await (const event of events.listen(leave.signal, after)) {
    seen.push(event)
    if (seen.length === count) break
  }
  return seen
}
const shown = (events: EngineEvent[]): string[] =>
  events.map((event) => `${event.seq} ${event.kind}${'recordingId' in event ? ` ${event.recordingId}` : ''}`)

describe('who listens', () => {
  it('is told first from where on', async () => {
    const events = createEventStream('a')
    events.emit({ kind: 'settings-changed' })
    expect(await read(events, 1)).toEqual([{ run: 'a', seq: 1, kind: 'listening' }])
    expect(events.listeners).toBe(0)
  })

  it('is told again what it missed, of each thing the newest, notices all', async () => {
    const events = createEventStream('a')
    events.emit({ kind: 'settings-changed' })
    for (const recordingId of [5, 6, 5]) events.emit({ kind: 'recording-changed', recordingId })
    for (const id of [1, 1]) events.emit({ kind: 'notice', notice: notice(id) })
    expect(shown(await read(events, 5, { run: 'a', seq: 1 }))).toEqual([
      '1 listening',
      '3 recording-changed 6',
      '4 recording-changed 5',
      '5 notice',
      '6 notice',
    ])
  })

  it.each([
    ['of another start', { run: 'b', seq: 0 }],
    ['of the future', { run: 'a', seq: 9 }],
  ])('has to read again with a place %s', async (_, after) => {
    const events = createEventStream('a')
    events.emit({ kind: 'settings-changed' })
    expect(shown(await read(events, 1, after))).toEqual(['1 missed'])
  })

  it('has to read again what is no longer kept', async () => {
    const events = createEventStream('a')
    for (let recordingId = 1; recordingId <= 1002; recordingId += 1) events.emit({ kind: 'clips-changed', recordingId })
    expect(shown(await read(events, 1, { run: 'a', seq: 1 }))).toEqual(['1002 missed'])
    expect(shown(await read(events, 2, { run: 'a', seq: 2 }))).toEqual(['2 listening', '3 clips-changed 3'])
  })

  it('hears that it was too slow, and then the rest', async () => {
    const events = createEventStream('a')
    const listening = events.listen(undefined)
    await listening.next()
    const next = listening.next()
    events.emit({ kind: 'settings-changed' })
    await next
    for (let recordingId = 1; recordingId <= 1500; recordingId += 1) events.emit({ kind: 'clips-changed', recordingId })
    const after = [(await listening.next()).value, (await listening.next()).value] as EngineEvent[]
    expect(shown(after)).toEqual(['501 missed', '502 clips-changed 501'])
    await listening.return()
  })

  it('ends with its signal, and with the stream', async () => {
    const events = createEventStream('a')
    const leave = new AbortController()
    const listening = events.listen(leave.signal)
    await listening.next()
    const waiting = listening.next()
    leave.abort()
    expect(await waiting).toEqual({ done: true, value: undefined })
    const other = events.listen(undefined)
    await other.next()
    const last = other.next()
    events.close()
    expect((await last).done).toBe(true)
    expect(events.listeners).toBe(0)
  })
})
