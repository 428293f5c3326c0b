import { asc, eq } from 'drizzle-orm'
import type { ProcessIdentity } from '../../../src-shared/contract/process.ts'
import type { Connection } from './connect.ts'
import { ownerColumnsOf, ownerOf } from './owner.ts'
import { tempFiles } from './schema.ts'

export interface TempFile {
  readonly path: string
  readonly owner: ProcessIdentity
  readonly jobId: number | null
}

export type TempFiles = ReturnType<typeof createTempFiles>

/** Half-written files. A row is made before its file, so whatever a kill leaves behind is known. */
export function createTempFiles({ orm }: Connection) {
  return {
    record(path: string, owner: ProcessIdentity, jobId: number | null, now: number = Date.now()): void {
      const row = { path, ...ownerColumnsOf(owner), jobId, recordedAt: now }
      orm.insert(tempFiles).values(row).onConflictDoUpdate({ target: tempFiles.path, set: row }).run()
    },
    remove(path: string): void {
      orm.delete(tempFiles).where(eq(tempFiles.path, path)).run()
    },
    list: (): TempFile[] =>
      orm
        .select()
        .from(tempFiles)
        .orderBy(asc(tempFiles.path))
        .all()
        .map((row) => ({ path: row.path, owner: ownerOf(row), jobId: row.jobId })),
  }
}
