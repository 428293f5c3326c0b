import Database from 'better-sqlite3'
import { drizzle, type BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'
import { searchText } from './search-text.ts'

/** SQLite itself, and the same connection as Drizzle's. */
export interface Connection {
  readonly raw: Database.Database
  readonly orm: BetterSQLite3Database
}

export interface ConnectOptions {
  /** How long to wait for another process's write, in milliseconds. */
  busyTimeoutMs?: number
  /** Called with every statement that runs, its values filled in. For tests of query plans. */
  onStatement?: (sql: string) => void
  readonly?: boolean
}

/** Opens the file with our settings. Does not look at what is in it. */
export function connect(file: string, options: ConnectOptions = {}): Connection {
  const { busyTimeoutMs = 5000, onStatement } = options
  const raw = new Database(file, {
    timeout: busyTimeoutMs,
    readonly: options.readonly ?? false,
    fileMustExist: options.readonly ?? false,
    ...(onStatement ? { verbose: (sql: unknown) => onStatement(String(sql)) } : {}),
  })
  // Used by triggers of the full-text index, see 0002_search.sql.
  raw.function('search_text', { deterministic: true, varargs: false }, (text: unknown) =>
    typeof text === 'string' ? searchText(text) : '',
  )
  // NORMAL with a write-ahead log: a power cut may lose the last moments, but never damages the file.
  raw.pragma('synchronous = NORMAL')
  raw.pragma('foreign_keys = ON')
  raw.pragma('trusted_schema = ON')
  return { raw, orm: drizzle(raw) }
}

/**
 * Several processes on one library need the write-ahead log. Two that switch it on in the same moment may hinder
 * each other, which SQLite's own waiting does not cover.
 */
export function useWriteAheadLog(raw: Database.Database, waitMs: number): string {
  const deadline = performance.now() + waitMs
  for (;;) {
    try {
      return String(raw.pragma('journal_mode = WAL', { simple: true }))
    } catch (thrown) {
      const busy = thrown instanceof Error && 'code' in thrown && String(thrown.code).startsWith('SQLITE_BUSY')
      if (!busy || performance.now() > deadline) throw thrown
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20)
    }
  }
}

/** One IMMEDIATE transaction: it waits for its turn to write before it reads, so what it decides still holds. */
export function write<T>(connection: Connection, work: () => T): T {
  return connection.raw.inTransaction ? work() : connection.raw.transaction(work).immediate()
}
