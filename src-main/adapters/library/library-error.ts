import { ClutchcutError } from '../../../src-shared/contract/errors.ts'

/**
 * Gives what SQLite or the file system says the one shape, with what to do about it. Anything that is no failure of
 * theirs is returned as it is.
 */
export function libraryError(thrown: unknown, file: string): unknown {
  if (thrown instanceof ClutchcutError || !(thrown instanceof Error)) return thrown
  const code = 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : ''
  const options = { data: { file, code }, cause: thrown }
  const is = (...starts: string[]): boolean => starts.some((start) => code === start || code.startsWith(`${start}_`))

  if (is('SQLITE_BUSY', 'SQLITE_LOCKED', 'SQLITE_PROTOCOL')) {
    return new ClutchcutError(
      'library/busy',
      'The library is in use by another Clutchcut that did not let go of it in time. Try again in a moment.',
      options,
    )
  }
  // A damaged page may also show as a search index that does not open, or as text in place of JSON.
  const isTorn = is('SQLITE_ERROR') && /vtable constructor failed|malformed/.test(thrown.message)
  if (isTorn || thrown instanceof SyntaxError || is('SQLITE_CORRUPT', 'SQLITE_NOTADB', 'SQLITE_FORMAT'))
    return corruptError(file, thrown.message, thrown)
  if (is('SQLITE_FULL') || is('ENOSPC', 'EDQUOT')) {
    return new ClutchcutError(
      'output/disk-full',
      `The disk that holds the library is full (${file}). Free some space and try again; nothing was lost.`,
      options,
    )
  }
  if (is('SQLITE_READONLY', 'SQLITE_PERM', 'SQLITE_AUTH', 'EACCES', 'EPERM', 'EROFS')) {
    return new ClutchcutError(
      'output/not-writable',
      `The library cannot be written (${file}). Allow writing there, or choose another folder with --data-dir.`,
      options,
    )
  }
  if (is('SQLITE_CANTOPEN', 'EISDIR', 'ENOTDIR', 'EEXIST', 'ENAMETOOLONG', 'ENOENT')) {
    return new ClutchcutError(
      'output/not-writable',
      `The library cannot be opened or made (${file}). Check that its folder is a folder and may be written, or ` +
        'choose another one with --data-dir.',
      options,
    )
  }
  if (is('SQLITE_IOERR', 'EIO')) {
    return new ClutchcutError(
      'output/not-writable',
      `The disk answered with an error while the library was read or written (${file}). Network drives and failing ` +
        'disks do this: move the library to a disk of this computer with --data-dir.',
      options,
    )
  }
  return thrown
}

/** The detail of a `library/corrupt` that is no damage. */
export const anotherProgram = "another program's database"

export function corruptError(file: string, detail: string, cause?: unknown): ClutchcutError {
  return new ClutchcutError(
    'library/corrupt',
    `The library is damaged (${file}). Its latest backups lie in the folder "backups" beside it: bring one back with ` +
      '"clutchcut library restore FILE", or make the library anew from your clips with "clutchcut library rebuild".',
    { data: { file, detail }, cause },
  )
}

/** As `libraryError`, for what may also come from elsewhere: only SQLite's own errors are shaped. */
export function sqliteError(thrown: unknown, file: string): unknown {
  return thrown instanceof Error && thrown.name === 'SqliteError' ? libraryError(thrown, file) : thrown
}

/** The same object, whose methods throw `ClutchcutError` where SQLite or the file system failed. */
export function withLibraryErrors<T extends object>(repository: T, file: string): T {
  return new Proxy(repository, {
    get(target, key, receiver): unknown {
      const member: unknown = Reflect.get(target, key, receiver)
      if (typeof member !== 'function') return member
      return (...values: unknown[]): unknown => {
        try {
          return Reflect.apply(member, target, values)
        } catch (thrown) {
          throw libraryError(thrown, file)
        }
      }
    },
  })
}
