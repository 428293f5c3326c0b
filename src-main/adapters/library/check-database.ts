import type { Database } from 'better-sqlite3'

/** What SQLite finds wrong with a database, in its words; empty when all is well. Reads the whole file. */
export function databaseProblems(raw: Database): string[] {
  try {
    return findProblems(raw)
  } catch (thrown) {
    // So damaged that not even the check can be made.
    if (thrown instanceof Error && thrown.name === 'SqliteError') return [thrown.message]
    throw thrown
  }
}

function findProblems(raw: Database): string[] {
  const integrity = raw.pragma('integrity_check(20)') as { integrity_check: string }[]
  const problems = integrity.map((row) => row.integrity_check).filter((text) => text !== 'ok')
  const dangling = raw.pragma('foreign_key_check') as { table: string; parent: string }[]
  for (const { table, parent } of dangling.slice(0, 20)) problems.push(`a row of ${table} refers to no ${parent}`)
  return problems
}
