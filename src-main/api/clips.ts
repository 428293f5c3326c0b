import { ClutchcutError } from '../../src-shared/contract/errors.ts'
import { implementer } from './implementer.ts'

const { clips } = implementer

export const clipHandlers = {
  get: clips.get.handler(({ input: { id }, context }) => context.clips.get(id) ?? missing(id)),
  create: clips.create.handler(({ input, context, signal }) => context.clips.create(input, signal)),
  updateMany: clips.updateMany.handler(({ input: { ids, change }, context }) => {
    const changed = context.clips.updateMany(ids, change)
    if (changed !== undefined) return changed
    throw new ClutchcutError('library/not-found', 'One of these clips is no longer in the library. None was changed.')
  }),
  remove: clips.remove.handler(({ input: { ids }, context }) => ({ count: context.clips.remove(ids) })),
  list: clips.list.handler(({ input, context }) => context.clips.list(input)),
  update: clips.update.handler(
    ({ input: { id, ...change }, context }) => context.clips.update(id, change) ?? missing(id),
  ),
  edits: clips.edits.handler(({ input, context }) => context.clipEdits.edits(input)),
  edit: clips.edit.handler(({ input, context }) => context.clipEdits.edit(input)),
  undo: clips.undo.handler(({ input, context }) => context.clipEdits.undo(input)),
  redo: clips.redo.handler(({ input, context }) => context.clipEdits.redo(input)),
}

function missing(id: number): never {
  throw new ClutchcutError('library/not-found', `There is no clip ${id} in the library.`, { data: { id } })
}
