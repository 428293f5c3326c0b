import type { Database } from 'better-sqlite3'
import { closeSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs'
import { join } from 'node:path'
import { ClutchcutError } from '../../../src-shared/contract/errors.ts'
import { anotherProgram, corruptError } from './library-error.ts'

export interface Migration {
  /** 1, 2, 3… without gaps; the database's `user_version` after it. */
  readonly number: number
  /** `0001_base`. */
  readonly name: string
  readonly sql: string
}

/** "CLCT": written into the file's header, so that another program's database is not taken for ours. */
export const applicationId = 0x434c4354

export const migrationsFolder = join(import.meta.dirname, 'migrations')

export function readMigrations(folder: string = migrationsFolder): Migration[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.sql'))
  return names.toSorted().map((file, index) => {
    const number = Number(/^(\d{4})_[a-z0-9_]+\.sql$/.exec(file)?.[1])
    if (number !== index + 1) throw new Error(`migration ${file} should have the number ${index + 1}`)
    return { number, name: file.slice(0, -'.sql'.length), sql: readFileSync(join(folder, file), 'utf8') }
  })
}

/** What the first 100 bytes of a database say, read without SQLite, which may write even when it only looks. */
export interface FileHeader {
  readonly version: number
  readonly applicationId: number
}

/** Null for a file that is absent or empty: there a new library is made. Throws `library/corrupt` for anything else. */
export function readFileHeader(file: string): FileHeader | null {
  const header = Buffer.alloc(100)
  let length = 0
  try {
    const handle = openSync(file, 'r')
    try {
      length = readSync(handle, header, 0, header.length, 0)
    } finally {
      closeSync(handle)
    }
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT') return null
    throw thrown
  }
  if (length === 0) return null
  if (length < 100 || header.toString('latin1', 0, 16) !== 'SQLite format 3\0') {
    throw corruptError(file, 'not a database')
  }
  return { version: header.readUInt32BE(60), applicationId: header.readUInt32BE(68) }
}

export function newerError(file: string, version: number, known: number): ClutchcutError {
  return new ClutchcutError(
    'library/newer',
    `This library was written by a newer Clutchcut (format ${version}, this one knows ${known}): update Clutchcut. ` +
      'The library was not changed.',
    { data: { file, version, known } },
  )
}

export function readVersion(raw: Database): number {
  return Number(raw.pragma('user_version', { simple: true }))
}

/**
 * Brings the database up to the last of `migrations`, each in a transaction of its own, and returns the versions it
 * passed through. Safe when several processes do it at once: each looks again under the lock.
 */
export function migrate(raw: Database, migrations: readonly Migration[], file: string, now: number): number[] {
  const applied: number[] = []
  // A migration that rebuilds a table must not cascade; the check below makes up for it. Not possible inside.
  raw.pragma('foreign_keys = OFF')
  try {
    while (readVersion(raw) !== migrations.length) {
      const done = raw.transaction(() => applyNext(raw, migrations, file, now)).exclusive()
      if (done !== null) applied.push(done)
    }
  } finally {
    raw.pragma('foreign_keys = ON')
  }
  return applied
}

function applyNext(raw: Database, migrations: readonly Migration[], file: string, now: number): number | null {
  const version = readVersion(raw)
  if (version > migrations.length) throw newerError(file, version, migrations.length)
  const migration = migrations[version]
  if (!migration) return null
  if (version === 0 && raw.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() !== undefined) {
    throw corruptError(file, anotherProgram)
  }
  raw.exec(migration.sql)
  const dangling = raw.pragma('foreign_key_check') as unknown[]
  if (dangling.length > 0) throw corruptError(file, `${dangling.length} rows refer to nothing after ${migration.name}`)
  raw.exec(
    'CREATE TABLE IF NOT EXISTS migrations (number INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at INTEGER NOT NULL) STRICT',
  )
  raw
    .prepare('INSERT INTO migrations (number, name, applied_at) VALUES (?, ?, ?)')
    .run(migration.number, migration.name, now)
  raw.pragma(`application_id = ${applicationId}`)
  raw.pragma(`user_version = ${migration.number}`)
  return migration.number
}
