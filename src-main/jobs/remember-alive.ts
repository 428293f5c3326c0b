import type { ProcessIdentity } from './deps.ts'

/** Asking after a process costs a PowerShell on Windows, and who waits for a job asks several times a second. */
export function ttlOf(platform: NodeJS.Platform): number {
  return platform === 'win32' ? 10_000 : platform === 'darwin' ? 1_000 : 0
}

/** `isAlive`, asked at most every `ttlMs` about a process that lives, and never again about a dead one. */
export function rememberAlive(
  isAlive: (process: ProcessIdentity) => boolean,
  { ttlMs, monotonic }: { ttlMs: number; monotonic: () => number },
): (process: ProcessIdentity) => boolean {
  const known = new Map<string, { alive: boolean; at: number }>()
  return (process) => {
    const key = `${process.bootId}/${process.pid}/${process.startedAt}`
    const last = known.get(key)
    if (last !== undefined && (!last.alive || monotonic() - last.at < ttlMs)) return last.alive
    const alive = isAlive(process)
    if (known.size > 500) known.clear()
    known.set(key, { alive, at: monotonic() })
    return alive
  }
}
