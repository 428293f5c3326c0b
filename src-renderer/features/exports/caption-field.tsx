import { useQueries } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../api-context.tsx'
import { ChoosePath } from '../../browse/choose-path.tsx'
import { StylePicker } from '../../captions/style-picker.tsx'
import { Button } from '../../components/button.tsx'
import { Switch } from '../../components/switch.tsx'
import { ToggleGroup } from '../../components/toggle-group.tsx'
import type { ExportChoice } from './choice.ts'

/** Recordings that are asked whether anything of them is known to be said. */
const MOST_ASKED = 8

interface Props {
  readonly recordingIds: readonly number[]
  readonly choice: ExportChoice
  readonly onChange: (change: Partial<ExportChoice>) => void
}

/** No captions, those of what the library knows to be said, or those of a file. */
export function CaptionField({ recordingIds, choice, onChange }: Props) {
  const { t } = useTranslation()
  const { queries } = useApi()
  const [choosing, setChoosing] = useState(false)
  const known = useQueries({
    queries: recordingIds
      .slice(0, MOST_ASKED)
      .map((id) => queries.recordings.transcript.queryOptions({ input: { id } })),
  })
  const silent = known.every(({ data }) => data !== undefined && data.lines.length === 0)
  return (
    <div className="flex flex-col gap-3">
      <div>
        <p className="mb-1.5 text-sm font-medium">{t('exporting.captions')}</p>
        <ToggleGroup
          label={t('exporting.captions')}
          value={choice.captions}
          onChange={(captions) => onChange({ captions })}
          options={[
            { value: 'off', label: t('exporting.captionsOff') },
            { value: 'library', label: t('exporting.captionsLibrary') },
            { value: 'file', label: t('exporting.captionsFile') },
          ]}
        />
        {choice.captions === 'library' && silent && (
          <p className="mt-1.5 text-xs text-warn">{t('exporting.captionsSilent')}</p>
        )}
      </div>
      {choice.captions === 'file' && (
        <div className="flex items-center gap-2">
          <p className="min-w-0 grow truncate text-sm text-soft" title={choice.captionFile ?? ''}>
            {choice.captionFile ?? t('exporting.captionsNone')}
          </p>
          <Button onClick={() => setChoosing(true)}>{t('exporting.captionsChoose')}</Button>
        </div>
      )}
      {choice.captions !== 'off' && (
        <>
          <StylePicker value={choice.captionStyle} onChange={(captionStyle) => onChange({ captionStyle })} />
          <Switch
            label={t('exporting.subtitles')}
            checked={choice.subtitles.length > 0}
            onChange={(beside) => onChange({ subtitles: beside ? ['srt'] : [] })}
          />
        </>
      )}
      {choosing && (
        <ChoosePath
          title={t('exporting.captionsChoose')}
          what="texts"
          from={null}
          onChoose={(captionFile) => onChange({ captionFile })}
          onClose={() => setChoosing(false)}
        />
      )}
    </div>
  )
}
