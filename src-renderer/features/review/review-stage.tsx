import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { StoredClip } from '../../../src-shared/contract/clip.ts'
import { useApi } from '../../api-context.tsx'
import { classNames } from '../../components/class-names.ts'
import { inOurWords } from '../../i18n/engine-words.ts'
import { createPlayer, type Player } from '../../player/player.ts'
import { toggleFullScreen, useFullScreen } from '../../player/player-frame.tsx'
import { PlayerView } from '../../player/player-view.tsx'
import { playFaster, playSlower, stopShuttle } from '../../player/shuttle.ts'
import { useShortcuts } from '../../shortcuts/use-shortcuts.ts'
import { useTrim } from '../../trim/use-trim.ts'
import { openExport } from '../exports/open-export.ts'
import { ReviewBar } from './review-bar.tsx'
import { ReviewTrim } from './review-trim.tsx'
import { reviewShortcuts } from './shortcuts.ts'
import type { useReview } from './use-review.ts'

interface Props {
  readonly review: ReturnType<typeof useReview>
  readonly clip: StoredClip
}

/** The clip that is decided about, playing; its neighbours wait behind it, ready at their first picture. */
export function ReviewStage({ review, clip }: Props) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [trimming, setTrimming] = useState(false)
  const [renaming, setRenaming] = useState(false)
  const trim = useTrim(clip.id, review.trimmed)
  const { previous, following } = review
  const [next, later] = following
  const near = useMemo(
    () => [previous, clip, next, later].filter((each) => each !== undefined),
    [previous, clip, next, later],
  )
  const players = usePlayers(near)
  const player = players.get(clip.id)
  const span = trim.span ?? clip
  const full = useFullScreen()

  useLoadedEdits(near)
  // Begins with the clip, as it was trimmed; a trim that is made now does not begin it anew.
  const playing = useRef<{ player: Player; start: number; end: number } | null>(null)
  const known = trim.span !== null
  useEffect(() => {
    const before = playing.current
    if (player === undefined) return
    if (before?.player === player && before.start === span.start && before.end === span.end) return
    playing.current = { player, start: span.start, end: span.end }
    // Who goes through clips fast, goes on so.
    if (before !== null) player.setRate(before.player.rate.get())
    player.playSpan(span, { loop: true })
  }, [player, clip.id, known])
  // The one before is silent while it waits behind.
  useEffect(() => () => player?.pause(), [player])
  useEffect(() => setRenaming(false), [clip.id])

  const setEnd = (end: 'start' | 'end'): void => {
    if (player === undefined) return
    const next = { ...span, [end]: player.edge(end) }
    trim.change(next, true)
    if (next.start < next.end) player.playSpan(next, { loop: true })
  }
  useShortcuts(
    reviewShortcuts,
    {
      keep: () => review.decide('kept'),
      reject: () => review.decide('rejected'),
      next: () => review.move(1),
      previous: () => review.move(-1),
      favourite: review.favourite,
      rename: () => setRenaming(true),
      trim: () => setTrimming(!trimming),
      in: () => setEnd('start'),
      out: () => setEnd('end'),
      toggle: () => player?.toggle(),
      stop: () => player && stopShuttle(player),
      again: () => player && (playSlower(player) || player.playSpan(span, { loop: true })),
      faster: () => player && playFaster(player),
      back: () => player?.step(-1),
      forward: () => player?.step(1),
      undo: review.undo,
      export: () => openExport([clip]),
      fullScreen: toggleFullScreen,
      leave: () => void navigate({ to: '/' }),
    },
    { enabled: !renaming },
  )
  return (
    <div className={classNames('flex min-h-0 grow flex-col bg-black', full ? 'fixed inset-0 z-30' : 'relative')}>
      <h1 tabIndex={-1} className="sr-only">
        {t('review.title')}
      </h1>
      <div className="relative min-h-0 grow">
        {near.map((each) => {
          const own = players.get(each.id)
          if (own === undefined) return null
          return (
            <div
              key={each.id}
              aria-hidden={each.id !== clip.id}
              className={classNames('absolute inset-0', each.id !== clip.id && 'invisible')}
            >
              <PlayerView
                recordingId={each.recordingId}
                player={own}
                audioTrack={null}
                title={inOurWords(each.title)}
                className="size-full"
              />
            </div>
          )
        })}
      </div>
      {trimming && player !== undefined && (
        <ReviewTrim clip={clip} player={player} trim={trim} span={span} onEnd={setEnd} />
      )}
      <ReviewBar
        review={review}
        clip={clip}
        span={span}
        player={player}
        trimming={trimming}
        onTrim={() => setTrimming(!trimming)}
        renaming={renaming}
        onRenaming={setRenaming}
      />
    </div>
  )
}

/** What was trimmed of clips is known before their turn. */
function useLoadedEdits(clips: readonly StoredClip[]): void {
  const { queries } = useApi()
  const cache = useQueryClient()
  useEffect(() => {
    for (const { id } of clips) void cache.query(queries.clips.edits.queryOptions({ input: { id } })).catch(() => null)
  }, [clips, queries, cache])
}

/** One player for each clip that is near; those of clips that are not any more go. */
function usePlayers(clips: readonly StoredClip[]): ReadonlyMap<number, Player> {
  const { queries } = useApi()
  const ids = [...new Set(clips.map(({ recordingId }) => recordingId))].sort((a, b) => a - b)
  const found = useQuery(queries.recordings.list.queryOptions({ input: { ids, limit: 10 } }))
  const recordings = found.data?.items
  const [players, setPlayers] = useState<ReadonlyMap<number, Player>>(new Map())
  useEffect(() => {
    if (recordings === undefined) return
    setPlayers((known) => {
      const same = clips.length === known.size && clips.every(({ id }) => known.has(id))
      if (same) return known
      return new Map(
        clips.map((clip) => {
          const player = known.get(clip.id)
          if (player !== undefined) return [clip.id, player]
          const recording = recordings.find(({ id }) => id === clip.recordingId)
          const fresh = createPlayer(recording?.media?.video?.fps ?? null)
          // Its first picture is there before its turn.
          fresh.seek(clip.start)
          return [clip.id, fresh]
        }),
      )
    })
  }, [recordings, clips])
  return players
}
