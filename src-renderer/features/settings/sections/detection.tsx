import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../../api-context.tsx'
import { Select } from '../../../components/select.tsx'
import { Slider } from '../../../components/slider.tsx'
import { useFormat } from '../../../i18n/use-format.ts'
import { PreviewChart } from '../preview-chart.tsx'
import type { SectionProps } from '../section.ts'

/** While somebody drags. */
const PAUSE_MS = 80

/** How readily moments are taken, tried on a recording while it is set. */
export function DetectionSection({ settings, change }: SectionProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const [sensitivity, setSensitivity] = useState(settings.sensitivity)
  const [clipsPerHour, setClipsPerHour] = useState(settings.clipsPerHour)
  useEffect(() => setSensitivity(settings.sensitivity), [settings.sensitivity])
  useEffect(() => setClipsPerHour(settings.clipsPerHour), [settings.clipsPerHour])
  return (
    <>
      <Slider
        label={t('settings.detection.sensitivity')}
        hint={t('settings.detection.sensitivityText')}
        value={sensitivity}
        min={0}
        max={1}
        step={0.01}
        shown={format.percent(sensitivity)}
        onChange={setSensitivity}
        onCommit={(next) => change({ sensitivity: next })}
      />
      <Slider
        label={t('settings.detection.perHour')}
        hint={t('settings.detection.perHourText')}
        value={clipsPerHour}
        min={0.5}
        max={60}
        step={0.5}
        shown={format.number(clipsPerHour)}
        onChange={setClipsPerHour}
        onCommit={(next) => change({ clipsPerHour: next })}
      />
      <Preview sensitivity={sensitivity} clipsPerHour={clipsPerHour} />
    </>
  )
}

function Preview(wish: { sensitivity: number; clipsPerHour: number }) {
  const { t } = useTranslation()
  const { queries } = useApi()
  const analysed = useQuery(queries.recordings.list.queryOptions({ input: { state: 'analysed', limit: 100 } }))
  const recordings = analysed.data?.items ?? []
  const [chosen, setChosen] = useState<string | null>(null)
  const recording = recordings.find(({ id }) => String(id) === chosen) ?? recordings[0]
  const settled = useLater(wish, PAUSE_MS)
  const preview = useQuery({
    ...queries.detection.preview.queryOptions({ input: { recordingId: recording?.id ?? 1, ...settled } }),
    enabled: recording !== undefined,
    placeholderData: keepPreviousData,
    gcTime: 10_000,
  })
  if (recording === undefined) return <p className="text-sm text-soft">{t('settings.detection.noRecording')}</p>
  const segments = preview.data?.segments ?? []
  const taken = segments.filter(({ selected }) => selected).length
  return (
    <div className="flex flex-col gap-3 rounded-md border border-line p-3 sm:p-4">
      <Select
        label={t('settings.detection.preview')}
        value={String(recording.id)}
        onChange={setChosen}
        options={recordings.map(({ id, title }) => ({ value: String(id), label: title }))}
      />
      {preview.isError && !preview.isPlaceholderData && (
        <p className="text-sm text-soft">{t('settings.detection.noPreview')}</p>
      )}
      {preview.data !== undefined && (
        <>
          <PreviewChart
            preview={preview.data}
            durationSeconds={recording.durationSeconds ?? 0}
            label={t('settings.detection.chart', { taken, found: segments.length })}
          />
          <p className="figures text-sm font-medium" role="status">
            {t('settings.detection.taken', { count: taken, found: segments.length })}
          </p>
          <p className="-mt-2 text-xs text-faint">{t('settings.detection.previewText')}</p>
        </>
      )}
    </div>
  )
}

/** The value, once it has not changed for so long. */
function useLater<Value extends object>(value: Value, ms: number): Value {
  const [later, setLater] = useState(value)
  const key = JSON.stringify(value)
  useEffect(() => {
    const timer = setTimeout(() => setLater(JSON.parse(key) as Value), ms)
    return () => clearTimeout(timer)
  }, [key, ms])
  return later
}
