import type { EngineEvent, EngineNews, EventPlace } from '../../src-shared/contract/events.ts'

export interface EventStream {
  /** Of this start of the engine: places of another one mean nothing here. */
  readonly run: string
  /** How many listen. */
  readonly listeners: number
  emit(news: EngineNews): void
  /**
   * Everything emitted from now on, until `signal` aborts or the stream closes; with `after`, everything since. Begins
   * with `listening`, or with `missed` where it is no longer known what came after.
   */
  listen(signal: AbortSignal | undefined, after?: EventPlace): AsyncGenerator<EngineEvent, void>
  close(): void
}

/**
 * Events are hints to read again, so of those about one thing the newest says all; that many different things are
 * kept for whoever comes back, and for one who is slow.
 */
const mostKept = 1000

/** @param run Anything that no other start of the engine has. */
export function createEventStream(run: string): EventStream {
  const listeners = new Set<(event: EngineEvent) => void>()
  const closing = new AbortController()
  const kept = createBacklog()
  let seq = 0

  async function* listen(signal: AbortSignal | undefined, after?: EventPlace): AsyncGenerator<EngineEvent, void> {
    const ended = AbortSignal.any([closing.signal, ...(signal === undefined ? [] : [signal])])
    const known = after === undefined || (after.run === run && after.seq >= kept.lost() && after.seq <= seq)
    const waiting = createBacklog()
    let wake: () => void = () => {}
    const listener = (event: EngineEvent): void => {
      waiting.add(event)
      wake()
    }
    const end = (): void => wake()
    // Before the first yield: between the two nothing is missed.
    if (known && after !== undefined) for (const event of kept.since(after.seq)) waiting.add(event)
    const first: EngineEvent = { run, seq: known ? (after?.seq ?? seq) : seq, kind: known ? 'listening' : 'missed' }
    listeners.add(listener)
    ended.addEventListener('abort', end)
    try {
      if (!ended.aborted) yield first
      let lost = 0
      while (!ended.aborted) {
        if (waiting.lost() > lost) {
          lost = waiting.lost()
          yield { run, seq: lost, kind: 'missed' }
          continue
        }
        const event = waiting.take()
        if (event !== undefined) yield event
        else await new Promise<void>((resolve) => (wake = resolve))
      }
    } finally {
      listeners.delete(listener)
      ended.removeEventListener('abort', end)
    }
  }

  return {
    run,
    get listeners() {
      return listeners.size
    },
    emit(news) {
      seq += 1
      const event: EngineEvent = { ...news, run, seq }
      kept.add(event)
      for (const listener of listeners) listener(event)
    },
    listen,
    close: () => closing.abort(),
  }
}

/** The newest event about each thing, in the order in which they came. */
function createBacklog() {
  const byThing = new Map<string, EngineEvent>()
  let lost = 0
  return {
    add(event: EngineEvent): void {
      const thing = thingOf(event)
      byThing.delete(thing)
      byThing.set(thing, event)
      const oldest = byThing.size > mostKept ? byThing.entries().next().value : undefined
      if (oldest === undefined) return
      byThing.delete(oldest[0])
      lost = oldest[1].seq
    },
    take(): EngineEvent | undefined {
      const next = byThing.entries().next().value
      if (next === undefined) return undefined
      byThing.delete(next[0])
      return next[1]
    },
    since: (seq: number): EngineEvent[] => [...byThing.values()].filter((event) => event.seq > seq),
    /** The number of the last one that was let go of. */
    lost: (): number => lost,
  }
}

function thingOf(event: EngineEvent): string {
  switch (event.kind) {
    case 'job-changed':
      return `job ${event.job.id}`
    case 'recording-changed':
    case 'clips-changed':
      return `${event.kind} ${event.recordingId}`
    // Each one counts.
    case 'notice':
      return `notice ${event.seq}`
    default:
      return event.kind
  }
}
