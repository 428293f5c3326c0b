import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../api-context.tsx'
import { classNames } from '../components/class-names.ts'
import { ErrorState } from '../components/error-state.tsx'
import { useStore } from '../store.ts'
import { attachPlayback } from './attach-playback.ts'
import type { Player } from './player.ts'

interface Props {
  readonly recordingId: number
  readonly player: Player
  readonly audioTrack: number | null
  /** Read aloud: what is played. */
  readonly title: string
  readonly className?: string
}

/** Pictures of a recording. Clicking plays and pauses; everything else is up to who holds the player. */
export function PlayerView({ recordingId, player, audioTrack, title, className }: Props) {
  const { t } = useTranslation()
  const { queries } = useApi()
  const video = useRef<HTMLVideoElement>(null)
  const [refused, setRefused] = useState(false)
  const [failure, setFailure] = useState<unknown>(null)
  const ready = useStore(player.ready)
  const input = { id: recordingId, audioTrack, encodeAll: refused }
  const playback = useQuery({ ...queries.recordings.playback.queryOptions({ input }), staleTime: Infinity })

  useEffect(() => {
    const element = video.current
    const { data } = playback
    if (element === null || data === undefined) return
    setFailure(null)
    const fail = (error: unknown): void => {
      // A browser without the codec: the host encodes to what every one plays.
      if (refused) setFailure(error)
      else setRefused(true)
    }
    const onError = (): void => fail(new Error(element.error?.message ?? 'MediaError'))
    let offset = 0
    const unmount = player.mount(element, () => offset)
    const attached = attachPlayback(element, data, fail)
    offset = attached.offset
    element.addEventListener('error', onError)
    return () => {
      element.removeEventListener('error', onError)
      unmount()
      attached.detach()
    }
  }, [playback.data, player, refused])

  const problem = playback.error ?? failure
  return (
    <div className={classNames('relative grid min-h-0 place-items-center overflow-hidden bg-black', className)}>
      {problem === null ? (
        <>
          {/* Captions lie beside it, in the transcript. */}
          <video
            ref={video}
            aria-label={title}
            playsInline
            preload="auto"
            onClick={() => player.toggle()}
            className="absolute inset-0 size-full object-contain"
          />
          {!ready && (
            <span role="status" className="pointer-events-none relative animate-breathe text-sm text-white/80">
              {t('player.loading')}
            </span>
          )}
        </>
      ) : (
        <ErrorState
          compact
          error={problem}
          onRetry={() => {
            setFailure(null)
            setRefused(false)
            void playback.refetch()
          }}
        />
      )}
    </div>
  )
}
