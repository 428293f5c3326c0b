import { getRouteApi, Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { buttonClasses } from '../../components/button.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { Skeleton } from '../../components/skeleton.tsx'
import { RecordingView } from './recording-view.tsx'
import { useRecording } from './use-recording.ts'

const route = getRouteApi('/recordings/$id')

export function RecordingPage() {
  const { t } = useTranslation()
  const id = Number(route.useParams().id)
  const search = route.useSearch()
  const found = useRecording(id)
  if (found.error !== null) {
    return (
      <div className="p-6">
        <h1 tabIndex={-1} className="sr-only">
          {t('recording.title')}
        </h1>
        <ErrorState error={found.error} onRetry={() => void found.refetch()} />
        <p className="text-center">
          <Link to="/" className={buttonClasses()}>
            {t('recording.toLibrary')}
          </Link>
        </p>
      </div>
    )
  }
  if (found.recording === undefined || found.loading) {
    return (
      <div className="flex flex-col gap-4 p-6" role="status" aria-label={t('common.loading')}>
        <Skeleton className="h-8 w-72" />
        <Skeleton className="aspect-video w-full max-w-4xl" />
      </div>
    )
  }
  // Another recording is another player, another view.
  return <RecordingView key={id} {...found} recording={found.recording} search={search} />
}
