import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { toast } from 'sonner'
import type { Clip } from '../../../src-shared/contract/clip.ts'
import type { Ticks } from '../../../src-shared/contract/time.ts'
import { ticksFromSeconds } from '../../../src-shared/domain/time.ts'
import { announce } from '../../announce.ts'
import { useApi } from '../../api-context.tsx'
import { useProblemToast } from '../../components/problem-toast.ts'
import type { Span } from '../../timeline/scene.ts'
import type { ListedMoment } from './moments.ts'

/** A clip made by hand lies so far around where it was made. */
const AROUND = ticksFromSeconds(7.5)

/** What is done with moments: kept, rejected, marked, made. Each says so, and can be taken back. */
export function useMomentActions(
  recordingId: number,
  moments: readonly ListedMoment[],
  onChoose: (id: number) => void,
) {
  const { t } = useTranslation()
  const { client, queries } = useApi()
  const cache = useQueryClient()
  const tellProblem = useProblemToast()
  const latest = useRef(moments)
  latest.current = moments

  const update = useMutation({
    mutationFn: (change: { id: number } & Partial<Pick<Clip, 'state' | 'favourite' | 'title'>>) =>
      client.clips.update(change),
    // Seen at once; the event that follows brings what is true.
    onMutate({ id, ...change }) {
      for (const [key, page] of cache.getQueriesData<{ items: Clip[]; total: number }>({
        queryKey: queries.clips.list.key(),
      })) {
        if (page === undefined) continue
        const items = page.items.map((clip) => (clip.id === id ? { ...clip, ...change } : clip))
        cache.setQueryData(key, { ...page, items })
      }
    },
    onError(error) {
      tellProblem(error)
      void cache.invalidateQueries({ queryKey: queries.clips.list.key() })
    },
  })
  /** Clips that were made here, oldest first, and the spans of those that were taken back. */
  const made = useRef<{ readonly id: number; readonly span: Span }[]>([])
  const unmade = useRef<Span[]>([])
  const remove = useMutation({
    mutationFn: (clipId: number) => client.clips.remove({ ids: [clipId] }),
    onSuccess(_count, clipId) {
      announce(t('recording.forgotten'))
      toast(t('recording.forgotten'), { id: `made ${clipId}` })
      void cache.invalidateQueries({ queryKey: queries.clips.list.key() })
    },
    onError: tellProblem,
  })
  const unmake = (clipId: number | undefined): void => {
    const at = made.current.findIndex(({ id }) => id === clipId)
    const [one] = at < 0 ? [] : made.current.splice(at, 1)
    if (one === undefined) return
    unmade.current.push(one.span)
    remove.mutate(one.id)
  }
  const create = useMutation({
    mutationFn: ({ start, end }: Span) => client.clips.create({ recordingId, start, end }),
    async onSuccess(clip, span) {
      made.current.push({ id: clip.id, span })
      announce(t('recording.made'))
      toast(t('recording.made'), {
        id: `made ${clip.id}`,
        action: { label: t('common.undo'), onClick: () => unmake(clip.id) },
      })
      await cache.invalidateQueries({ queryKey: queries.clips.list.key() })
      onChoose(clip.id)
    },
    onError: tellProblem,
  })

  return useMemo(() => {
    const make = ({ start, end }: Span): void => {
      unmade.current = []
      create.mutate({ start, end })
    }
    const decide = (moment: ListedMoment, state: 'kept' | 'rejected'): void => {
      const { clip } = moment
      if (clip === null) return make(moment)
      const before = clip.state
      const next = before === state ? 'candidate' : state
      update.mutate({ id: clip.id, state: next })
      const said = t(`recording.decided.${next}`)
      announce(said)
      toast(said, {
        id: `decided ${clip.id}`,
        action: { label: t('common.undo'), onClick: () => update.mutate({ id: clip.id, state: before }) },
      })
      const all = latest.current
      const at = all.findIndex(({ id }) => id === moment.id)
      const following = all.slice(at + 1).find(({ state: each }) => each === 'candidate')
      if (next !== 'candidate' && following !== undefined) onChoose(following.id)
    }
    const favourite = ({ clip }: ListedMoment): void => {
      if (clip !== null) update.mutate({ id: clip.id, favourite: !clip.favourite })
    }
    return {
      onDecide: decide,
      onFavourite: favourite,
      remove: (clipId: number): void => remove.mutate(clipId),
      createSpan: make,
      /** The clip that was made here last goes again, or comes back. */
      takeBack: (): void => unmake(made.current.at(-1)?.id),
      makeAgain: (): void => {
        const span = unmade.current.pop()
        if (span !== undefined) create.mutate(span)
      },
      createAt: (time: Ticks, duration: Ticks): void =>
        make({ start: Math.max(0, time - AROUND), end: Math.min(duration, time + AROUND) }),
      /** What an item of the list needs. */
      item: {
        onDecide: decide,
        onFavourite: favourite,
        onRename: ({ clip }: ListedMoment, title: string): void => {
          if (clip !== null && title.trim() !== '') update.mutate({ id: clip.id, title: title.trim() })
        },
        onCreate: make,
      },
    }
    // The mutations' functions stay the same.
  }, [create.mutate, update.mutate, remove.mutate, onChoose, t])
}
