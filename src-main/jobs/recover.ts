import { posix, win32 } from 'node:path'
import type { JobStore, ProcessIdentity } from './deps.ts'

export interface RecoverDeps {
  store: Pick<JobStore, 'releaseStale'>
  /** Partial outputs, written down before they are created. */
  tempFiles: {
    list(): readonly { path: string; owner: ProcessIdentity }[]
    remove(path: string): void
  }
  /** Ends children of dead processes of ours; returns how many there were. */
  reapChildren(): Promise<number>
  isAlive: (process: ProcessIdentity) => boolean
  /** `missing` where there is nothing to remove, `unreachable` where its folder is gone (a drive that is unplugged). */
  removeFile(path: string): Promise<'removed' | 'missing' | 'unreachable'>
  now: () => number
  platform: NodeJS.Platform
}

export interface Recovered {
  readonly reaped: number
  readonly removed: readonly string[]
  readonly released: readonly number[]
}

/**
 * Clears up after processes that died: first the children that still write, then the partial files, then the claims,
 * so that whoever takes up a job finds none of its predecessor's leavings. Several processes may do so at once.
 */
export async function recover(deps: RecoverDeps): Promise<Recovered> {
  const { store, tempFiles, isAlive, now, platform } = deps
  const reaped = await deps.reapChildren()
  const removed: string[] = []
  for (const { path, owner } of tempFiles.list()) {
    if (isAlive(owner)) continue
    // Only what bears our mark: a damaged table must never cost a person's file.
    const result = isTempName(path, platform) ? await deps.removeFile(path) : 'missing'
    if (result === 'removed') removed.push(path)
    if (result !== 'unreachable') tempFiles.remove(path)
  }
  return { reaped, removed, released: store.releaseStale(now(), isAlive) }
}

/** `.clutchcut-<job>-<n>-<random>.partial.mp4`; see stages/render. */
export function isTempName(path: string, platform: NodeJS.Platform): boolean {
  const paths = platform === 'win32' ? win32 : posix
  return /^\.clutchcut-[\w-]+\.partial\.[a-z0-9.]+$/.test(paths.basename(path))
}
