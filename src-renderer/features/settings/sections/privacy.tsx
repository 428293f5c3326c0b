import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../../api-context.tsx'
import { Badge } from '../../../components/badge.tsx'
import { ErrorState } from '../../../components/error-state.tsx'
import { inOurWords } from '../../../i18n/engine-words.ts'

/** What leaves this machine, and what stays: all of it. */
export function PrivacySection() {
  const { t } = useTranslation()
  const { queries } = useApi()
  const { data, error, refetch } = useQuery(queries.privacy.report.queryOptions())
  return (
    <>
      {error !== null && <ErrorState compact error={error} onRetry={() => void refetch()} />}
      <ul className="flex flex-col divide-y divide-line">
        {data?.map(({ id, what, to, when, active }) => (
          <li key={id} className="py-3 first:pt-0 last:pb-0">
            <p className="text-sm">{inOurWords(what)}</p>
            <p className="mt-1 flex flex-wrap items-center gap-2 text-xs text-faint">
              <Badge tone={to === null ? 'good' : 'warn'}>{to ?? t('settings.privacy.stays')}</Badge>
              {!active && <Badge>{t('settings.privacy.off')}</Badge>}
              <span className="inline-block first-letter:uppercase">{inOurWords(when)}</span>
            </p>
          </li>
        ))}
      </ul>
    </>
  )
}
