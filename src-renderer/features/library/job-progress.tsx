import X from 'lucide-react/icons/x'
import { useTranslation } from 'react-i18next'
import type { Job } from '../../../src-shared/contract/job.ts'
import { useApi } from '../../api-context.tsx'
import { Progress } from '../../components/progress.tsx'

/** How far a job is, when it ends, and what ends it now. */
export function JobProgress({ job, title }: { job: Job; title: string }) {
  const { t } = useTranslation()
  const { client } = useApi()
  const doing = job.progress?.stage === 'render' ? t('library.card.rendering') : t('library.card.running')
  const label =
    job.state === 'queued' ? t('library.card.queued') : job.state === 'paused' ? t('library.card.paused') : doing
  return (
    <ProgressWithCancel
      label={label}
      title={title}
      fraction={job.state === 'queued' ? 0 : (job.progress?.fraction ?? null)}
      etaSeconds={job.state === 'running' ? (job.progress?.etaSeconds ?? null) : null}
      // Refused where it ended meanwhile: the list says so anyway.
      onCancel={() => void client.jobs.cancel({ id: job.id }).catch(() => null)}
    />
  )
}

interface Props {
  readonly label: string
  readonly title: string
  readonly fraction: number | null
  readonly etaSeconds?: number | null
  readonly onCancel: () => void
}

export function ProgressWithCancel({ label, title, fraction, etaSeconds = null, onCancel }: Props) {
  const { t } = useTranslation()
  return (
    <div className="flex items-center gap-2">
      <div className="min-w-0 grow">
        <Progress shown label={label} fraction={fraction} etaSeconds={etaSeconds} />
      </div>
      <button
        type="button"
        aria-label={t('library.card.cancel', { title })}
        onClick={onCancel}
        className="grid size-7 shrink-0 place-items-center rounded-sm text-faint hover:bg-hover hover:text-ink"
      >
        <X size={16} />
      </button>
    </div>
  )
}
