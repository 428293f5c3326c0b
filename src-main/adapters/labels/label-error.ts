import { basename } from 'node:path'
import { ClutchcutError } from '../../../src-shared/contract/errors.ts'

/** What may be in a labels file, in one sentence. */
export const understood =
  'Understood are CSV with the columns start and end (or time), and JSON with the same, in seconds (83.5) or as h:mm:ss (0:01:23.5).'

/** Something in the file is wrong; `line` counts from 1. */
export function labelError(path: string, line: number, problem: string): ClutchcutError {
  return new ClutchcutError('input/unsupported', `${basename(path)}, line ${line}: ${problem}`, {
    data: { path, line },
  })
}
