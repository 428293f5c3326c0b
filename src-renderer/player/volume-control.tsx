import Volume from 'lucide-react/icons/volume-2'
import VolumeOff from 'lucide-react/icons/volume-x'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../components/button.tsx'
import { useFormat } from '../i18n/use-format.ts'
import { useStore } from '../store.ts'
import { setSoundLevel, soundLevel } from './sound-level.ts'

/** How loud; the same for every player, and remembered. */
export function VolumeControl() {
  const { t } = useTranslation()
  const format = useFormat()
  const { volume, muted } = useStore(soundLevel)
  const silent = muted || volume === 0
  return (
    <div className="flex items-center">
      <IconButton
        label={silent ? t('player.unmute') : t('player.mute')}
        aria-pressed={silent}
        onClick={() => setSoundLevel(silent ? { muted: false, volume: volume || 1 } : { muted: true })}
      >
        {silent ? <VolumeOff size={17} /> : <Volume size={17} />}
      </IconButton>
      <input
        type="range"
        aria-label={t('player.volume')}
        aria-valuetext={format.percent(muted ? 0 : volume)}
        min={0}
        max={1}
        step={0.05}
        value={muted ? 0 : volume}
        onChange={({ currentTarget }) => setSoundLevel({ volume: Number(currentTarget.value), muted: false })}
        className="hidden h-9 w-18 accent-ember sm:block"
      />
    </div>
  )
}
