import { useTranslation } from 'react-i18next'
import { ClutchcutError } from '../../../src-shared/contract/errors.ts'
import { Badge } from '../../components/badge.tsx'
import { Button } from '../../components/button.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { Progress } from '../../components/progress.tsx'
import { Skeleton } from '../../components/skeleton.tsx'
import { GalleryGroup } from './gallery-group.tsx'

const tones = ['neutral', 'ember', 'good', 'bad', 'warn', 'info'] as const

export function GalleryStates() {
  const { t } = useTranslation()
  const error = new ClutchcutError('output/disk-full', t('gallery.sample.titleProblem'))
  return (
    <GalleryGroup title={t('gallery.states')}>
      <div className="flex flex-wrap gap-2">
        {tones.map((tone) => (
          <Badge key={tone} tone={tone}>
            {t(`gallery.sample.badges.${tone}`)}
          </Badge>
        ))}
      </div>
      <Progress shown label={t('gallery.sample.analysing')} fraction={0.62} etaSeconds={74} />
      <Progress shown label={t('gallery.sample.rendering')} fraction={null} />
      <ErrorState compact error={error} onRetry={() => {}} />
      <div className="flex gap-3">
        <Skeleton className="aspect-video w-32" />
        <div className="flex grow flex-col gap-2 pt-1">
          <Skeleton className="h-4 w-2/3" />
          <Skeleton className="h-3 w-1/3" />
        </div>
      </div>
      <EmptyState title={t('gallery.sample.emptyTitle')} text={t('gallery.sample.emptyText')}>
        <Button variant="primary" size="l">
          {t('gallery.sample.save')}
        </Button>
      </EmptyState>
    </GalleryGroup>
  )
}
