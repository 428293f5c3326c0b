import { useTranslation } from 'react-i18next'
import type { Job } from '../../../src-shared/contract/job.ts'
import { Card } from '../../components/card.tsx'
import { useStore } from '../../store.ts'
import { JobProgress, ProgressWithCancel } from './job-progress.tsx'
import { uploads } from './uploads.ts'

const nameOf = (path: string): string => path.split(/[\\/]/).at(-1) ?? path

/** Files that are being copied or looked at, and have no place in the list yet. */
export function Underway({ jobs }: { jobs: readonly Job[] }) {
  const { t } = useTranslation()
  const copying = useStore(uploads)
  if (jobs.length === 0 && copying.length === 0) return null
  return (
    <section aria-label={t('library.underway')} className="mb-5 grid gap-3 sm:grid-cols-2 xl:grid-cols-3">
      {copying.map(({ name, fraction, cancel }) => (
        <Card key={name} className="min-w-0 p-3.5">
          <p className="mb-1.5 truncate text-sm font-medium">{name}</p>
          <ProgressWithCancel label={t('library.card.uploading')} title={name} fraction={fraction} onCancel={cancel} />
        </Card>
      ))}
      {jobs.map((job) => (
        <Card key={job.id} className="min-w-0 p-3.5">
          <p className="mb-1.5 truncate text-sm font-medium">{nameOf(job.spec.path)}</p>
          <JobProgress job={job} title={nameOf(job.spec.path)} />
        </Card>
      ))}
    </section>
  )
}
