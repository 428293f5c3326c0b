import { useTranslation } from 'react-i18next'
import type { DeviceRow } from '../../src-shared/contract/model.ts'
import { Badge } from '../components/badge.tsx'
import { Skeleton } from '../components/skeleton.tsx'
import { useFormat } from '../i18n/use-format.ts'

// What a machine lacks is no fault of it.
const tones = {
  ok: 'neutral',
  wrong: 'bad',
  failed: 'neutral',
  crashed: 'bad',
  timeout: 'warn',
  unavailable: 'neutral',
} as const

interface Props {
  /** Absent while it is found out. */
  readonly rows: readonly DeviceRow[] | undefined
  /** Without figures and times. */
  readonly brief?: boolean
}

/** What was found when each device computed what the CPU computes. */
export function DeviceList({ rows, brief = false }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  if (rows === undefined) return <Skeleton className="h-28" />
  const slowest = rows.find(({ provider }) => provider === 'cpu')?.milliseconds ?? null
  const rounded = (value: number): string => format.number(Math.round(value * 10) / 10)
  const figures = ({ provider, model, milliseconds, maxError, checkedAt }: DeviceRow): (string | null)[] => [
    milliseconds === null ? null : t('settings.devices.speed', { ms: rounded(milliseconds) }),
    maxError === null || provider === 'cpu' ? null : t('settings.devices.error', { value: maxError.toExponential(1) }),
    model,
    t('settings.devices.checked', { moment: format.moment(new Date(checkedAt).toISOString()) }),
  ]
  return (
    <ul className="flex flex-col divide-y divide-line">
      {rows.map((row) => {
        const { provider, model, status, milliseconds, reason, chosen } = row
        const faster = provider === 'cpu' || milliseconds === null || slowest === null ? 0 : slowest / milliseconds
        const details = (brief || milliseconds === null ? [reason] : [reason, ...figures(row)]).filter(
          (part) => part !== null,
        )
        return (
          <li key={`${provider} ${model}`} className="py-2.5 first:pt-0 last:pb-0">
            <p className="figures flex flex-wrap items-center gap-2 text-sm">
              <span className="font-medium">{t(`settings.devices.names.${provider}`)}</span>
              <Badge tone={chosen ? 'good' : tones[status]}>
                {chosen ? t('settings.devices.chosen') : t(`settings.devices.states.${status}`)}
              </Badge>
              {faster >= 1.05 && (
                <span className="text-xs text-soft">{t('settings.devices.faster', { times: rounded(faster) })}</span>
              )}
            </p>
            {details.length > 0 && <p className="mt-0.5 text-xs text-faint">{details.join(' · ')}</p>}
          </li>
        )
      })}
    </ul>
  )
}
