import type { EditState } from '../../src-shared/contract/clip-edit.ts'
import { ClutchcutError } from '../../src-shared/contract/errors.ts'
import type { ClipEditLogs } from '../adapters/library/clip-edits.ts'
import type { ApiDeps } from '../api/deps.ts'

/** What is asked of clips' logs of edits; `changed` hears of each clip that is another afterwards. */
export function connectClipEdits(logs: ClipEditLogs, changed: (clipId: number) => void): ApiDeps['clipEdits'] {
  const told = (id: number, state: EditState | undefined): EditState => {
    changed(id)
    return there(id, state)
  }
  return {
    edits: ({ id }) => there(id, logs.state(id)),
    edit: ({ id, edit, expected }) => told(id, logs.edit(id, edit, { expected })),
    undo: ({ id, expected }) => told(id, logs.undo(id, { expected })),
    redo: ({ id, expected }) => told(id, logs.redo(id, { expected })),
  }
}

function there(id: number, state: EditState | undefined): EditState {
  if (state !== undefined) return state
  throw new ClutchcutError('library/not-found', `There is no clip ${id} in the library.`, { data: { id } })
}
