import { ClutchcutError } from '../../../src-shared/contract/errors.ts'

/** Turns a failed write into what a person can do about it. */
export function writeFailure(path: string): (thrown: unknown) => never {
  return (thrown) => {
    const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : ''
    if (code === 'ENOSPC' || code === 'EDQUOT') {
      throw new ClutchcutError('output/disk-full', 'The disk is full. Make room and try again.', {
        data: { path },
        cause: thrown,
      })
    }
    throw new ClutchcutError('output/not-writable', 'What was measured cannot be kept: its folder is not writable.', {
      data: { path, code },
      cause: thrown,
    })
  }
}

/** A kept features file is missing, damaged or of another version: the recording has to be analysed again. */
export function unusable(path: string, why: string, cause?: unknown): ClutchcutError {
  return new ClutchcutError(
    'features/unusable',
    `What was measured of this recording cannot be read (${why}). It has to be analysed again.`,
    {
      data: { path, why },
      ...(cause === undefined ? {} : { cause }),
    },
  )
}
