import { ClutchcutError } from '../../../src-shared/contract/errors.ts'

/** An error of the file system as what it means for the person who waits for the file. */
export function outputError(path: string, thrown: unknown): ClutchcutError | null {
  const code = codeOf(thrown)
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new ClutchcutError(
      'output/disk-full',
      `The disk is full: ${path} could not be written. Make room and try again.`,
      {
        data: { path },
        cause: thrown,
      },
    )
  }
  const why = {
    EACCES: 'permission is missing',
    EPERM: 'permission is missing, or another program holds it',
    EBUSY: 'another program holds it',
    EROFS: 'the disk is read-only',
    ENOTDIR: 'there is a file in place of a folder',
    EEXIST: 'there is a file in its place',
    ENOENT: 'its folder does not exist',
    ENAMETOOLONG: 'the name is too long for this disk',
    ELOOP: 'its links lead in a circle',
  }[code]
  return why === undefined ? null : notWritable(path, why, thrown)
}

export function notWritable(path: string, why: string, cause?: unknown): ClutchcutError {
  return new ClutchcutError('output/not-writable', `${path} cannot be written: ${why}. Choose another place.`, {
    data: { path },
    cause,
  })
}

/** Rethrows what a file function threw, as `outputError` where that knows it. */
export function translate(path: string): (thrown: unknown) => never {
  return (thrown) => {
    throw outputError(path, thrown) ?? thrown
  }
}

/** The system's name of an error (`ENOENT`), or nothing. */
export function codeOf(thrown: unknown): string {
  return thrown instanceof Error && 'code' in thrown ? String(thrown.code) : ''
}
