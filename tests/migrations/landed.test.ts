import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { getTableConfig, SQLiteTable } from 'drizzle-orm/sqlite-core'
import { expect, test } from 'vitest'
import { connect } from '../../src-main/adapters/library/connect.ts'
import { migrate, readMigrations } from '../../src-main/adapters/library/migrate.ts'
import * as schema from '../../src-main/adapters/library/schema.ts'
import { tempFolder } from '../helpers/temp-folder.ts'
import { schemaDump } from './harness.ts'

const folder = tempFolder('clutchcut-landed')
const landedFile = join(import.meta.dirname, 'landed.json')
const raw = migrated()

function migrated() {
  const connection = connect(join(folder, 'library.db'))
  migrate(connection.raw, readMigrations(), 'library.db', 0)
  return connection.raw
}

test('a migration that landed is never edited', () => {
  const landed = JSON.parse(readFileSync(landedFile, 'utf8')) as Record<string, string>
  const hashes = Object.fromEntries(
    readMigrations().map(({ name, sql }) => [
      name,
      createHash('sha256').update(sql.replaceAll('\r\n', '\n')).digest('hex'),
    ]),
  )
  for (const [name, hash] of Object.entries(landed)) {
    expect(hashes[name], `${name} is in people's libraries: leave it as it is and write the next one`).toBe(hash)
  }
  const added = Object.keys(hashes).filter((name) => !(name in landed))
  if (added.length > 0 && process.env['LAND_MIGRATIONS'] === '1') {
    writeFileSync(landedFile, `${JSON.stringify(hashes, null, 2)}\n`)
    return
  }
  expect(added, 'write new ones down by running this test with LAND_MIGRATIONS=1').toEqual([])
})

test('all migrations together give the schema that is written down', async () => {
  await expect(schemaDump(raw)).toMatchFileSnapshot('schema.sql')
})

const tables = Object.values(schema as Record<string, unknown>).filter((value) => value instanceof SQLiteTable)

test('schema.ts has every table of the database, and no other', () => {
  const inDatabase = raw
    .prepare<[], { name: string }>(
      `SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'
        AND name NOT LIKE 'sqlite_%' AND name <> 'migrations'`,
    )
    .all()
  const expected = tables.map((table) => getTableConfig(table).name).toSorted()
  expect(inDatabase.map(({ name }) => name).toSorted()).toEqual(expected)
})

test.each(tables.map((table) => [getTableConfig(table).name, table] as const))(
  'schema.ts describes the table %s as it is',
  (name, table) => {
    const config = getTableConfig(table)
    const columns = raw.prepare(`SELECT name, type, "notnull" AS required FROM pragma_table_xinfo(?)`).all(name)
    const rowid = config.columns.find((column) => column.primary && column.getSQLType() === 'integer')
    expect(columns).toEqual(
      config.columns.map((column) => ({
        name: column.name,
        type: column.getSQLType().toUpperCase(),
        // The rowid needs no NOT NULL: it cannot be null.
        required: column.notNull && column !== rowid ? 1 : 0,
      })),
    )

    const indexes = raw
      .prepare<[string], { name: string; unique: 0 | 1 }>(
        `SELECT name, "unique" FROM pragma_index_list(?) WHERE origin = 'c' ORDER BY name`,
      )
      .all(name)
    const described = config.indexes.map(({ config: index }) => ({ name: index.name, unique: index.unique ? 1 : 0 }))
    expect(indexes).toEqual(described.toSorted((a, b) => (a.name < b.name ? -1 : 1)))
    for (const { config: index } of config.indexes) {
      const keys = raw
        .prepare<[string], { name: string | null }>('SELECT name FROM pragma_index_info(?) ORDER BY seqno')
        .all(index.name)
      const named = index.columns.map((column) => ('name' in column ? column.name : /^\w+/.exec(sqlText(column))?.[0]))
      expect(
        keys.map((key) => key.name),
        index.name,
      ).toEqual(named)
    }

    const sql = raw
      .prepare<[string], { sql: string }>(`SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = ?`)
      .get(name)!.sql
    for (const { value } of config.checks) expect(sql).toContain(`CHECK (${sqlText(value)})`)
    expect(sql.match(/\bCHECK \(/g)?.length ?? 0).toBe(config.checks.length)

    const links = raw
      .prepare(`SELECT "table", "from", lower(on_delete) AS onDelete FROM pragma_foreign_key_list(?)`)
      .all(name)
    expect(links).toEqual(
      config.foreignKeys.map((key) => {
        const reference = key.reference()
        const [from] = reference.columns
        return { table: getTableConfig(reference.foreignTable).name, from: from?.name, onDelete: key.onDelete }
      }),
    )
    expect(sql, 'STRICT').toMatch(/STRICT/)
  },
)

function sqlText(value: unknown): string {
  const { queryChunks } = value as { queryChunks: { value: string[] }[] }
  return queryChunks.flatMap((chunk) => chunk.value).join('')
}
