export interface EventStream<Event> {
  emit(event: Event): void
  /** Everything emitted from now on, until `signal` aborts or the stream closes. */
  listen(signal: AbortSignal | undefined): AsyncGenerator<Event, void>
  close(): void
}

/** A slow listener loses its oldest events beyond this: they are hints to read again, and memory is bounded. */
const MAX_WAITING = 256

export function createEventStream<Event>(): EventStream<Event> {
  const listeners = new Set<(event: Event) => void>()
  const closing = new AbortController()

  async function* listen(signal: AbortSignal | undefined): AsyncGenerator<Event, void> {
    const ended = AbortSignal.any([closing.signal, ...(signal === undefined ? [] : [signal])])
    const waiting: Event[] = []
    let wake: () => void = () => {}
    const listener = (event: Event): void => {
      if (waiting.length === MAX_WAITING) waiting.shift()
      waiting.push(event)
      wake()
    }
    const end = (): void => wake()
    listeners.add(listener)
    ended.addEventListener('abort', end)
    try {
      while (!ended.aborted) {
        const event = waiting.shift()
        if (event !== undefined) yield event
        else await new Promise<void>((resolve) => (wake = resolve))
      }
    } finally {
      listeners.delete(listener)
      ended.removeEventListener('abort', end)
    }
  }

  return {
    emit(event) {
      for (const listener of listeners) listener(event)
    },
    listen,
    close: () => closing.abort(),
  }
}
