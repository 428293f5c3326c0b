import { ClutchcutError } from '../../src-shared/contract/errors.ts'
import { implementer } from './implementer.ts'

const { clips } = implementer

export const clipHandlers = {
  list: clips.list.handler(({ input, context }) => context.clips.list(input)),
  update: clips.update.handler(({ input: { id, ...change }, context }) => {
    const clip = context.clips.update(id, change)
    if (clip === undefined) {
      throw new ClutchcutError('library/not-found', `There is no clip ${id} in the library.`, { data: { id } })
    }
    return clip
  }),
}
