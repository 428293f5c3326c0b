import { spawn, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const cli = fileURLToPath(new URL('../../src-main/cli.ts', import.meta.url))

export interface CliResult {
  code: number | null
  signal: NodeJS.Signals | null
  stdout: string
  stderr: string
  wallMs: number
}

export interface RunningCli {
  child: ChildProcess
  done: Promise<CliResult>
}

/** Starts the command line of this checkout, as a person would. */
export function startCli(
  args: readonly string[],
  options: { cwd?: string; env?: Record<string, string> } = {},
): RunningCli {
  const startedAt = performance.now()
  const child = spawn(process.execPath, [cli, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...options.env },
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
  })
  let [stdout, stderr] = ['', '']
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  // `exit`, not `close`: after a kill, children of the child may hold the pipes for a moment.
  const done = new Promise<CliResult>((resolve, reject) => {
    child.on('error', reject)
    const end = (code: number | null, signal: NodeJS.Signals | null): void =>
      resolve({ code, signal, stdout, stderr, wallMs: performance.now() - startedAt })
    child.on('exit', (code, signal) => {
      if (signal !== null) end(code, signal)
    })
    child.on('close', end)
  })
  return { child, done }
}

export async function runCli(args: readonly string[], options?: Parameters<typeof startCli>[1]): Promise<CliResult> {
  return startCli(args, options).done
}
