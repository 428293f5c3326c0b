import { execFileSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'

/** Why there can be no mounts here, or null when there can. Root on Linux may mount unless a container forbids it. */
export function whyNoMounts(folder: string): string | null {
  if (process.platform !== 'linux') return `mounts need Linux, this is ${process.platform}`
  if (process.getuid?.() !== 0) return 'mounts need root'
  try {
    const unmount = mountSmallDisk(`${folder}/probe`, '64k')
    unmount()
    return null
  } catch (thrown) {
    return `mounting is not permitted here: ${String(thrown)}`
  }
}

/** A disk of `size` in memory under `folder`. Returns what takes it away. */
export function mountSmallDisk(folder: string, size: string): () => void {
  mkdirSync(folder, { recursive: true })
  system('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder])
  return () => system('umount', ['-l', folder])
}

/** A folder that even root cannot write to. */
export function mountReadOnly(folder: string): () => void {
  const unmount = mountSmallDisk(folder, '1m')
  system('mount', ['-o', 'remount,ro', folder])
  return unmount
}

function system(program: 'mount' | 'umount', args: readonly string[]): void {
  execFileSync(program, args, { stdio: 'pipe' })
}
