import { ClutchcutError } from '../../src-shared/contract/errors.ts'

/** In the place of what this host cannot do. */
export function cannot(what: string): () => never {
  return () => {
    throw new ClutchcutError('usage', `${what} cannot be reached from here. Use the file manager of your system.`)
  }
}
