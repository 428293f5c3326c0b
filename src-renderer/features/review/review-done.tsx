import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Button, buttonClasses } from '../../components/button.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { useShortcuts } from '../../shortcuts/use-shortcuts.ts'
import { openExport } from '../exports/open-export.ts'
import { reviewShortcuts } from './shortcuts.ts'
import type { useReview } from './use-review.ts'

/** Behind the last clip. */
export function ReviewDone({ review }: { review: ReturnType<typeof useReview> }) {
  const { t } = useTranslation()
  useShortcuts(reviewShortcuts, {
    undo: review.undo,
    previous: () => review.move(-1),
    export: () => openExport(review.kept()),
  })
  return (
    <div className="flex min-h-0 grow flex-col overflow-y-auto px-4 pt-5 pb-12 sm:px-8 sm:pt-8">
      <PageHeader title={t('review.title')} />
      <div className="m-auto">
        <EmptyState title={t('review.done.title')} text={t('review.done.text', review.counts)}>
          <Button disabled={!review.canUndo} onClick={review.undo}>
            {t('common.undo')}
          </Button>
          <Link to="/" className={buttonClasses()}>
            {t('review.toLibrary')}
          </Link>
          {review.counts.kept > 0 && (
            <Button variant="primary" onClick={() => openExport(review.kept())}>
              {t('review.done.export')}
            </Button>
          )}
        </EmptyState>
      </div>
    </div>
  )
}
