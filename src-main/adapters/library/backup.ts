import { closeSync, existsSync, fsyncSync, linkSync, openSync, renameSync, rmSync, statSync } from 'node:fs'
import { basename, dirname, extname, join, resolve } from 'node:path'
import { databaseProblems } from './check-database.ts'
import { connect, type Connection } from './connect.ts'
import { corruptError, libraryError } from './library-error.ts'

export interface BackupResult {
  readonly path: string
  readonly bytes: number
}

export interface BackupOptions {
  signal?: AbortSignal | undefined
  onProgress?: (fraction: number) => void
}

// 8 MiB a step: other work goes on between steps, and a writing neighbour cannot make it start over for ever.
const pagesAtATime = 2048

/**
 * Copies the library to `target` while it is in use. The copy is checked before it gets its name; an existing file is
 * never replaced, the new one is numbered then. Returns where it lies.
 */
export async function backUpLibrary(
  connection: Connection,
  target: string,
  { signal, onProgress }: BackupOptions = {},
): Promise<BackupResult> {
  const wanted = resolve(target)
  const partial = `${wanted}.${process.pid}.partial`
  try {
    await connection.raw.backup(partial, {
      progress({ totalPages, remainingPages }) {
        signal?.throwIfAborted()
        if (totalPages > 0) onProgress?.(1 - remainingPages / totalPages)
        return pagesAtATime
      },
    })
    signal?.throwIfAborted()
    seal(partial)
    const path = giveName(partial, wanted)
    return { path, bytes: statSync(path).size }
  } catch (thrown) {
    throw libraryError(thrown, wanted)
  } finally {
    for (const ending of ['', '-journal', '-wal', '-shm']) rmSync(`${partial}${ending}`, { force: true })
  }
}

/** Makes the copy one file that needs no log beside it, checks it and brings it to the disk. */
function seal(file: string): void {
  const { raw } = connect(file)
  try {
    raw.pragma('journal_mode = DELETE')
    const problems = databaseProblems(raw)
    if (problems.length > 0) throw corruptError(file, problems.join('; '))
  } finally {
    raw.close()
  }
  const handle = openSync(file, 'r+')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

function giveName(partial: string, wanted: string): string {
  for (let number = 1; ; number += 1) {
    const path = number === 1 ? wanted : numbered(wanted, number)
    try {
      // Unlike a rename, a link never replaces what is there.
      linkSync(partial, path)
      return path
    } catch (thrown) {
      if (thrown instanceof Error && 'code' in thrown && thrown.code === 'EEXIST') continue
      if (existsSync(path)) continue
      // A file system without links.
      renameSync(partial, path)
      return path
    }
  }
}

function numbered(path: string, number: number): string {
  const ending = extname(path)
  return join(dirname(path), `${basename(path, ending)} (${number})${ending}`)
}
