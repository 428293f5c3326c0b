import type { ClientContext, ClientLink } from '@orpc/client'
import { ClutchcutError, toClutchcutError } from '../../src-shared/contract/errors.ts'
import { receivedError } from '../../src-shared/contract/received-error.ts'
import type { Line, OpenLine } from './line.ts'
import { createStore, type Store } from '../store.ts'

export type ConnectionState =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'open' }
  /** It was open, or never could be; the next attempt begins at `retryAt` (milliseconds since 1970). */
  | { readonly kind: 'lost'; readonly retryAt: number }
  /** Trying again is no use: a person has to open the link. */
  | { readonly kind: 'signed-out' }

export interface Connection {
  /** Calls wait for the line to be open. One that is lost on the way fails with `connection/lost`. */
  readonly link: ClientLink<ClientContext>
  readonly state: Store<ConnectionState>
  /** Resolves when calls can be made. */
  ready(signal: AbortSignal): Promise<void>
  /** Tries now instead of at `retryAt`. */
  retry(): void
  close(): void
}

export interface ConnectionOptions {
  /** Milliseconds before attempt 1, 2, …; the last one is for all further. */
  readonly delays?: readonly number[]
  readonly now?: () => number
}

/** Keeps one line to the engine open, for as long as the window lives. */
export function createConnection(open: OpenLine, options: ConnectionOptions = {}): Connection {
  const { delays = [150, 400, 1000, 2000, 4000, 8000], now = Date.now } = options
  const state = createStore<ConnectionState>({ kind: 'connecting' })
  const life = new AbortController()
  let line: Line | null = null
  let wake = (): void => {}

  void keepOpen()

  async function keepOpen(): Promise<void> {
    for (let failures = 0; !life.signal.aborted;) {
      try {
        line = await open(life.signal)
        failures = 0
        state.set({ kind: 'open' })
        await line.closed
      } catch (thrown) {
        if (toClutchcutError(thrown).code === 'connection/signed-out') {
          state.set({ kind: 'signed-out' })
          await sleep(null)
          state.set({ kind: 'connecting' })
          continue
        }
      }
      line = null
      const delay = delays[Math.min(failures++, delays.length - 1)] ?? 1000
      if (life.signal.aborted) return
      state.set({ kind: 'lost', retryAt: now() + delay })
      await sleep(delay)
    }
  }

  /** Until `retry`, or for so many milliseconds. */
  function sleep(ms: number | null): Promise<void> {
    return new Promise((resolve) => {
      const timer = ms === null ? undefined : setTimeout(resolve, ms)
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }

  function ready(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const look = (): void => {
        const { kind } = state.get()
        if (kind === 'open') done(resolve)
        else if (kind === 'signed-out') done(() => reject(signedOut()))
      }
      const abort = (): void => done(() => reject(signal.reason as Error))
      const stop = state.subscribe(look)
      const done = (settle: () => void): void => {
        stop()
        signal.removeEventListener('abort', abort)
        settle()
      }
      signal.addEventListener('abort', abort, { once: true })
      if (signal.aborted) abort()
      else look()
    })
  }

  return {
    state,
    ready,
    retry: () => wake(),
    close() {
      life.abort()
      line?.close()
      wake()
    },
    link: {
      async call(path, input, callOptions) {
        await ready(callOptions.signal ?? life.signal)
        const used = line
        if (used === null) throw lost()
        try {
          return await used.link.call(path, input, callOptions)
        } catch (thrown) {
          if (callOptions.signal?.aborted === true) throw thrown
          // A line that breaks fails its calls with whatever it has at hand.
          throw line === used ? receivedError(thrown) : lost()
        }
      },
    },
  }
}

const lost = (): ClutchcutError =>
  new ClutchcutError('connection/lost', 'The connection to the engine was interrupted. It is restored by itself.')

const signedOut = (): ClutchcutError => new ClutchcutError('connection/signed-out', 'This browser is not signed in.')
