import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { ClutchcutError } from '../../../src-shared/contract/errors.ts'
import { databaseProblems } from './check-database.ts'
import { connect, type Connection } from './connect.ts'
import { dataFolder, makeDataFolder, type DataFolder } from './data-folder.ts'
import { libraryError } from './library-error.ts'
import { applicationId, migrate, newerError, readFileHeader, readMigrations, readVersion } from './migrate.ts'

export interface RestoreResult {
  /** Where the library that was there until now lies; null when there was none. */
  readonly kept: string | null
  /** True when that one was damaged and is kept as it was. */
  readonly wasDamaged: boolean
}

/**
 * Puts the backup `file` in the place of the library in `root`. The backup is copied, checked and brought up to date
 * first; the present library is kept in the backups folder. Nothing else may have it open.
 *
 * Throws `library/backup-invalid`, `library/newer` (backup or present library), `library/busy`.
 */
export async function restoreLibrary(
  root: string,
  file: string,
  options: { now?: () => number } = {},
): Promise<RestoreResult> {
  const { now = Date.now } = options
  const folder = dataFolder(root)
  makeDataFolder(folder)
  const staged = join(folder.root, `restore-${process.pid}.partial`)
  let connection: Connection | undefined
  try {
    connection = stage(resolve(file), staged, now())
    const present = setAside(folder, now())
    // One transaction of SQLite's own: a crash leaves the old library or the new one.
    await connection.raw.backup(folder.database)
    return present
  } catch (thrown) {
    throw libraryError(thrown, folder.database)
  } finally {
    connection?.raw.close()
    for (const ending of ['', '-journal', '-wal', '-shm']) rmSync(`${staged}${ending}`, { force: true })
  }
}

/** A checked, current copy of the backup. */
function stage(file: string, staged: string, now: number): Connection {
  const migrations = readMigrations()
  let connection: Connection | undefined
  try {
    const header = readFileHeader(file)
    if (header === null) throw invalid(file, existsSync(file) ? 'it is empty' : 'there is no such file')
    if (header.version > migrations.length) throw newerError(file, header.version, migrations.length)
    if (header.applicationId !== applicationId) throw invalid(file, 'it is not a Clutchcut library')
    copyFileSync(file, staged)
    if (existsSync(`${file}-wal`)) copyFileSync(`${file}-wal`, `${staged}-wal`)
    connection = connect(staged)
    connection.raw.pragma('journal_mode = DELETE')
    const version = readVersion(connection.raw)
    if (version > migrations.length) throw newerError(file, version, migrations.length)
    const problems = databaseProblems(connection.raw)
    if (problems.length > 0) throw invalid(file, 'it is damaged')
    migrate(connection.raw, migrations, staged, now)
    return connection
  } catch (thrown) {
    connection?.raw.close()
    if (thrown instanceof ClutchcutError && thrown.code === 'library/corrupt')
      throw invalid(file, 'it is damaged', thrown)
    const shaped = libraryError(thrown, file)
    if (shaped instanceof ClutchcutError && shaped.code === 'library/corrupt')
      throw invalid(file, 'it is damaged', thrown)
    throw shaped
  }
}

function invalid(file: string, why: string, cause?: unknown): ClutchcutError {
  return new ClutchcutError(
    'library/backup-invalid',
    `This backup cannot be restored, ${why}: ${file}. The library was not changed; choose another backup.`,
    { data: { file }, cause },
  )
}

/** Keeps the present library in the backups folder, and makes sure that nobody works with it. */
function setAside(folder: DataFolder, now: number): RestoreResult {
  if (!existsSync(folder.database)) return { kept: null, wasDamaged: false }
  const stamp = `${new Date(now).toISOString().replaceAll(':', '-').replace('Z', '')}-${process.pid}`
  const kept = join(folder.backups, `before-restore-${stamp}.db`)
  let connection: Connection | undefined
  try {
    const known = readMigrations().length
    const header = readFileHeader(folder.database)
    if (header === null) return { kept: null, wasDamaged: false }
    if (header.version > known) throw newerError(folder.database, header.version, known)
    connection = connect(folder.database, { busyTimeoutMs: 1000 })
    // Refused while any other process has the library open, even if it only reads.
    connection.raw.pragma('locking_mode = EXCLUSIVE')
    connection.raw.exec('BEGIN EXCLUSIVE; COMMIT')
    connection.raw.prepare('VACUUM INTO ?').run(kept)
    connection.raw.close()
    return { kept, wasDamaged: false }
  } catch (thrown) {
    connection?.raw.close()
    rmSync(kept, { force: true })
    const shaped = libraryError(thrown, folder.database)
    if (!(shaped instanceof ClutchcutError) || shaped.code !== 'library/corrupt') throw shaped
    return { kept: moveDamaged(folder, stamp), wasDamaged: true }
  }
}

/**
 * Makes room for a new library where the present one is damaged, and returns where that lies now. Another program's
 * database is not ours to move.
 */
export function setDamagedAside(root: string, now: number): string {
  return moveDamaged(
    dataFolder(root),
    `${new Date(now).toISOString().replaceAll(':', '-').replace('Z', '')}-${process.pid}`,
  )
}

/** As it is, with its log: a specialist may still get something out of it. */
function moveDamaged(folder: DataFolder, stamp: string): string {
  const place = join(folder.backups, `damaged-${stamp}`)
  mkdirSync(place)
  for (const ending of ['-wal', '-shm', '']) {
    if (existsSync(`${folder.database}${ending}`)) {
      renameSync(`${folder.database}${ending}`, join(place, `library.db${ending}`))
    }
  }
  return join(place, 'library.db')
}
