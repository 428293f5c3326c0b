import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FacecamSetting } from '../../../../src-shared/contract/facecam.ts'
import { useApi } from '../../../api-context.tsx'
import { Button } from '../../../components/button.tsx'
import { useProblemToast } from '../../../components/problem-toast.ts'
import { useFormat } from '../../../i18n/use-format.ts'
import { CameraDialog } from '../camera-dialog.tsx'

/** Where cameras are, for each game: for upright layouts. */
export function CamerasSection() {
  const { t } = useTranslation()
  const format = useFormat()
  const { client, queries } = useApi()
  const cache = useQueryClient()
  const tellProblem = useProblemToast()
  const [adding, setAdding] = useState(false)
  const options = queries.layouts.list.queryOptions()
  const { data = [] } = useQuery(options)
  const does = useMutation({
    mutationFn: async (action: () => Promise<FacecamSetting[]>) => action(),
    onSuccess: (list) => cache.setQueryData(options.queryKey, list),
    onError: tellProblem,
  })
  return (
    <>
      <p className="text-sm text-soft">{t('settings.cameras.text')}</p>
      <ul className="flex flex-col divide-y divide-line empty:hidden">
        {data.map(({ game, region }) => (
          <li key={game ?? ''} className="flex min-h-13 items-center gap-4 py-1.5">
            <RegionSign region={region} />
            <span className="min-w-0 grow">
              <span className="block truncate text-sm font-medium">{game ?? t('settings.cameras.others')}</span>
              <span className="figures block text-xs text-faint">
                {region === null
                  ? t('settings.cameras.none')
                  : `${format.percent(region.width)} × ${format.percent(region.height)}`}
              </span>
            </span>
            <Button
              size="s"
              aria-label={t('settings.cameras.forgetThis', { game: game ?? t('settings.cameras.others') })}
              onClick={() => does.mutate(() => client.layouts.forget({ game }))}
            >
              {t('settings.cameras.forget')}
            </Button>
          </li>
        ))}
      </ul>
      <Button size="s" className="self-start" onClick={() => setAdding(true)}>
        {t('settings.cameras.add')}
      </Button>
      {adding && (
        <CameraDialog
          onClose={() => setAdding(false)}
          onSave={(setting) => {
            does.mutate(() => client.layouts.set(setting))
            setAdding(false)
          }}
        />
      )}
    </>
  )
}

/** A small picture with the camera's place in it. */
function RegionSign({ region }: Pick<FacecamSetting, 'region'>) {
  return (
    <svg viewBox="0 0 32 18" aria-hidden="true" className="h-9 w-16 shrink-0 rounded-sm bg-hover">
      {region !== null && (
        <rect
          x={region.x * 32}
          y={region.y * 18}
          width={region.width * 32}
          height={region.height * 18}
          className="fill-ember"
        />
      )}
    </svg>
  )
}
