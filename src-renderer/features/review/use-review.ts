import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { StoredClip } from '../../../src-shared/contract/clip.ts'
import { announce } from '../../announce.ts'
import { useApi } from '../../api-context.tsx'
import { useProblemToast } from '../../components/problem-toast.ts'
import { withoutTrim, withStep, type ReviewLog } from './review-log.ts'
import { rememberedPlace, rememberPlace } from './review-place.ts'
import { emptyQueue, goTo, moveBy, withFound } from './review-queue.ts'

type Change = Partial<Pick<StoredClip, 'state' | 'favourite' | 'title'>>

/** The clips that wait for a decision, where one is among them, and what is decided. */
export function useReview(recordingId: number | undefined) {
  const { t } = useTranslation()
  const { client, queries } = useApi()
  const cache = useQueryClient()
  const tellProblem = useProblemToast()
  const [queue, setQueue] = useState(emptyQueue)
  const log = useRef<ReviewLog>([])
  const [undoable, setUndoable] = useState(0)
  const of = recordingId === undefined ? {} : { recordingId }
  const found = useQuery(queries.clips.list.queryOptions({ input: { ...of, state: 'candidate', limit: 500 } }))
  const missing = useQuery(queries.recordings.list.queryOptions({ input: { state: 'missing', limit: 500 } }))
  const [seen, setSeen] = useState<ReadonlyMap<number, StoredClip>>(new Map())

  const gone = useMemo(() => new Set(missing.data?.items.map(({ id }) => id)), [missing.data])
  const settled = !missing.isPending
  useEffect(() => {
    const items = found.data?.items
    if (items === undefined || !settled) return
    const shown = items.filter((clip) => !gone.has(clip.recordingId))
    setSeen((known) => new Map([...known, ...shown.map((clip) => [clip.id, clip] as const)]))
    setQueue((now) => {
      const next = withFound(now, shown)
      const place = now === emptyQueue ? rememberedPlace(recordingId) : null
      return place === null ? next : goTo(next, place)
    })
  }, [found.data, gone, settled, recordingId])

  const update = useMutation({
    // In the order in which they were decided, also where a line is slow.
    scope: { id: 'review' },
    mutationFn: ({ id, change }: { id: number; change: Change }) => client.clips.update({ id, ...change }),
    onSuccess: (clip) => setSeen((known) => new Map(known).set(clip.id, clip)),
    onError(error) {
      tellProblem(error)
      void cache.invalidateQueries({ queryKey: queries.clips.key() })
    },
  })
  const untrim = useMutation({
    mutationFn: (id: number) => client.clips.undo({ id }),
    onSuccess: (state, id) => cache.setQueryData(queries.clips.edits.queryKey({ input: { id } }), state),
    onError: tellProblem,
  })

  const clipAt = (at: number): StoredClip | undefined => {
    const id = queue.ids[at]
    return id === undefined ? undefined : seen.get(id)
  }
  const current = clipAt(queue.at)
  const currentId = current?.id
  const begun = queue !== emptyQueue
  useEffect(() => {
    if (begun) rememberPlace(recordingId, currentId)
  }, [begun, recordingId, currentId])

  const counts = useMemo(() => {
    const states = queue.ids.map((id) => seen.get(id)?.state)
    return {
      kept: states.filter((state) => state === 'kept').length,
      rejected: states.filter((state) => state === 'rejected').length,
    }
  }, [queue.ids, seen])

  const setLog = useCallback((next: ReviewLog): void => {
    log.current = next
    setUndoable(next.length)
  }, [])

  function change(clip: StoredClip, wish: Change): void {
    const before: Change = { state: clip.state, favourite: clip.favourite, title: clip.title }
    setLog(withStep(log.current, { kind: 'change', id: clip.id, before }))
    // Seen at once; what the engine answers follows.
    setSeen((known) => new Map(known).set(clip.id, { ...clip, ...wish }))
    update.mutate({ id: clip.id, change: wish })
  }

  return {
    loading: found.isPending || !settled,
    error: found.error,
    refetch: () => void found.refetch(),
    current,
    /** Those that come next; what has to be encoded first takes longer than the look at one clip. */
    following: [clipAt(queue.at + 1), clipAt(queue.at + 2)].filter((clip) => clip !== undefined),
    previous: clipAt(queue.at - 1),
    position: queue.at,
    total: queue.ids.length,
    counts,
    /** Candidates that are left out, because their recordings' files are not there. */
    leftOut: (found.data?.items ?? []).filter((clip) => gone.has(clip.recordingId)).length,
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
    favourite() {
      if (current === undefined) return
      change(current, { favourite: !current.favourite })
      announce(t(current.favourite ? 'review.unmarked' : 'review.marked'))
    },
    rename(title: string) {
      if (current === undefined || title.trim() === '') return
      change(current, { title: title.trim() })
      announce(t('review.renamed'))
    },
    /** What the trim of a clip tells: trims and decisions are taken back in the order in which they were made. */
    trimmed: useCallback(
      (id: number, does: 'edit' | 'undo' | 'redo') =>
        setLog(does === 'undo' ? withoutTrim(log.current, id) : withStep(log.current, { kind: 'trim', id })),
      [setLog],
    ),
    undo() {
      const last = log.current.at(-1)
      if (last === undefined) return
      setLog(log.current.slice(0, -1))
      if (last.kind === 'trim') untrim.mutate(last.id)
      else {
        const clip = seen.get(last.id)
        if (clip !== undefined) setSeen((known) => new Map(known).set(clip.id, { ...clip, ...last.before }))
        update.mutate({ id: last.id, change: last.before })
      }
      setQueue((now) => goTo(now, last.id))
      announce(t('review.undone'))
    },
  }
}
