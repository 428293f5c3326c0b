/** A stream of a recording, cut into numbered pieces that are made when somebody wants them. */
export interface PieceTrack {
  /** The same for the same bytes. */
  readonly key: string
  /** Pieces of the whole. */
  readonly total: number
  /** How many are made at one go, since the next ones will be wanted soon. */
  readonly ahead: number
  /** Whether they are worth keeping: those that are quickly made again are not. */
  readonly keep: boolean
  /** Makes `count` pieces from `first` on, in order. */
  run(first: number, count: number, onPiece: (n: number, bytes: Uint8Array) => void, signal: AbortSignal): Promise<void>
}

export interface PiecesDeps {
  readonly cache: {
    get(key: string): Promise<{ readonly bytes: Uint8Array } | null>
    put(key: string, piece: { readonly facts: null; readonly bytes: Uint8Array }): Promise<void>
  }
  /** Runs that are made at a time, */
  readonly atOnce: number
  /** and what lets only so many. */
  readonly turns: { run<T>(task: () => Promise<T>, signal: AbortSignal): Promise<T> }
}

export interface Pieces {
  /** @throws what making it throws; the signal's reason when aborted. */
  get(track: PieceTrack, n: number, signal: AbortSignal): Promise<Uint8Array>
  close(): Promise<void>
}

interface Waiter {
  readonly n: number
  readonly resolve: (bytes: Uint8Array) => void
  readonly reject: (error: unknown) => void
}

interface Run {
  readonly key: string
  readonly end: number
  readonly controller: AbortController
  readonly waiters: Set<Waiter>
  readonly done: Promise<void>
  next: number
}

/**
 * Hands out pieces, each made once for all who want it. A run that nobody waits for any more ends when its last waiter
 * left before the piece came, and gives way when somebody wants another piece.
 */
export function createPieces({ cache, atOnce, turns }: PiecesDeps): Pieces {
  const runs = new Set<Run>()
  /** Made, and on their way into the cache. */
  const fresh = new Map<string, Uint8Array>()
  const keyOf = (track: PieceTrack, n: number): string => `${track.key} ${n}`
  const writes = new Set<Promise<void>>()

  function keep(track: PieceTrack, n: number, bytes: Uint8Array): void {
    const key = keyOf(track, n)
    fresh.set(key, bytes)
    const written = cache.put(key, { facts: null, bytes }).finally(() => {
      fresh.delete(key)
      writes.delete(written)
    })
    writes.add(written)
  }

  function start(track: PieceTrack, first: number): Run {
    if (runs.size >= atOnce) for (const run of runs) if (run.waiters.size === 0) run.controller.abort(gaveWay)
    const controller = new AbortController()
    const waiters = new Set<Waiter>()
    const count = Math.min(track.ahead, track.total - first)
    const onPiece = (n: number, bytes: Uint8Array): void => {
      run.next = n + 1
      if (track.keep) keep(track, n, bytes)
      for (const waiter of waiters) {
        if (waiter.n !== n) continue
        waiters.delete(waiter)
        waiter.resolve(bytes)
      }
    }
    const { signal } = controller
    const making = turns.run(() => track.run(first, count, onPiece, signal), signal)
    // In one go: who came in between would wait for ever.
    const end = (error: unknown): void => {
      runs.delete(run)
      for (const waiter of waiters) waiter.reject(error)
    }
    const done = making.then(() => end(new RangeError('a piece that was not made')), end)
    const run: Run = { key: track.key, end: first + count, controller, waiters, done, next: first }
    runs.add(run)
    return run
  }

  return {
    async get(track, n, signal) {
      const key = keyOf(track, n)
      const cached = fresh.get(key) ?? (track.keep ? (await cache.get(key))?.bytes : undefined)
      // Made while the cache was looked at.
      const kept = cached ?? fresh.get(key)
      if (kept !== undefined) return kept
      signal.throwIfAborted()
      const serves = (run: Run): boolean =>
        run.key === track.key && run.next <= n && n < run.end && !run.controller.signal.aborted
      const run = [...runs].find(serves) ?? start(track, n)
      return new Promise<Uint8Array>((resolve, reject) => {
        const waiter = { n, resolve, reject }
        run.waiters.add(waiter)
        const leave = (): void => {
          if (!run.waiters.delete(waiter)) return
          reject(signal.reason as Error)
          if (run.waiters.size === 0) run.controller.abort(signal.reason)
        }
        signal.addEventListener('abort', leave, { once: true })
        void run.done.then(() => signal.removeEventListener('abort', leave))
      })
    },
    async close() {
      for (const { controller } of runs) controller.abort(gaveWay)
      await Promise.all([...runs].map(({ done }) => done))
      await Promise.all(writes)
    },
  }
}

const gaveWay = new DOMException('Nobody waits for this any more.', 'AbortError')
