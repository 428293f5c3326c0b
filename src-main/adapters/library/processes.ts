import { asc, eq } from 'drizzle-orm'
import type { ProcessIdentity, ProcessTable } from '../../../src-shared/contract/process.ts'
import type { Connection } from './connect.ts'
import { ownerColumnsOf, ownerOf } from './owner.ts'
import { processes } from './schema.ts'

/** The children that run now, or ran when their owner was killed. */
export function createProcesses({ orm }: Connection): ProcessTable {
  return {
    record(child: ProcessIdentity, owner: ProcessIdentity, what: string): void {
      const row = { ...child, what, ...ownerColumnsOf(owner), recordedAt: Date.now() }
      const target = [processes.pid, processes.startedAt, processes.bootId]
      orm.insert(processes).values(row).onConflictDoUpdate({ target, set: row }).run()
    },
    remove(pid: number): void {
      orm.delete(processes).where(eq(processes.pid, pid)).run()
    },
    list: () =>
      orm
        .select()
        .from(processes)
        .orderBy(asc(processes.recordedAt), asc(processes.pid))
        .all()
        .map((row) => ({
          child: { pid: row.pid, startedAt: row.startedAt, bootId: row.bootId },
          owner: ownerOf(row),
          what: row.what,
        })),
  }
}
