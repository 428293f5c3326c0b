import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'

export interface Measured {
  wall: number
  /** User and system time of the whole process tree; null where the system does not tell (outside Linux). */
  cpu: number | null
  stdout: string
}

/** Runs a program to its end. Only one at a time, or their CPU times mix. */
export async function measure(program: string, args: readonly string[]): Promise<Measured> {
  const cpuBefore = childrenCpu()
  const startedAt = performance.now()
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  let [stdout, stderr] = ['', '']
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr = (stderr + text).slice(-2000)))
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  const wall = (performance.now() - startedAt) / 1000
  if (code !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${code}: ${stderr}`)
  const cpuAfter = childrenCpu()
  return { wall, cpu: cpuBefore === null || cpuAfter === null ? null : cpuAfter - cpuBefore, stdout }
}

/** Seconds that this process's ended children and theirs took: proc(5), `cutime` and `cstime`, in ticks of 10 ms. */
function childrenCpu(): number | null {
  try {
    const fields = readFileSync('/proc/self/stat', 'utf8')
      .replace(/^.*\) /, '')
      .split(' ')
    return (Number(fields[13]) + Number(fields[14])) / 100
  } catch {
    return null
  }
}

/** Seconds that this process and its ended children took so far; null where the system does not tell. */
export function cpuSoFar(): number | null {
  const children = childrenCpu()
  const { user, system } = process.cpuUsage()
  return children === null ? null : children + (user + system) / 1e6
}

/** Largest resident size so far of a living process, in bytes; null where the system does not tell. */
export function peakMemoryOf(pid: number): number | null {
  try {
    const match = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))
    return match ? Number(match[1]) * 1024 : null
  } catch {
    return null
  }
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted.length === 0 ? Number.NaN : (sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!) / 2
}

export function total(values: readonly (number | null)[]): number | null {
  return values.some((value) => value === null) ? null : values.reduce<number>((sum, value) => sum + (value ?? 0), 0)
}
