import { connectParent } from './adapters/host/parent-channel.ts'
import { killTree } from './adapters/processes/kill-tree.ts'
import type { WatchdogMessage } from './adapters/processes/watchdog-message.ts'

/**
 * Outlives its parent for a moment, to end the children that the parent left behind: FFmpeg goes on writing for
 * seconds, or for hours, after a parent that was killed. The operating system closes the channel however the parent
 * ended. Pids cannot be reused while the parent lives (it holds their handles or has yet to reap them).
 */
const children = new Set<number>()
const parent = connectParent()

parent.onMessage((message) => {
  // Only our own child-guard speaks here, so the shape is checked by hand: loading zod would cost more than this program.
  const { kind, pid } = message as WatchdogMessage
  if (!Number.isSafeInteger(pid) || pid <= 0) return
  if (kind === 'add') children.add(pid)
  if (kind === 'remove') children.delete(pid)
})

parent.onClose(() => {
  void Promise.all([...children].map((pid) => killTree(pid))).finally(() => process.exit(0))
})

// Ctrl-C and a closing terminal reach everyone in the group at once; we go last, with the channel.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGBREAK'] as const) {
  try {
    process.on(signal, () => {})
  } catch {
    // Not a signal of this system.
  }
}
