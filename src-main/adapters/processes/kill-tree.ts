import { spawn } from 'node:child_process'

/** What ends a process and its children: a signal to send, or a program to run. */
export type KillPlan = { kind: 'signal'; pid: number } | { kind: 'program'; file: string; args: readonly string[] }

/**
 * FFmpeg starts no children of its own, so on POSIX the process is the tree. Windows' taskkill walks the tree.
 */
export function planKill(pid: number, platform: NodeJS.Platform): KillPlan {
  return platform === 'win32'
    ? { kind: 'program', file: 'taskkill', args: ['/PID', String(pid), '/T', '/F'] }
    : { kind: 'signal', pid }
}

/** Ends a process at once. Resolves when the order is given; a process that is gone already is no failure. */
export async function killTree(pid: number, platform: NodeJS.Platform = process.platform): Promise<void> {
  // 0 and negative numbers name whole groups, our own among them.
  if (!Number.isSafeInteger(pid) || pid <= 0) return
  const plan = planKill(pid, platform)
  if (plan.kind === 'signal') {
    try {
      process.kill(plan.pid, 'SIGKILL')
    } catch {
      // Gone, or not ours to end.
    }
    return
  }
  await new Promise<void>((resolve) => {
    const child = spawn(plan.file, plan.args, { stdio: 'ignore', windowsHide: true })
    child.once('error', () => resolve())
    child.once('exit', () => resolve())
  })
}
