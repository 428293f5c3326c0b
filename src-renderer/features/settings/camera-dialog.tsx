import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FacecamSetting } from '../../../src-shared/contract/facecam.ts'
import type { Region } from '../../../src-shared/contract/layout.ts'
import { ticksFromSeconds } from '../../../src-shared/domain/time.ts'
import { useApi } from '../../api-context.tsx'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { useProblemToast } from '../../components/problem-toast.ts'
import { Select } from '../../components/select.tsx'
import { Skeleton } from '../../components/skeleton.tsx'
import { RegionPicker } from './region-picker.tsx'

interface Props {
  readonly onSave: (setting: FacecamSetting) => void
  readonly onClose: () => void
}

/** Says where the camera is in a game's recordings, on a picture of one of them. */
export function CameraDialog({ onSave, onClose }: Props) {
  const { t } = useTranslation()
  const { client, queries } = useApi()
  const tellProblem = useProblemToast()
  const analysed = useQuery(queries.recordings.list.queryOptions({ input: { state: 'analysed', limit: 100 } }))
  const recordings = analysed.data?.items ?? []
  const [chosen, setChosen] = useState<string | null>(null)
  const [region, setRegion] = useState<Region | null>(null)
  const recording = recordings.find(({ id }) => String(id) === chosen) ?? recordings[0]
  const end = Math.max(1, ticksFromSeconds(recording?.durationSeconds ?? 0))
  const picture = useQuery({
    ...queries.stills.thumbnail.queryOptions({
      input: { recordingId: recording?.id ?? 1, start: 0, end, peak: Math.floor(end / 2), side: 1280 },
    }),
    enabled: recording !== undefined,
  })
  const look = useMutation({
    mutationFn: (recordingId: number) => client.layouts.facecam({ recordingId }),
    onSuccess: ({ facecam }) => facecam !== null && setRegion(facecam.region),
    onError: tellProblem,
  })
  const save = (saved: Region | null): void => onSave({ game: recording?.game ?? null, region: saved })
  const game = recording?.game ?? null
  return (
    <Dialog
      open
      wide
      onOpenChange={onClose}
      title={t('settings.cameras.add')}
      description={t('settings.cameras.drag')}
      footer={
        <>
          <Button
            disabled={recording === undefined || look.isPending}
            onClick={() => recording && look.mutate(recording.id)}
          >
            {t('settings.cameras.look')}
          </Button>
          <Button disabled={recording === undefined} onClick={() => save(null)}>
            {t('settings.cameras.none')}
          </Button>
          <Button variant="primary" disabled={region === null} onClick={() => save(region)}>
            {t('settings.cameras.save')}
          </Button>
        </>
      }
    >
      {analysed.data !== undefined && recording === undefined && (
        <p className="text-sm text-soft">{t('settings.cameras.noRecording')}</p>
      )}
      {recording !== undefined && (
        <div className="flex flex-col gap-3">
          <Select
            label={t('settings.cameras.recording')}
            value={String(recording.id)}
            onChange={(id) => {
              setChosen(id)
              setRegion(null)
            }}
            options={recordings.map(({ id, title }) => ({ value: String(id), label: title }))}
            hint={game === null ? t('settings.cameras.forAll') : t('settings.cameras.forGame', { game })}
          />
          {picture.error !== null && <ErrorState compact error={picture.error} />}
          {picture.data === undefined ? (
            picture.error === null && <Skeleton className="aspect-video" />
          ) : (
            <RegionPicker
              jpeg={picture.data.jpeg}
              label={t('settings.cameras.picture')}
              value={region}
              onChange={setRegion}
            />
          )}
          <p role="status" className="text-sm text-soft">
            {look.isPending ? t('settings.cameras.looking') : look.data?.note}
          </p>
        </div>
      )}
    </Dialog>
  )
}
