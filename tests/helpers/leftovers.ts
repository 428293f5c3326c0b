import { execFileSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'

/** Running processes whose command line holds `text`, other than this one and whoever looks. */
export function processesWith(text: string): string[] {
  const lines = execFileSync('ps', ['-eo', 'pid=,stat=,args=', '-ww'], { encoding: 'utf8' }).split('\n')
  return lines.filter((line) => {
    const [pid, stat] = line.trim().split(/\s+/)
    return line.includes(text) && !stat?.startsWith('Z') && Number(pid) !== process.pid && !/\bps -eo\b/.test(line)
  })
}

/** Waits until no process speaks of `text`; returns those that still do after `ms`. */
export async function processesLeft(text: string, ms: number): Promise<string[]> {
  const deadline = performance.now() + ms
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
