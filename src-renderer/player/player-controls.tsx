import Maximize from 'lucide-react/icons/maximize'
import Minimize from 'lucide-react/icons/minimize'
import Pause from 'lucide-react/icons/pause'
import Play from 'lucide-react/icons/play'
import StepBack from 'lucide-react/icons/step-back'
import StepForward from 'lucide-react/icons/step-forward'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { AudioTrack } from '../../src-shared/contract/media-info.ts'
import type { Ticks } from '../../src-shared/contract/time.ts'
import { secondsFromTicks } from '../../src-shared/domain/time.ts'
import { IconButton } from '../components/button.tsx'
import { Select } from '../components/select.tsx'
import { Toolbar } from '../components/toolbar.tsx'
import { useFormat } from '../i18n/use-format.ts'
import { useStore } from '../store.ts'
import { toggleFullScreen, useFullScreen } from './player-frame.tsx'
import type { Player } from './player.ts'
import { RATES } from './shuttle.ts'
import { VolumeControl } from './volume-control.tsx'

interface Props {
  readonly player: Player
  readonly duration: Ticks
  readonly tracks: readonly AudioTrack[]
  readonly audioTrack: number | null
  readonly onAudioTrack: (track: number) => void
  /** Further controls, at the right. */
  readonly children?: ReactNode
}

/** What is under every player. */
export function PlayerControls({ player, duration, tracks, audioTrack, onAudioTrack, children }: Props) {
  const { t } = useTranslation()
  const playing = useStore(player.playing)
  const full = useFullScreen()
  const trackOptions = tracks.map(({ index, title }) => ({
    value: String(index),
    label: title === '' || title === null ? t('player.trackNumber', { n: index + 1 }) : title,
  }))
  return (
    <Toolbar label={t('player.position')} className="gap-1 group-data-full/player:p-2">
      <IconButton label={t('player.back')} shortcut="←" onClick={() => player.step(-1)}>
        <StepBack size={17} />
      </IconButton>
      <IconButton
        label={playing ? t('player.pause') : t('player.play')}
        shortcut="Space"
        variant="secondary"
        onClick={() => player.toggle()}
      >
        {playing ? <Pause size={17} /> : <Play size={17} />}
      </IconButton>
      <IconButton label={t('player.forward')} shortcut="→" onClick={() => player.step(1)}>
        <StepForward size={17} />
      </IconButton>
      <Clock player={player} duration={duration} />
      <span className="grow" />
      <Rate player={player} />
      {trackOptions.length > 1 && (
        <div className="w-32">
          <Select
            compact
            label={t('player.track')}
            value={String(audioTrack ?? 0)}
            options={trackOptions}
            onChange={(track) => onAudioTrack(Number(track))}
          />
        </div>
      )}
      <VolumeControl />
      <IconButton
        label={full ? t('player.leaveFullScreen') : t('player.fullScreen')}
        shortcut="F"
        onClick={toggleFullScreen}
      >
        {full ? <Minimize size={17} /> : <Maximize size={17} />}
      </IconButton>
      {children}
    </Toolbar>
  )
}

/** Apart, because it changes with every picture. */
function Clock({ player, duration }: Pick<Props, 'player' | 'duration'>) {
  const format = useFormat()
  const time = useStore(player.time)
  const seconds = secondsFromTicks(time)
  return (
    <span className="figures ml-2 text-sm text-soft">
      <span className="text-ink">
        {format.duration(seconds)}.{Math.floor((seconds % 1) * 10)}
      </span>
      {' / '}
      {format.duration(secondsFromTicks(duration))}
    </span>
  )
}

function Rate({ player }: Pick<Props, 'player'>) {
  const { t } = useTranslation()
  const rate = useStore(player.rate)
  return (
    <div className="w-20">
      <Select
        compact
        label={t('player.speed')}
        value={String(rate)}
        options={RATES.map((value) => ({ value: String(value), label: `${value}×` }))}
        onChange={(value) => player.setRate(Number(value))}
      />
    </div>
  )
}
