import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import RotateCw from 'lucide-react/icons/rotate-cw'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../../api-context.tsx'
import { Badge } from '../../../components/badge.tsx'
import { Button } from '../../../components/button.tsx'
import { ErrorState } from '../../../components/error-state.tsx'
import { useProblemToast } from '../../../components/problem-toast.ts'
import { Select } from '../../../components/select.tsx'
import { DeviceList } from '../../../devices/device-list.tsx'
import type { SectionProps } from '../section.ts'

const devices = ['auto', 'cpu', 'webgpu', 'cuda', 'directml', 'coreml'] as const

/** What computes, and what was found when each device was checked against the CPU. */
export function DevicesSection({ settings, change }: SectionProps) {
  const { t } = useTranslation()
  const { client, queries } = useApi()
  const cache = useQueryClient()
  const tellProblem = useProblemToast()
  const options = queries.devices.report.queryOptions({ input: {} })
  const { data, error, isFetching, refetch } = useQuery(options)
  const app = useQuery(queries.app.info.queryOptions()).data
  const check = useMutation({
    mutationFn: () => client.devices.report({ refresh: true }),
    onSuccess: (rows) => cache.setQueryData(options.queryKey, rows),
    onError: tellProblem,
  })
  const busy = isFetching || check.isPending
  return (
    <>
      <Select
        label={t('settings.devices.use')}
        value={settings.device}
        onChange={(device) => change({ device })}
        options={devices.map((value) => ({ value, label: t(`settings.devices.names.${value}`) }))}
        hint={t('settings.devices.useText')}
      />
      {error !== null && <ErrorState compact error={error} onRetry={() => void refetch()} />}
      <DeviceList rows={data} />
      <div className="flex flex-wrap items-center gap-3">
        <Button size="s" icon={<RotateCw size={15} />} disabled={busy} onClick={() => check.mutate()}>
          {t('settings.devices.refresh')}
        </Button>
        {busy && (
          <span role="status" className="animate-breathe text-sm text-soft">
            {t('settings.devices.checking')}
          </span>
        )}
      </div>
      {app !== undefined && (
        <p className="flex flex-wrap items-center gap-2 text-sm">
          {t('settings.devices.ffmpeg')}
          <Badge tone={app.ffmpeg.found ? 'good' : 'bad'}>{app.ffmpeg.version ?? t('settings.devices.noFfmpeg')}</Badge>
          <span className="min-w-0 text-xs break-all text-faint">{app.ffmpeg.problem ?? app.ffmpeg.path}</span>
        </p>
      )}
    </>
  )
}
