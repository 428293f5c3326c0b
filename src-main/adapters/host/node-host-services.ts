import { fork } from 'node:child_process'
import { homedir } from 'node:os'
import { fileURLToPath } from 'node:url'
import type { HostEntry, HostProcess, HostServices } from '../../../src-shared/contract/host-services.ts'
import { createDesktopServices } from './desktop-services.ts'

export interface NodeHostOptions {
  /** Path of a program, where it does not lie beside this one. */
  readonly entryPath?: (entry: HostEntry) => string
  readonly env?: NodeJS.ProcessEnv
}

/** From the sources, the programs lie in src-main; a bundle is flat (vite.config.ts). */
const ownPath = (entry: HostEntry): string =>
  fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? `../../${entry}.ts` : `${entry}.mjs`, import.meta.url))

/** The host of the CLI and of the headless server: plain Node children with a structured-clone channel. */
export function createNodeHostServices(options: NodeHostOptions = {}): HostServices {
  const { entryPath = ownPath, env = process.env } = options
  const desktop = { platform: process.platform, env, home: homedir(), uid: process.getuid?.() ?? 0 }
  return {
    fork: (entry) => forkNode(entryPath(entry), env),
    desktop: createDesktopServices(desktop),
  }
}

function forkNode(path: string, env: NodeJS.ProcessEnv): HostProcess {
  const child = fork(path, [], {
    serialization: 'advanced',
    // Not inherited: a child that outlives us by a moment must not hold the terminal or a pipe that someone waits on.
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    // Not our own flags: two processes cannot share one --inspect port.
    execArgv: [],
    env,
    windowsHide: true,
  })
  // Without a listener, a failed start or a message to a child that just ended would be an uncaught exception.
  let exited = false
  const exitListeners: ((code: number | null) => void)[] = []
  let exitCode: number | null = null
  const exit = (code: number | null): void => {
    if (exited) return
    exited = true
    exitCode = code
    for (const listener of exitListeners) listener(code)
  }
  child.on('error', () => {
    if (child.pid === undefined) exit(null)
  })
  child.on('exit', (code) => exit(code))
  return {
    pid: child.pid,
    postMessage(message) {
      if (child.connected) child.send(message as never, () => {})
    },
    onMessage(listener) {
      child.on('message', listener)
    },
    onExit(listener) {
      if (exited) queueMicrotask(() => listener(exitCode))
      else exitListeners.push(listener)
    },
    kill() {
      child.kill('SIGKILL')
    },
  }
}
