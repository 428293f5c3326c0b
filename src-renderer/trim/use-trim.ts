import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { toast } from 'sonner'
import type { ClipEdit, EditState } from '../../src-shared/contract/clip-edit.ts'
import type { Ticks } from '../../src-shared/contract/time.ts'
import { useApi } from '../api-context.tsx'
import { useProblemToast } from '../components/problem-toast.ts'

export interface Trim {
  /** While it is dragged, what it would become; else as it is. Null until it is known. */
  readonly span: { readonly start: Ticks; readonly end: Ticks } | null
  readonly canUndo: boolean
  readonly canRedo: boolean
  /** `done` false while dragging: nothing is kept yet. */
  change(span: { start: Ticks; end: Ticks }, done: boolean): void
  edit(edit: ClipEdit): void
  undo(): void
  redo(): void
}

/** Beginning and end of a clip, kept the moment they change, with undo and redo. `clipId` null: of nothing. */
export function useTrim(clipId: number | null): Trim {
  const { t } = useTranslation()
  const { client, queries } = useApi()
  const queryClient = useQueryClient()
  const tellProblem = useProblemToast()
  const [dragged, setDragged] = useState<{ clipId: number; start: Ticks; end: Ticks } | null>(null)
  const input = { id: clipId ?? 0 }
  const state = useQuery({ ...queries.clips.edits.queryOptions({ input }), enabled: clipId !== null })
  const revision = state.data?.revision ?? 0

  const change = useMutation({
    mutationFn: async (does: ClipEdit | 'undo' | 'redo'): Promise<EditState> => {
      const call = { ...input, expected: revision }
      if (does === 'undo') return client.clips.undo(call)
      if (does === 'redo') return client.clips.redo(call)
      return client.clips.edit({ ...call, edit: does })
    },
    onSuccess(next, does) {
      queryClient.setQueryData(queries.clips.edits.queryKey({ input }), next)
      if (does === 'undo') toast(t('trim.undone'))
    },
    onError(error) {
      // Another window was faster, or the span cannot be: what is true is shown again.
      tellProblem(error)
      void state.refetch()
    },
    onSettled: () => setDragged(null),
  })

  const parts = state.data?.edits.parts
  const kept =
    parts === undefined
      ? null
      : { start: Math.min(...parts.map((part) => part.start)), end: Math.max(...parts.map((part) => part.end)) }
  return {
    span: dragged !== null && dragged.clipId === clipId ? dragged : kept,
    canUndo: state.data?.canUndo ?? false,
    canRedo: state.data?.canRedo ?? false,
    change({ start, end }, done) {
      if (clipId === null || start >= end) return
      setDragged({ clipId, start, end })
      if (done) change.mutate({ kind: 'trim', start, end })
    },
    edit: (edit) => change.mutate(edit),
    undo: () => change.mutate('undo'),
    redo: () => change.mutate('redo'),
  }
}
