import type { Database } from 'better-sqlite3'
import { readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { libraryError } from './library-error.ts'

const automatic = /^automatic-.+\.db$/
const kept = 5

/**
 * A copy of the database as it is now, in the backups folder; the newest five of these are kept. Copies that a
 * person asked for have other names and are never removed.
 */
export function backUpAutomatically(raw: Database, backupsFolder: string, reason: string, now: number): string {
  const stamp = new Date(now).toISOString().replaceAll(':', '-').replace('Z', '')
  const file = join(backupsFolder, `automatic-${stamp}-${reason}-${process.pid}.db`)
  const partial = `${file}.partial`
  try {
    rmSync(partial, { force: true })
    // In one go, and compact; a write of another process meanwhile is not in it, and does no harm.
    raw.prepare('VACUUM INTO ?').run(partial)
    renameSync(partial, file)
  } catch (thrown) {
    rmSync(partial, { force: true })
    throw libraryError(thrown, file)
  }
  for (const old of listAutomaticBackups(backupsFolder).slice(kept)) rmSync(old, { force: true })
  return file
}

/** Newest first. */
export function listAutomaticBackups(backupsFolder: string): string[] {
  return readdirSync(backupsFolder)
    .filter((name) => automatic.test(name))
    .toSorted()
    .toReversed()
    .map((name) => join(backupsFolder, name))
}
