import { useTranslation } from 'react-i18next'
import type { DeviceRow } from '../../src-shared/contract/model.ts'
import { Badge } from '../components/badge.tsx'
import { Skeleton } from '../components/skeleton.tsx'
import { useFormat } from '../i18n/use-format.ts'

const tones = {
  ok: 'good',
  wrong: 'bad',
  failed: 'bad',
  crashed: 'bad',
  timeout: 'warn',
  unavailable: 'neutral',
} as const

/** What was found when each device computed what the CPU computes; absent while it is found out. */
export function DeviceList({ rows }: { rows: readonly DeviceRow[] | undefined }) {
  const { t } = useTranslation()
  const format = useFormat()
  if (rows === undefined) return <Skeleton className="h-28" />
  return (
    <ul className="flex flex-col divide-y divide-line">
      {rows.map(({ provider, model, status, milliseconds, maxError, reason, checkedAt, chosen }) => (
        <li key={`${provider} ${model}`} className="py-2.5 first:pt-0 last:pb-0">
          <p className="figures flex flex-wrap items-center gap-2 text-sm">
            <span className="font-medium">{t(`settings.devices.names.${provider}`)}</span>
            <Badge tone={tones[status]}>
              {t(`settings.devices.states.${provider === 'cpu' && status === 'ok' ? 'reference' : status}`)}
            </Badge>
            {chosen && <Badge tone="ember">{t('settings.devices.chosen')}</Badge>}
            {milliseconds !== null && (
              <span className="text-xs text-soft">
                {t('settings.devices.speed', { ms: format.number(Math.round(milliseconds * 10) / 10) })}
              </span>
            )}
          </p>
          <p className="mt-0.5 text-xs text-faint">
            {[
              reason,
              maxError === null || provider === 'cpu'
                ? null
                : t('settings.devices.error', { value: maxError.toExponential(1) }),
              `${model}, ${format.moment(new Date(checkedAt).toISOString())}`,
            ]
              .filter((part) => part !== null)
              .join(' · ')}
          </p>
        </li>
      ))}
    </ul>
  )
}
