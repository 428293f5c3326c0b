import { ClutchcutError } from '../../src-shared/contract/errors.ts'
import { implementer } from './implementer.ts'

const { recordings } = implementer

export const recordingHandlers = {
  list: recordings.list.handler(({ input, context }) => context.recordings.list(input)),
  get: recordings.get.handler(({ input, context }) => {
    const recording = context.recordings.get(input.id) ?? missing(input.id)
    return { recording, segments: context.recordings.segments(input.id) }
  }),
  rename: recordings.rename.handler(({ input: { id, title, game }, context }) => {
    const change = { ...(title !== undefined && { title }), ...(game !== undefined && { game }) }
    return context.recordings.rename(id, change) ?? missing(id)
  }),
  search: recordings.search.handler(({ input: { text, limit, offset }, context }) =>
    context.recordings.search(text, { limit, offset }),
  ),
}

function missing(id: number): never {
  throw new ClutchcutError('library/not-found', `There is no recording ${id} in the library.`, { data: { id } })
}
