import AudioLines from 'lucide-react/icons/audio-lines'
import Play from 'lucide-react/icons/play'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { toClutchcutError } from '../../src-shared/contract/errors.ts'
import { useApi } from '../api-context.tsx'
import { classNames } from '../components/class-names.ts'
import { ErrorState } from '../components/error-state.tsx'
import { useStore } from '../store.ts'
import { attachPlayback } from './attach-playback.ts'
import { noMore } from './load-piece.ts'
import type { Player } from './player.ts'
import { soundLevel } from './sound-level.ts'

interface Props {
  readonly recordingId: number
  readonly player: Player
  readonly audioTrack: number | null
  /** False: there is sound only. */
  readonly picture?: boolean
  /** Read aloud: what is played. */
  readonly title: string
  readonly className?: string
}

/** Pictures of a recording. Clicking plays and pauses; everything else is up to who holds the player. */
export function PlayerView({ recordingId, player, audioTrack, picture = true, title, className }: Props) {
  const { t } = useTranslation()
  const { queries } = useApi()
  const video = useRef<HTMLVideoElement>(null)
  const [refused, setRefused] = useState(false)
  const [failure, setFailure] = useState<unknown>(null)
  const ready = useStore(player.ready)
  const blocked = useStore(player.refused)
  const input = { id: recordingId, audioTrack, encodeAll: refused }
  const playback = useQuery({ ...queries.recordings.playback.queryOptions({ input }), staleTime: Infinity })

  const problem = playback.error ?? failure
  const shown = problem === null

  // `shown`: after a failure, the element is another one.
  useEffect(() => {
    const element = video.current
    const { data } = playback
    if (element === null || data === undefined) return
    const fail = (error: unknown): void => {
      // A browser without the codec: the host encodes to what every one plays. What the host itself says is final.
      if (!refused && toClutchcutError(error).code === 'internal') setRefused(true)
      // Whoever failed may not have known why: the file may be gone by now.
      else void playback.refetch().then((again) => setFailure(again.error ?? error))
    }
    const onError = (): void => {
      const { code, message } = element.error ?? { code: 0, message: '' }
      if (code === MediaError.MEDIA_ERR_NETWORK) fail(noMore(message))
      else fail(new Error(message))
    }
    let offset = 0
    const unmount = player.mount(element, () => offset)
    const attached = attachPlayback(element, data, player.wanted, fail)
    offset = attached.offset
    element.addEventListener('error', onError)
    return () => {
      element.removeEventListener('error', onError)
      unmount()
      attached.detach()
    }
  }, [playback.data, player, refused, shown])

  useEffect(() => {
    const apply = (): void => {
      if (video.current === null) return
      const { volume, muted } = soundLevel.get()
      video.current.volume = volume
      video.current.muted = muted
    }
    apply()
    return soundLevel.subscribe(apply)
  }, [shown])

  return (
    <div
      className={classNames(
        'relative grid min-h-0 place-items-center overflow-hidden bg-black group-data-full/player:rounded-none group-data-full/player:grow',
        className,
      )}
    >
      {shown ? (
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
          {ready && !picture && (
            <span className="pointer-events-none relative flex flex-col items-center gap-2 text-sm text-white/80">
              <AudioLines size={56} strokeWidth={1.25} aria-hidden="true" className="text-ember" />
              {t('player.soundOnly')}
            </span>
          )}
          {!ready && (
            <span role="status" className="pointer-events-none relative animate-breathe text-sm text-white/80">
              {t('player.loading')}
            </span>
          )}
          {ready && blocked && (
            <button
              type="button"
              onClick={() => player.toggle()}
              className="relative flex items-center gap-3 rounded-full bg-black/75 py-3 pr-6 pl-5 text-base font-medium text-white hover:bg-black"
            >
              <Play size={26} aria-hidden="true" className="fill-current text-ember" />
              {t('player.clickToPlay')}
            </button>
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
