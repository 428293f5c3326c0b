import type { ClipEdit } from '../../contract/clip-edit.ts'
import type { ClipEdits } from '../../contract/edits.ts'
import { ClutchcutError } from '../../contract/errors.ts'
import { applyEdit, type EditContext } from './apply-edit.ts'

/** An entry of a clip's log. Entries are only ever added. */
export type LogEntry =
  { readonly kind: 'edit'; readonly edit: ClipEdit } | { readonly kind: 'undo' } | { readonly kind: 'redo' }

export interface FoldedEdits {
  readonly edits: ClipEdits
  readonly canUndo: boolean
  readonly canRedo: boolean
}

/**
 * What a log comes to. Undo goes back by one edit, redo forward again; after a new edit nothing that was undone before
 * it can be redone, though its entries stay. What cannot be done any more is left out, so any log has a value.
 */
export function foldEdits(start: ClipEdits, entries: readonly LogEntry[], context: EditContext): FoldedEdits {
  let edits = start
  const past: ClipEdits[] = []
  let future: ClipEdits[] = []
  for (const entry of entries) {
    if (entry.kind === 'edit') {
      const next = applyEdit(edits, entry.edit, context)
      if (next instanceof ClutchcutError) continue
      past.push(edits)
      future = []
      edits = next
      continue
    }
    const [from, to] = entry.kind === 'undo' ? [past, future] : [future, past]
    const other = from.pop()
    if (other === undefined) continue
    to.push(edits)
    edits = other
  }
  return { edits, canUndo: past.length > 0, canRedo: future.length > 0 }
}
