import type { ProcessIdentity, ProcessTable } from '../../../src-shared/contract/process.ts'
import { currentProcess, identify } from './process-identity.ts'
import { startWatchdog, type Watchdog } from './watchdog.ts'

/** Sees to it that a child does not outlive us, however we end. */
export interface ChildGuard {
  /** Call it right after the start; call what it returns when the child has ended. */
  track(pid: number, what: string): () => void
}

export interface ChildGuardOptions {
  /** The library's table, so that a later start can end what even the watchdog missed; null without a library. */
  readonly table?: ProcessTable | null
  readonly platform?: NodeJS.Platform
  /** Told when the table cannot be written; the child runs on under the watchdog alone. */
  readonly onProblem?: (problem: unknown) => void
  /** Replaced in tests only. */
  readonly startWatchdog?: () => Watchdog | null
  readonly identify?: (pid: number) => ProcessIdentity | null
}

/** Asking Windows for a start time starts a PowerShell: only worth it for a child that stays. */
const windowsRecordDelayMs = 1500
/** A watchdog that cannot run at all must not be started for ever. */
const maxWatchdogStarts = 5

/**
 * One watchdog per process, started with the first child and again should it ever end while children run.
 */
export function createChildGuard(options: ChildGuardOptions = {}): ChildGuard {
  const { table = null, platform = process.platform, onProblem = () => {} } = options
  const identifyChild = options.identify ?? ((pid: number) => identify(pid, platform))
  const tracked = new Map<number, string>()
  let watchdog: Watchdog | undefined
  let starts = 0

  const add = (pid: number): void => watchdog?.add(pid)

  const ensureWatchdog = (): void => {
    if (watchdog !== undefined || starts >= maxWatchdogStarts) return
    starts += 1
    const started = options.startWatchdog === undefined ? startWatchdog(platform) : options.startWatchdog()
    if (started === null) return
    watchdog = started
    started.onExit(() => {
      watchdog = undefined
      onProblem(new Error('The watchdog ended before its parent.'))
      if (tracked.size === 0) return
      ensureWatchdog()
      for (const pid of tracked.keys()) add(pid)
    })
  }

  const record = (pid: number, what: string): void => {
    try {
      const child = identifyChild(pid)
      if (child !== null && tracked.has(pid)) table?.record(child, currentProcess(platform), what)
    } catch (error) {
      onProblem(error)
    }
  }

  return {
    track(pid, what) {
      tracked.set(pid, what)
      ensureWatchdog()
      add(pid)
      let timer: NodeJS.Timeout | undefined
      if (table !== null) {
        if (platform === 'win32') timer = setTimeout(() => record(pid, what), windowsRecordDelayMs).unref()
        else record(pid, what)
      }
      return () => {
        clearTimeout(timer)
        if (!tracked.delete(pid)) return
        watchdog?.remove(pid)
        try {
          table?.remove(pid)
        } catch (error) {
          onProblem(error)
        }
      }
    },
  }
}
