import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../api-context.tsx'
import { Badge } from '../../components/badge.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { Skeleton } from '../../components/skeleton.tsx'

/** Where the words are, in titles, speech and reasons, best first. */
export function SearchResults({ text }: { text: string }) {
  const { t } = useTranslation()
  const { queries } = useApi()
  const { data, error, refetch } = useQuery(queries.recordings.search.queryOptions({ input: { text, limit: 200 } }))
  const ids = [...new Set(data?.map(({ recordingId }) => recordingId))].slice(0, 200)
  const found = useQuery({
    ...queries.recordings.list.queryOptions({ input: { ids, limit: 200 } }),
    enabled: ids.length > 0,
  })
  const titles = new Map(found.data?.items.map((recording) => [recording.id, recording.title]))
  if (error !== null) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (data === undefined) return <Skeleton className="h-40" />
  if (data.length === 0) return <EmptyState title={t('library.empty.noneTitle')} text={t('library.empty.noHitsText')} />
  return (
    <>
      <p className="figures mb-2 text-sm text-soft" role="status">
        {t('library.results', { count: data.length })}
      </p>
      <ul className="-mx-3 max-w-4xl">
        {data.map(({ recordingId, clipId, title, snippet }) => (
          <li key={`${recordingId}-${clipId}-${snippet}`}>
            <Link
              to="/recordings/$id"
              params={{ id: String(recordingId) }}
              search={clipId === null ? { find: text } : { clip: clipId }}
              className="flex items-baseline gap-3 rounded-md px-3 py-2.5 hover:bg-surface"
            >
              <div className="min-w-0 grow">
                <h2 dir="auto" className="truncate text-left text-sm font-medium" title={title}>
                  {title}
                </h2>
                {/* A clip's own title does not tell whose it is. */}
                {clipId !== null && (
                  <p dir="auto" className="min-h-[1.1rem] truncate text-left text-xs text-faint">
                    {titles.get(recordingId)}
                  </p>
                )}
                <p className="mt-0.5 line-clamp-2 text-sm break-words text-soft">
                  <Snippet text={snippet} />
                </p>
              </div>
              {clipId !== null && <Badge>{t('library.inClip')}</Badge>}
            </Link>
          </li>
        ))}
      </ul>
    </>
  )
}

/** Hits stand between U+0002 and U+0003. */
function Snippet({ text }: { text: string }) {
  return text.split(/(\u0002[^\u0003]*\u0003)/).map((part, at) =>
    part.startsWith('\u0002') ? (
      // Parts have no identity but their place.
      // eslint-disable-next-line react/no-array-index-key
      <mark key={at} className="rounded-[3px] bg-ember-wash px-0.5 text-ember-ink">
        {part.slice(1, -1)}
      </mark>
    ) : (
      part
    ),
  )
}
