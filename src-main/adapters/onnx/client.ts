import { setTimeout as setTimeoutPromise } from 'node:timers/promises'
import { ClutchcutError } from '../../../src-shared/contract/errors.ts'
import type { HostProcess } from '../../../src-shared/contract/host-services.ts'
import {
  inferenceAnswerSchema,
  maxMessageBytes,
  tensorBytes,
  type InferenceCall,
  type InferenceResult,
} from './messages.ts'

export interface InferenceClientDeps {
  /** Starts the inference process. */
  fork(): HostProcess
  /** Lets the watchdog end the process should we die; returns what undoes it. */
  track?: (pid: number) => () => void
}

export interface InferenceClientOptions {
  /** For one request. */
  timeoutMs?: number
  /** The process is ended after this long without a request. */
  idleMs?: number
  /** Fresh processes to try after a crash. */
  retries?: number
  /** Requests that may wait. */
  maxWaiting?: number
}

export interface CallOptions {
  signal?: AbortSignal | undefined
  timeoutMs?: number
}

export type ResultOf<K extends InferenceResult['kind']> = Extract<InferenceResult, { kind: K }>

/** A process that was killed is gone in milliseconds; nobody waits longer than this for one that is not. */
const endMs = 2_000

/**
 * The engine's side of the inference process: starts it for the first request, sends one request at a time, and
 * survives its end. A crash costs one retry in a fresh process; a request that takes too long or is aborted ends the
 * process, because native code cannot be interrupted. Failures are `inference/failed` or `model/*`; an abort throws
 * the signal's reason.
 */
export class InferenceClient {
  readonly #deps: InferenceClientDeps
  readonly #timeoutMs: number
  readonly #idleMs: number
  readonly #retries: number
  readonly #maxWaiting: number
  #process: Running | undefined
  /** Of each process that has not reported its end yet. */
  readonly #living = new Set<Promise<void>>()
  #turn: Promise<unknown> = Promise.resolve()
  #waiting = 0
  #nextId = 1
  #idle: NodeJS.Timeout | undefined
  #closed = false

  constructor(deps: InferenceClientDeps, options: InferenceClientOptions = {}) {
    this.#deps = deps
    this.#timeoutMs = options.timeoutMs ?? 120_000
    this.#idleMs = options.idleMs ?? 30_000
    this.#retries = options.retries ?? 1
    this.#maxWaiting = options.maxWaiting ?? 32
  }

  async call<K extends InferenceResult['kind']>(
    call: Extract<InferenceCall, { kind: K }>,
    { signal, timeoutMs = this.#timeoutMs }: CallOptions = {},
  ): Promise<ResultOf<K>> {
    signal?.throwIfAborted()
    if ('feeds' in call && tensorBytes(call.feeds) > maxMessageBytes) throw failed('The request is too large.')
    if (this.#waiting >= this.#maxWaiting) throw failed('Too many requests are waiting for the model.')
    this.#waiting++
    const before = this.#turn
    const { promise: done, resolve: passTurn } = Promise.withResolvers<void>()
    this.#turn = done
    try {
      await before
      signal?.throwIfAborted()
      const result = await this.#attempt(call, signal, timeoutMs)
      if (result.kind !== call.kind) throw failed('The inference process gave an answer to another question.')
      return result as ResultOf<K>
    } finally {
      this.#waiting--
      passTurn()
    }
  }

  /** Ends the process and sees it gone. A request in flight fails; later ones are refused. */
  async close(): Promise<void> {
    this.#closed = true
    this.#end()
    // It has nothing to finish. Whoever tracks it must hear of its end before the library closes.
    await Promise.race([Promise.all(this.#living), setTimeoutPromise(endMs, undefined, { ref: false })])
  }

  async #attempt(call: InferenceCall, signal: AbortSignal | undefined, timeoutMs: number): Promise<InferenceResult> {
    for (let left = this.#retries; ; left--) {
      if (this.#closed) throw failed('The inference process was closed.')
      clearTimeout(this.#idle)
      try {
        return await this.#exchange(call, signal, timeoutMs)
      } catch (error) {
        if (!(error instanceof Crash)) throw error
        if (left <= 0 && !this.#closed) throw asFailure(error)
      } finally {
        this.#idle = setTimeout(() => this.#end(), this.#idleMs).unref()
      }
    }
  }

  /** One question, one answer, in the process that runs (or a new one). */
  #exchange(call: InferenceCall, signal: AbortSignal | undefined, timeoutMs: number): Promise<InferenceResult> {
    const running = (this.#process ??= this.#start())
    const id = this.#nextId++
    return new Promise<InferenceResult>((resolve, reject) => {
      const settle = (finish: () => void): void => {
        clearTimeout(timer)
        signal?.removeEventListener('abort', onAbort)
        running.onAnswer = undefined
        running.onEnd = undefined
        finish()
      }
      const onAbort = (): void => {
        settle(() => reject(signal!.reason as Error))
        this.#end()
      }
      const timer = setTimeout(() => {
        settle(() => reject(failed(`The model gave no answer within ${timeoutMs / 1000} s.`, { timeout: true })))
        this.#end()
      }, timeoutMs)
      signal?.addEventListener('abort', onAbort, { once: true })
      running.onEnd = (code) => settle(() => reject(new Crash(code)))
      running.onAnswer = (message) => {
        const answer = inferenceAnswerSchema.safeParse(message)
        if (answer.success && answer.data.id !== id) return
        settle(() => {
          if (!answer.success) reject(failed('The inference process gave an answer that cannot be read.'))
          else if ('error' in answer.data) reject(new ClutchcutError(answer.data.error.code, answer.data.error.message))
          else resolve(answer.data.result)
        })
      }
      running.process.postMessage({ id, ...call })
    })
  }

  #start(): Running {
    const process = this.#deps.fork()
    const untrack = process.pid === undefined ? undefined : this.#deps.track?.(process.pid)
    const running: Running = { process, onAnswer: undefined, onEnd: undefined }
    process.onMessage((message) => running.onAnswer?.(message))
    const { promise: gone, resolve: onGone } = Promise.withResolvers<void>()
    this.#living.add(gone)
    process.onExit((code) => {
      untrack?.()
      this.#living.delete(gone)
      onGone()
      if (this.#process === running) this.#process = undefined
      running.onEnd?.(code)
    })
    return running
  }

  #end(): void {
    clearTimeout(this.#idle)
    const running = this.#process
    this.#process = undefined
    running?.process.kill()
    // Whoever still waits learns it at once, not when the system reports the end.
    running?.onEnd?.(null)
  }
}

interface Running {
  readonly process: HostProcess
  onAnswer: ((message: unknown) => void) | undefined
  onEnd: ((code: number | null) => void) | undefined
}

class Crash extends Error {
  readonly code: number | null
  constructor(code: number | null) {
    super('the inference process ended')
    this.code = code
  }
}

function asFailure(crash: Crash): ClutchcutError {
  const how = crash.code === null ? 'crashed' : `ended with code ${crash.code}`
  return failed(`The inference process ${how} while it ran the model.`, { crashed: true, exitCode: crash.code })
}

function failed(message: string, data: Record<string, unknown> = {}): ClutchcutError {
  return new ClutchcutError('inference/failed', message, { data })
}
