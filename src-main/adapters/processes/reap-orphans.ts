import type { ProcessIdentity, ProcessTable, RecordedChild } from '../../../src-shared/contract/process.ts'
import { killTree } from './kill-tree.ts'
import { isAlive } from './process-identity.ts'

export interface ReapOptions {
  readonly platform?: NodeJS.Platform
  /** Replaced in tests only. */
  readonly isAlive?: (identity: ProcessIdentity) => boolean
  readonly kill?: (pid: number) => Promise<void>
}

/**
 * Ends recorded children whose owner is dead, and forgets them. A pid that meanwhile belongs to somebody else (its
 * start time differs) is left alone. Returns what was ended.
 */
export async function reapOrphans(table: ProcessTable, options: ReapOptions = {}): Promise<RecordedChild[]> {
  const { platform = process.platform } = options
  const alive = options.isAlive ?? ((identity) => isAlive(identity, platform))
  const kill = options.kill ?? ((pid) => killTree(pid, platform))
  const ended: RecordedChild[] = []
  for (const row of table.list()) {
    if (alive(row.owner)) continue
    if (alive(row.child)) {
      await kill(row.child.pid)
      ended.push(row)
    }
    table.remove(row.child.pid)
  }
  return ended
}
