import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { RecordingSummary } from '../../../src-shared/contract/recording.ts'
import { useApi } from '../../api-context.tsx'
import { Badge } from '../../components/badge.tsx'
import { Button } from '../../components/button.tsx'

/** What there is to do with it, else what it came to. */
export function RecordingBadges({ recording }: { recording: RecordingSummary }) {
  const { t } = useTranslation()
  const { client } = useApi()
  const { id, state, candidateCount, clipCount, path } = recording
  return (
    <div className="flex h-8 items-center gap-1.5">
      {candidateCount > 0 && (
        <Link
          to="/review"
          search={{ recording: id }}
          aria-describedby={`recording-${id}`}
          className="figures z-10 inline-flex h-7 items-center rounded-full border border-ember-ink/30 bg-ember-wash px-2.5 text-xs font-medium whitespace-nowrap text-ember-ink transition-colors hover:border-ember-ink"
        >
          {t('library.card.candidates', { count: candidateCount })}
        </Link>
      )}
      {clipCount > 0 && <Badge>{t('library.card.kept', { count: clipCount })}</Badge>}
      {state === 'analysed' && candidateCount === 0 && clipCount === 0 && <Badge>{t('library.states.analysed')}</Badge>}
      {state === 'missing' && <Badge tone="warn">{t('library.states.missing')}</Badge>}
      {state === 'failed' && <Badge tone="bad">{t('library.states.failed')}</Badge>}
      {(state === 'new' || state === 'failed') && (
        <Button
          size="s"
          className="z-10"
          onClick={() => void client.jobs.add({ spec: { kind: 'analyze', path } }).catch(() => null)}
        >
          {t('library.card.analyse')}
        </Button>
      )}
    </div>
  )
}
