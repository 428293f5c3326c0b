import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { StoredClip } from '../../../src-shared/contract/clip.ts'
import { announce } from '../../announce.ts'
import { useApi } from '../../api-context.tsx'
import { useProblemToast } from '../../components/problem-toast.ts'
import { emptyQueue, goTo, moveBy, withFound } from './review-queue.ts'

type Change = Partial<Pick<StoredClip, 'state' | 'favourite' | 'title'>>

/** Decisions that can be taken back, one after the other. */
const MOST_UNDO = 200

/** The clips that wait for a decision, where one is among them, and what is decided. */
export function useReview(recordingId: number | undefined) {
  const { t } = useTranslation()
  const { client, queries } = useApi()
  const cache = useQueryClient()
  const tellProblem = useProblemToast()
  const [queue, setQueue] = useState(emptyQueue)
  const done = useRef<{ id: number; before: Change }[]>([])
  const [undoable, setUndoable] = useState(0)
  const of = recordingId === undefined ? {} : { recordingId }
  const found = useQuery(queries.clips.list.queryOptions({ input: { ...of, state: 'candidate', limit: 500 } }))
  const [seen, setSeen] = useState<ReadonlyMap<number, StoredClip>>(new Map())

  useEffect(() => {
    const items = found.data?.items
    if (items === undefined) return
    setSeen((known) => new Map([...known, ...items.map((clip) => [clip.id, clip] as const)]))
    setQueue((now) => withFound(now, items))
  }, [found.data])

  const update = useMutation({
    mutationFn: ({ id, change }: { id: number; change: Change }) => client.clips.update({ id, ...change }),
    onSuccess: (clip) => setSeen((known) => new Map(known).set(clip.id, clip)),
    onError(error) {
      tellProblem(error)
      void cache.invalidateQueries({ queryKey: queries.clips.key() })
    },
  })

  const clipAt = (at: number): StoredClip | undefined => {
    const id = queue.ids[at]
    return id === undefined ? undefined : seen.get(id)
  }
  const current = clipAt(queue.at)
  const counts = useMemo(() => {
    const states = queue.ids.map((id) => seen.get(id)?.state)
    return {
      kept: states.filter((state) => state === 'kept').length,
      rejected: states.filter((state) => state === 'rejected').length,
    }
  }, [queue.ids, seen])

  function change(clip: StoredClip, wish: Change): void {
    const before: Change = { state: clip.state, favourite: clip.favourite, title: clip.title }
    done.current = [...done.current, { id: clip.id, before }].slice(-MOST_UNDO)
    setUndoable(done.current.length)
    // Seen at once; what the engine answers follows.
    setSeen((known) => new Map(known).set(clip.id, { ...clip, ...wish }))
    update.mutate({ id: clip.id, change: wish })
  }

  return {
    loading: found.isPending,
    error: found.error,
    refetch: () => void found.refetch(),
    current,
    next: clipAt(queue.at + 1),
    previous: clipAt(queue.at - 1),
    position: queue.at,
    total: queue.ids.length,
    counts,
    /** Those that were kept here. */
    kept: () => queue.ids.flatMap((id) => seen.get(id) ?? []).filter(({ state }) => state === 'kept'),
    canUndo: undoable > 0,
    move: (by: number) => setQueue((now) => moveBy(now, by)),
    decide(state: 'kept' | 'rejected') {
      if (current === undefined) return
      change(current, { state })
      announce(t(`review.decided.${state}`))
      setQueue((now) => moveBy(now, 1))
    },
    favourite: () => current !== undefined && change(current, { favourite: !current.favourite }),
    rename: (title: string) => current !== undefined && title.trim() !== '' && change(current, { title: title.trim() }),
    undo() {
      const last = done.current.pop()
      if (last === undefined) return
      setUndoable(done.current.length)
      const clip = seen.get(last.id)
      if (clip !== undefined) setSeen((known) => new Map(known).set(clip.id, { ...clip, ...last.before }))
      update.mutate({ id: last.id, change: last.before })
      setQueue((now) => goTo(now, last.id))
      announce(t('review.undone'))
    },
  }
}
