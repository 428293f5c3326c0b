import { getRouteApi, Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { buttonClasses } from '../../components/button.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { ReviewDone } from './review-done.tsx'
import { ReviewStage } from './review-stage.tsx'
import { useReview } from './use-review.ts'

const route = getRouteApi('/review')

/** One clip after the other, a key each. */
export function ReviewPage() {
  const { t } = useTranslation()
  const { recording } = route.useSearch()
  const review = useReview(recording)
  if (review.error !== null) {
    return (
      <div className="px-4 pt-5 sm:px-8 sm:pt-8">
        <PageHeader title={t('review.title')} />
        <ErrorState error={review.error} onRetry={review.refetch} />
      </div>
    )
  }
  if (review.loading) return <div role="status" aria-label={t('common.loading')} className="grow bg-black" />
  if (review.total === 0) {
    return (
      <div className="flex min-h-0 grow flex-col overflow-y-auto px-4 pt-5 pb-12 sm:px-8 sm:pt-8">
        <PageHeader title={t('review.title')} />
        <div className="m-auto">
          <EmptyState
            title={t('review.empty.title')}
            text={review.leftOut > 0 ? t('review.leftOut', { count: review.leftOut }) : t('review.empty.text')}
          >
            <Link to="/" className={buttonClasses()}>
              {t('review.toLibrary')}
            </Link>
          </EmptyState>
        </div>
      </div>
    )
  }
  if (review.current === undefined) return <ReviewDone review={review} />
  return <ReviewStage review={review} clip={review.current} />
}
