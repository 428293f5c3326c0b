import Music from 'lucide-react/icons/music'
import X from 'lucide-react/icons/x'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MontageMusic } from '../../../src-shared/contract/montage.ts'
import { ChoosePath } from '../../browse/choose-path.tsx'
import { Button, IconButton } from '../../components/button.tsx'
import { Slider } from '../../components/slider.tsx'
import { Switch } from '../../components/switch.tsx'

interface Props {
  readonly value: MontageMusic | null
  readonly onChange: (music: MontageMusic | null) => void
}

/** A file that is heard below the clips, and how. */
export function MusicField({ value, onChange }: Props) {
  const { t } = useTranslation()
  const [choosing, setChoosing] = useState(false)
  return (
    <div className="flex flex-col gap-3">
      <div>
        <p className="mb-1.5 text-sm font-medium">{t('montage.music')}</p>
        <div className="flex items-center gap-2">
          <p
            className="flex h-9 min-w-0 grow items-center rounded-md border border-line bg-surface px-3 text-sm text-soft"
            title={value?.path ?? ''}
          >
            <span className="truncate">{value?.path.split(/[\\/]/).at(-1) ?? t('montage.noMusic')}</span>
          </p>
          {value !== null && (
            <IconButton label={t('montage.withoutMusic')} onClick={() => onChange(null)}>
              <X size={16} />
            </IconButton>
          )}
          <Button icon={<Music size={16} />} onClick={() => setChoosing(true)}>
            {t('montage.chooseMusic')}
          </Button>
        </div>
      </div>
      {value !== null && (
        <>
          <Slider
            label={t('montage.gain')}
            min={-30}
            max={6}
            value={value.gainDb}
            shown={`${value.gainDb} dB`}
            onChange={(gainDb) => onChange({ ...value, gainDb })}
          />
          <Switch label={t('montage.duck')} checked={value.duck} onChange={(duck) => onChange({ ...value, duck })} />
          <Switch
            label={t('montage.beats')}
            hint={t('montage.beatsHint')}
            checked={value.alignBeats}
            onChange={(alignBeats) => onChange({ ...value, alignBeats })}
          />
        </>
      )}
      {choosing && (
        <ChoosePath
          title={t('montage.chooseMusic')}
          what="recordings"
          from={null}
          onChoose={(path) => onChange({ gainDb: -8, alignBeats: false, duck: true, ...value, path })}
          onClose={() => setChoosing(false)}
        />
      )}
    </div>
  )
}
