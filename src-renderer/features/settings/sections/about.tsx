import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../../api-context.tsx'
import { Mark } from '../../../components/mark.tsx'
import { licences } from '../licences.ts'

/** Which version this is, where it keeps things, and under whose licences what comes along stands. */
export function AboutSection() {
  const { t } = useTranslation()
  const { queries } = useApi()
  const app = useQuery(queries.app.info.queryOptions()).data
  const models = useQuery(queries.models.list.queryOptions()).data ?? []
  const rows = [
    ...licences,
    ...models
      .filter(({ kind }) => kind !== 'built-in')
      .map(({ id, licence }) => ({ name: t('settings.about.model', { id }), licence, from: `models/${id}` })),
  ]
  return (
    <>
      {app !== undefined && (
        <div className="flex items-center gap-4">
          <Mark className="size-12 shrink-0" />
          <div className="min-w-0">
            <p className="figures font-medium">
              {app.name} {app.version}
            </p>
            <p className="text-sm text-soft">
              {app.platform} {app.arch}
            </p>
            <p className="text-xs break-all text-faint">{t('settings.about.data', { folder: app.dataFolder })}</p>
          </div>
        </div>
      )}
      <div>
        <h3 className="mb-1 text-sm font-medium">{t('settings.about.licences')}</h3>
        <p className="mb-2 text-xs text-faint">{t('settings.about.licencesText')}</p>
        <dl className="divide-y divide-line text-sm">
          {rows.map(({ name, licence, from }) => (
            <div key={name} className="flex flex-wrap items-baseline justify-between gap-x-4 py-1.5">
              <dt>{name}</dt>
              <dd className="text-right text-soft">
                {licence} <span className="block text-xs text-faint">{from}</span>
              </dd>
            </div>
          ))}
        </dl>
      </div>
    </>
  )
}
