import { execFileSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { connect } from '../../../../../src-main/adapters/library/connect.ts'
import { networkFolderHint } from '../../../../../src-main/adapters/library/data-folder.ts'
import { migrate, readMigrations } from '../../../../../src-main/adapters/library/migrate.ts'
import { openLibrary } from '../../../../../src-main/adapters/library/open-library.ts'
import { makeLibraryOfVersion, populateVersion1 } from '../../../../migrations/harness.ts'
import { fillLibrary } from '../../../../helpers/fill-library.ts'
import { tempFolder } from '../../../../helpers/temp-folder.ts'

const folder = tempFolder('clutchcut-open')
let count = 0
const fresh = (): string => join(folder, String(count++))
const failing = (code: string) => expect.objectContaining({ code }) as Error

describe('a new library', () => {
  test('has its folders, its log and its settings', () => {
    const root = join(fresh(), 'deep', 'down')
    const library = openLibrary(root)
    expect(readdirSync(root).toSorted()).toEqual(expect.arrayContaining(['backups', 'features', 'library.db', 'logs']))
    const { raw } = library.connection
    const pragma = (name: string) => raw.pragma(name, { simple: true })
    expect(pragma('journal_mode')).toBe('wal')
    expect(pragma('foreign_keys')).toBe(1)
    expect(pragma('busy_timeout')).toBe(5000)
    expect(pragma('synchronous')).toBe(1)
    expect(pragma('user_version')).toBe(readMigrations().length)
    library.close()
    library.close()
  })

  test.skipIf(process.platform === 'win32')('is private', () => {
    const root = fresh()
    openLibrary(root).close()
    expect(statSync(root).mode & 0o077).toBe(0)
  })

  test('opened again is the same', () => {
    const root = fresh()
    const first = openLibrary(root)
    fillLibrary(first, { recordings: 3, clipsEach: 2, linesEach: 1 })
    const before = first.recordings.list()
    first.close()
    const second = openLibrary(root)
    expect(second.recordings.list()).toEqual(before)
    expect(readdirSync(join(root, 'backups'))).toEqual([])
    second.close()
  })

  test('tells when another connection wrote', () => {
    const root = fresh()
    const [a, b] = [openLibrary(root), openLibrary(root)]
    const before = a.dataVersion()
    a.settings.change({ clipsPerHour: 3 })
    expect(a.dataVersion()).toBe(before)
    b.settings.change({ clipsPerHour: 4 })
    expect(a.dataVersion()).not.toBe(before)
    expect(a.settings.get().clipsPerHour).toBe(4)
    a.close()
    b.close()
  })
})

describe('a library that cannot be used is refused as it is', () => {
  const bytes = (root: string) => readFileSync(join(root, 'library.db'))

  test('written by a newer program', () => {
    const root = fresh()
    const library = openLibrary(root)
    fillLibrary(library, { recordings: 2, clipsEach: 1, linesEach: 0 })
    library.connection.raw.pragma('user_version = 900')
    library.close()
    const before = bytes(root)
    expect(() => openLibrary(root)).toThrow(failing('library/newer'))
    expect(bytes(root).equals(before)).toBe(true)
    expect(readdirSync(root).toSorted()).toEqual(['backups', 'features', 'library.db', 'logs'])
  })

  test('written by a newer program that was killed: its version is only in the log', () => {
    const root = fresh()
    const copy = fresh()
    const library = openLibrary(root)
    library.connection.raw.pragma('wal_checkpoint(TRUNCATE)')
    library.connection.raw.pragma('user_version = 900')
    mkdirSync(copy)
    for (const name of ['library.db', 'library.db-wal']) cpSync(join(root, name), join(copy, name))
    library.close()
    const before = [bytes(copy), readFileSync(join(copy, 'library.db-wal'))]
    expect(() => openLibrary(copy)).toThrow(failing('library/newer'))
    expect([bytes(copy), readFileSync(join(copy, 'library.db-wal'))]).toEqual(before)
  })

  test.each([
    ['text', (file: string) => writeFileSync(file, 'hello, I am no database\n'.repeat(10))],
    ['a few bytes', (file: string) => writeFileSync(file, 'SQLite format 3\0')],
    ['a cut file', (file: string) => truncateSync(file, 20_000)],
    [
      'a file full of holes',
      (file: string) => {
        const content = readFileSync(file)
        content.fill(0xaa, 100, 8192)
        writeFileSync(file, content)
      },
    ],
  ])('damaged: %s', (_, damage) => {
    const root = fresh()
    const library = openLibrary(root)
    fillLibrary(library, { recordings: 30, clipsEach: 5, linesEach: 5 })
    library.close()
    damage(join(root, 'library.db'))
    const before = bytes(root)
    const use = () => {
      const opened = openLibrary(root)
      try {
        opened.recordings.list({ limit: 500 })
        opened.clips.list({ limit: 500 })
        opened.search.find('ace')
      } finally {
        opened.close()
      }
    }
    expect(use).toThrow(failing('library/corrupt'))
    expect(use).toThrow(/library restore/)
    expect(bytes(root).equals(before)).toBe(true)
  })

  test("another program's database", () => {
    for (const version of [0, 1]) {
      const root = fresh()
      mkdirSync(root)
      const { raw } = connect(join(root, 'library.db'))
      raw.exec('CREATE TABLE theirs (x)')
      raw.pragma(`user_version = ${version}`)
      raw.close()
      expect(() => openLibrary(root)).toThrow(failing('library/corrupt'))
      const again = connect(join(root, 'library.db'), { readonly: true })
      expect(again.raw.prepare('SELECT name FROM sqlite_schema').pluck().all()).toEqual(['theirs'])
      again.raw.close()
    }
  })

  test('where the folder is a file', () => {
    const root = fresh()
    writeFileSync(root, '')
    expect(() => openLibrary(root)).toThrow(failing('output/not-writable'))
    expect(() => openLibrary(join(root, 'below'))).toThrow(failing('output/not-writable'))
  })

  test('where library.db is a folder', () => {
    const root = fresh()
    mkdirSync(join(root, 'library.db'), { recursive: true })
    expect(() => openLibrary(root)).toThrow(failing('output/not-writable'))
  })

  test('while another process writes for too long', () => {
    const root = fresh()
    const other = openLibrary(root)
    other.connection.raw.exec('BEGIN IMMEDIATE')
    const library = openLibrary(root, { busyTimeoutMs: 50 })
    expect(() => library.settings.change({ clipsPerHour: 2 })).toThrow(failing('library/busy'))
    other.connection.raw.exec('ROLLBACK')
    expect(library.settings.change({ clipsPerHour: 2 }).clipsPerHour).toBe(2)
    other.close()
    library.close()
  })
})

describe('disks', () => {
  test('a full one: a clear error, and the library is as it was', () => {
    const root = fresh()
    const library = openLibrary(root)
    const { raw } = library.connection
    raw.pragma('wal_checkpoint(TRUNCATE)')
    // What SQLite answers on a full disk, without filling one.
    raw.pragma(`max_page_count = ${Number(raw.pragma('page_count', { simple: true })) + 4}`)
    expect(() => fillLibrary(library, { recordings: 100, clipsEach: 5, linesEach: 5 })).toThrow(
      failing('output/disk-full'),
    )
    expect(library.recordings.list().total).toBe(0)
    expect(raw.pragma('integrity_check', { simple: true })).toBe('ok')
    library.close()
  })

  /** A small disk of its own where the system allows one; a container often does not. */
  function mounted(options: string, use: (root: string) => void): boolean {
    const root = fresh()
    mkdirSync(root)
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', root], { stdio: 'ignore' })
    } catch {
      return false
    }
    try {
      if (options !== '') execFileSync('mount', ['-o', `remount,${options}`, root], { stdio: 'ignore' })
      use(root)
    } finally {
      execFileSync('umount', [root])
    }
    return true
  }

  test('a really full one', ({ skip }) => {
    const done = mounted('', (root) => {
      writeFileSync(join(root, 'filler'), Buffer.alloc(200 * 1024))
      expect(() => openLibrary(root)).toThrow(failing('output/disk-full'))
    })
    if (!done) skip('this system lets nobody mount a small disk')
  })

  test('a read-only one', ({ skip }) => {
    const done = mounted('ro', (root) => {
      expect(() => openLibrary(root)).toThrow(failing('output/not-writable'))
    })
    if (!done) skip('this system lets nobody mount a small disk')
  })

  test.each([
    ['win32', '\\\\server\\share\\Clutchcut', null, true],
    ['win32', '//server/share', null, true],
    ['win32', '\\\\?\\UNC\\server\\share', null, true],
    ['win32', '\\\\?\\C:\\Users\\me', null, false],
    ['win32', '\\\\.\\C:\\Users\\me', null, false],
    ['win32', 'C:\\Users\\me', null, false],
    ['linux', '/mnt/nas', 0x6969, true],
    ['linux', '/mnt/nas', 0xff534d42, true],
    ['linux', '/home/me', 0xef53, false],
    ['linux', '/gone', null, false],
    ['darwin', '/Users/me', 0x6969, false],
  ] as const)('%s: %s on a network drive (type %s): %s', (platform, path, type, expected) => {
    expect(networkFolderHint(path, platform, () => type) !== null).toBe(expected)
  })
})

describe('migrations', () => {
  const broken = (sql: string) => [
    ...readMigrations(),
    { number: readMigrations().length + 1, name: '9999_broken', sql },
  ]

  test('one that fails halfway leaves nothing behind, and the copy made before it is there', () => {
    const root = fresh()
    makeLibraryOfVersion(root, 1, populateVersion1)
    openLibrary(root).close()
    const migrations = broken('CREATE TABLE half (x); INSERT INTO absent VALUES (1);')
    expect(() => openLibrary(root, { migrations })).toThrow(/absent/)
    const library = openLibrary(root)
    expect(library.connection.raw.prepare(`SELECT count(*) FROM sqlite_schema WHERE name = 'half'`).pluck().get()).toBe(
      0,
    )
    expect(library.clips.get(3)?.title).toBe('The clutch')
    library.close()
    expect(
      readdirSync(join(root, 'backups')).filter((name) =>
        name.includes(`before-${String(readMigrations().length).padStart(4, '0')}`),
      ),
    ).toHaveLength(1)
  })

  test('one that would leave rows that refer to nothing is undone', () => {
    const root = fresh()
    makeLibraryOfVersion(root, 2, populateVersion1)
    expect(() => openLibrary(root, { migrations: broken('DELETE FROM recordings;') })).toThrow(/damaged/)
    const library = openLibrary(root)
    expect(library.recordings.list().total).toBe(2)
    library.close()
  })

  test('foreign keys are on again afterwards, and off while a table is built anew', () => {
    const root = fresh()
    makeLibraryOfVersion(root, 2, populateVersion1)
    const rebuild = `CREATE TABLE new_sessions (id INTEGER PRIMARY KEY, title TEXT NOT NULL DEFAULT '', started_at INTEGER,
        added_at INTEGER NOT NULL, happened_at INTEGER GENERATED ALWAYS AS (coalesce(started_at, added_at)) VIRTUAL) STRICT;
      INSERT INTO new_sessions (id, title, started_at, added_at) SELECT id, title, started_at, added_at FROM sessions;
      DROP TABLE sessions;
      ALTER TABLE new_sessions RENAME TO sessions;`
    const library = openLibrary(root, { migrations: broken(rebuild) })
    expect(library.recordings.get(7)?.sessionId).toBe(1)
    expect(library.connection.raw.pragma('foreign_keys', { simple: true })).toBe(1)
    library.close()
    expect(() => openLibrary(root)).toThrow(failing('library/newer'))
  })

  test('only the newest five copies are kept, and never one that a person made', () => {
    const root = fresh()
    let now = Date.UTC(2026, 0, 1)
    const library = openLibrary(root, { now: () => (now += 1000) })
    writeFileSync(join(root, 'backups', 'mine.db'), '')
    const made = Array.from({ length: 8 }, () => library.backUp('test'))
    expect(made.map((file) => existsSync(file))).toEqual([false, false, false, true, true, true, true, true])
    expect(existsSync(join(root, 'backups', 'mine.db'))).toBe(true)
    library.close()
  })

  test('numbers have no gaps', () => {
    const bad = fresh()
    mkdirSync(bad)
    writeFileSync(join(bad, '0001_a.sql'), '')
    writeFileSync(join(bad, '0003_c.sql'), '')
    expect(() => readMigrations(bad)).toThrow('0003_c.sql should have the number 2')
  })

  test('two connections that migrate in turns meet at the end', () => {
    const root = fresh()
    mkdirSync(root)
    const file = join(root, 'library.db')
    const [a, b] = [connect(file), connect(file)]
    expect(migrate(a.raw, readMigrations().slice(0, 1), file, 0)).toEqual([1])
    const rest = readMigrations()
      .map((_, i) => i + 1)
      .slice(1)
    expect(migrate(b.raw, readMigrations(), file, 0)).toEqual(rest)
    expect(migrate(a.raw, readMigrations(), file, 0)).toEqual([])
    a.raw.close()
    b.raw.close()
  })
})
