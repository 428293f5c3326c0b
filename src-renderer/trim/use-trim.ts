import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { toast } from 'sonner'
import type { ClipEdit, EditState } from '../../src-shared/contract/clip-edit.ts'
import type { Ticks } from '../../src-shared/contract/time.ts'
import { spanOfParts } from '../../src-shared/domain/edits/edited-clip.ts'
import { announce } from '../announce.ts'
import { useApi } from '../api-context.tsx'
import { useProblemToast } from '../components/problem-toast.ts'

interface Span {
  readonly start: Ticks
  readonly end: Ticks
}

export interface Trim {
  /** While it is dragged, what it would become; else as it is. Null until it is known. */
  readonly span: Span | null
  readonly canUndo: boolean
  readonly canRedo: boolean
  /** `done` false while dragging: nothing is kept yet. Null: it was given up. */
  change(span: Span | null, done: boolean): void
  edit(edit: ClipEdit): void
  undo(): void
  redo(): void
}

interface Step {
  /** Which clip, even if another one is looked at by the time it is answered. */
  readonly id: number
  readonly does: ClipEdit | 'undo' | 'redo'
  readonly dragged?: Span
}

/**
 * Beginning and end of a clip, kept the moment they change, with undo and redo. `clipId` null: of nothing. `onEdited`
 * is told what came to pass.
 */
export function useTrim(clipId: number | null, onEdited?: (id: number, does: 'edit' | 'undo' | 'redo') => void): Trim {
  const { t } = useTranslation()
  const { client, queries } = useApi()
  const queryClient = useQueryClient()
  const tellProblem = useProblemToast()
  const [dragged, setDragged] = useState<(Span & { readonly clipId: number }) | null>(null)
  const keyOf = (id: number) => queries.clips.edits.queryKey({ input: { id } })
  const state = useQuery({
    ...queries.clips.edits.queryOptions({ input: { id: clipId ?? 0 } }),
    enabled: clipId !== null,
  })

  const change = useMutation({
    // One after the other: each is meant for the revision that the one before it made.
    scope: { id: 'trim' },
    mutationFn: async ({ id, does }: Step): Promise<EditState> => {
      const call = { id, expected: queryClient.getQueryData<EditState>(keyOf(id))?.revision ?? 0 }
      const next =
        does === 'undo'
          ? await client.clips.undo(call)
          : does === 'redo'
            ? await client.clips.redo(call)
            : await client.clips.edit({ ...call, edit: does })
      // Before the next one begins.
      queryClient.setQueryData(keyOf(id), next)
      return next
    },
    onSuccess(_next, { id, does }) {
      if (does === 'undo') {
        announce(t('trim.undone'))
        toast(t('trim.undone'), { id: 'trim' })
      }
      onEdited?.(id, typeof does === 'string' ? does : 'edit')
    },
    onError(error, { id }) {
      // Another window was faster, or the span cannot be: what is true is shown again.
      tellProblem(error)
      void queryClient.invalidateQueries({ queryKey: keyOf(id) })
    },
    onSettled: (_data, _error, step) => setDragged((now) => (now === step.dragged ? null : now)),
  })

  const parts = state.data?.edits.parts
  const kept = parts === undefined ? null : spanOfParts(parts)
  const step = (does: Step['does']): void => {
    if (clipId !== null) change.mutate({ id: clipId, does })
  }
  return {
    span: dragged !== null && dragged.clipId === clipId ? dragged : kept,
    canUndo: state.data?.canUndo ?? false,
    canRedo: state.data?.canRedo ?? false,
    change(span, done) {
      if (clipId === null) return
      if (span === null) {
        setDragged(null)
        return
      }
      const { start, end } = span
      if (start >= end) {
        if (!done) return
        announce(t('trim.order'))
        toast(t('trim.order'), { id: 'trim' })
        return
      }
      const next = { clipId, start, end }
      setDragged(next)
      if (done) change.mutate({ id: clipId, does: { kind: 'trim', start, end }, dragged: next })
    },
    edit: step,
    undo: () => step('undo'),
    redo: () => step('redo'),
  }
}
