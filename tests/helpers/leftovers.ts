import { execFileSync } from 'node:child_process'
import { readFileSync, readdirSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'

/** Running processes whose command line holds `text`, other than this one and whoever looks. */
export function processesWith(text: string): string[] {
  const running = process.platform === 'linux' ? fromProc() : fromPs()
  return running
    .filter(({ pid, state, args }) => args.includes(text) && !state.startsWith('Z') && pid !== process.pid)
    .map(({ pid, args }) => `${pid} ${args}`)
}

interface Running {
  pid: number
  state: string
  args: string
}

/** A bare Debian has no `ps`. */
function fromProc(): Running[] {
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return []
    try {
      const args = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ')
      const state = /^State:\s+(\w)/m.exec(readFileSync(`/proc/${name}/status`, 'utf8'))?.[1] ?? ''
      return [{ pid: Number(name), state, args }]
    } catch {
      // It has just ended.
      return []
    }
  })
}

function fromPs(): Running[] {
  const lines = execFileSync('ps', ['-eo', 'pid=,stat=,args=', '-ww'], { encoding: 'utf8' }).split('\n')
  return lines.flatMap((line) => {
    const [, pid, state = '', args = ''] = /^\s*(\d+)\s+(\S+)\s+(.*)$/.exec(line) ?? []
    return pid === undefined || args.startsWith('ps -eo') ? [] : [{ pid: Number(pid), state, args }]
  })
}

/** Longer than any machine takes to end a process that was told to; nobody waits for it where all is well. */
const PATIENCE_MS = 30_000

/** Waits until no process speaks of `text`; returns those that do not end. */
export async function processesLeft(text: string): Promise<string[]> {
  const deadline = performance.now() + PATIENCE_MS
  for (;;) {
    const left = processesWith(text)
    if (left.length === 0 || performance.now() > deadline) return left
    await delay(100)
  }
}

/** Hidden and partial files in a folder and below. */
export function partialFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /(^|[/\\])\.|partial/.test(name))
}
