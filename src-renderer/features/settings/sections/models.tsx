import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../../api-context.tsx'
import { Badge } from '../../../components/badge.tsx'
import { ErrorState } from '../../../components/error-state.tsx'
import { inOurWords } from '../../../i18n/engine-words.ts'
import { useFormat } from '../../../i18n/use-format.ts'

/** What judges recordings on this machine. */
export function ModelsSection() {
  const { t } = useTranslation()
  const format = useFormat()
  const { queries } = useApi()
  const { data, error, refetch } = useQuery(queries.models.list.queryOptions())
  return (
    <>
      <p className="text-sm text-soft">{t('settings.models.text')}</p>
      {error !== null && <ErrorState compact error={error} onRetry={() => void refetch()} />}
      <ul className="flex flex-col divide-y divide-line">
        {data?.map(({ id, version, purpose, kind, installed, size, licence, problem }) => (
          <li key={`${id} ${version}`} className="py-3 first:pt-0 last:pb-0">
            <p className="flex flex-wrap items-center gap-2 text-sm font-medium">
              {id} <span className="figures font-normal text-faint">{version}</span>
              <Badge tone={problem !== null ? 'bad' : installed ? 'good' : 'neutral'}>
                {t(
                  problem !== null
                    ? 'settings.models.broken'
                    : installed
                      ? 'settings.models.ready'
                      : 'settings.models.absent',
                )}
              </Badge>
            </p>
            <p className="mt-0.5 text-sm text-soft first-letter:uppercase">{inOurWords(problem ?? purpose)}</p>
            <p className="figures mt-0.5 text-xs text-faint">
              {[
                t(`settings.models.kinds.${kind}`),
                size === null ? null : format.bytes(size),
                t('settings.models.licence', { licence }),
              ]
                .filter((part) => part !== null)
                .join(' · ')}
            </p>
          </li>
        ))}
      </ul>
    </>
  )
}
