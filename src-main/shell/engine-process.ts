import { MessageChannelMain, type MessagePortMain, type UtilityProcess } from 'electron'
import type { HostEntry } from '../../src-shared/contract/host-services.ts'
import type { MediaAnswer, MediaRequest } from '../../src-shared/contract/media-answer.ts'
import type { FromEngine, HostAsk, ToEngine } from '../../src-shared/contract/shell-messages.ts'
import { createRestartPolicy, type RestartPolicy } from './restart-policy.ts'
import { endUtility, startUtility } from './utility.ts'

export interface EngineProcessOptions {
  /** Path of a program of ours. */
  readonly programs: Readonly<Record<'engine' | HostEntry, string>>
  readonly args: readonly string[]
  readonly inheritOutput: boolean
  readonly policy?: RestartPolicy
  /** Does what only the shell can; rejects with what to tell. */
  readonly serve: (what: HostAsk, value: string) => Promise<void>
  /** Told of what the engine says by itself. */
  readonly onNews: (news: Extract<FromEngine, { kind: 'work' | 'notice' | 'settings' }>) => void
  /** It ended unasked, and was (`asked: false`) or was not started again. */
  readonly onCrash: (crash: { readonly startedAgain: boolean }) => void
  /** It says that it cannot run at all. */
  readonly onFailed: (message: string) => void
}

export interface EngineProcess {
  /** Starts it, or starts it again after it was given up. */
  start(): void
  connect(port: MessagePortMain): void
  media(request: MediaRequest, signal: AbortSignal): Promise<MediaAnswer>
  open(paths: readonly string[]): void
  /** Ends it in good order, or by force when that takes too long. */
  close(): Promise<void>
}

/** Running jobs are put back into the queue; that takes an FFmpeg's polite end. */
const PATIENCE_MS = 8000
const MOST_WAITING = 16

/**
 * The engine in a utility process of its own, started again when it crashes. Its jobs go on by themselves: the library
 * knows what was running.
 */
export function createEngineProcess(options: EngineProcessOptions): EngineProcess {
  const policy = options.policy ?? createRestartPolicy()
  let running: UtilityProcess | null = null
  let closing = false
  let lastId = 0
  let restart: NodeJS.Timeout | undefined
  /** Children by the engine's own numbers. */
  const children = new Map<number, UtilityProcess>()
  const asked = new Map<number, (answer: MediaAnswer) => void>()
  /** What came while there was no engine. */
  const windows: MessagePortMain[] = []
  const files: string[] = []

  const tell = (message: ToEngine, ports: MessagePortMain[] = []): void => running?.postMessage(message, ports)

  function start(): void {
    clearTimeout(restart)
    if (running !== null || closing) return
    const engine = startUtility(options.programs.engine, options.args, 'Clutchcut Engine', options.inheritOutput)
    running = engine
    engine.on('message', (message: FromEngine) => {
      if (engine === running) hear(message)
    })
    engine.once('exit', () => {
      if (engine === running) crashed()
    })
    for (const port of windows.splice(0)) tell({ kind: 'window' }, [port])
    if (files.length > 0) tell({ kind: 'open', paths: files.splice(0) })
  }

  function crashed(): void {
    forget()
    if (closing) return
    const wait = policy.crashed()
    options.onCrash({ startedAgain: wait !== null })
    if (wait !== null) restart = setTimeout(start, wait)
  }

  /** Nobody waits for it any more. */
  function forget(): void {
    running = null
    for (const child of children.values()) endUtility(child)
    children.clear()
    for (const settle of asked.values()) settle(unavailable)
    asked.clear()
    options.onNews({ kind: 'work', work: { running: 0, fraction: null } })
  }

  function hear(message: FromEngine): void {
    switch (message.kind) {
      case 'media-answer':
        asked.get(message.id)?.(message.answer)
        asked.delete(message.id)
        return
      case 'ask':
        void serve(message.id, message.what, message.value)
        return
      case 'fork':
        fork(message.child, message.entry)
        return
      case 'kill': {
        const child = children.get(message.child)
        if (child !== undefined) endUtility(child)
        return
      }
      case 'failed':
        // It ends by itself; another try need not wait for that.
        forget()
        options.onFailed(message.message)
        return
      default:
        options.onNews(message)
    }
  }

  async function serve(id: number, what: HostAsk, value: string): Promise<void> {
    const engine = running
    const failure = await options.serve(what, value).then(
      () => null,
      (thrown: unknown) => (thrown instanceof Error ? thrown.message : String(thrown)),
    )
    if (engine === running) tell({ kind: 'answer', id, failure })
  }

  function fork(id: number, entry: HostEntry): void {
    const engine = running
    const child = startUtility(options.programs[entry], [], `Clutchcut ${entry}`, options.inheritOutput)
    children.set(id, child)
    // The two speak with each other; what they say is large, and this process has a window to move.
    const { port1, port2 } = new MessageChannelMain()
    child.postMessage(null, [port1])
    tell({ kind: 'child', child: id }, [port2])
    child.once('exit', (code) => {
      children.delete(id)
      if (engine === running) tell({ kind: 'child-exit', child: id, code })
    })
  }

  return {
    start() {
      policy.forgive()
      start()
    },
    connect(port) {
      if (running !== null) tell({ kind: 'window' }, [port])
      else if (windows.push(port) > MOST_WAITING) windows.shift()?.close()
    },
    media(request, signal) {
      if (running === null || signal.aborted) return Promise.resolve(unavailable)
      const id = ++lastId
      return new Promise((resolve) => {
        const gone = (): void => {
          tell({ kind: 'media-gone', id })
          asked.get(id)?.(unavailable)
          asked.delete(id)
        }
        asked.set(id, (answer) => {
          signal.removeEventListener('abort', gone)
          resolve(answer)
        })
        signal.addEventListener('abort', gone, { once: true })
        tell({ kind: 'media', id, request })
      })
    },
    open(paths) {
      if (running !== null) tell({ kind: 'open', paths })
      else files.push(...paths.slice(0, MOST_WAITING))
    },
    async close() {
      closing = true
      clearTimeout(restart)
      const engine = running
      if (engine === null) return
      const exited = new Promise<void>((resolve) => void engine.once('exit', () => resolve()))
      tell({ kind: 'close' })
      let impatient: NodeJS.Timeout | undefined
      await Promise.race([exited, new Promise((resolve) => (impatient = setTimeout(resolve, PATIENCE_MS)))])
      clearTimeout(impatient)
      for (const child of children.values()) endUtility(child)
      if (running === engine) endUtility(engine)
    },
  }
}

/** The interface asks again when it is told so. */
const unavailable: MediaAnswer = { status: 503, headers: { 'Cache-Control': 'no-store' }, body: null }
