import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Job } from '../../../src-shared/contract/job.ts'
import { useApi } from '../../api-context.tsx'
import { Button, buttonClasses } from '../../components/button.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Skeleton } from '../../components/skeleton.tsx'
import { useShortcuts } from '../../shortcuts/use-shortcuts.ts'
import { groupJobs, type JobAction } from './job-groups.ts'
import { JobItem } from './job-item.tsx'
import { LogSheet } from './log-sheet.tsx'
import { jobShortcuts } from './shortcuts.ts'
import { useJobActions } from './use-job-actions.ts'

/** Ended ones that are shown at first. */
const FEW = 50

/** What is being done, what waits for its turn, and what came of the rest. */
export function JobsPage() {
  const { t } = useTranslation()
  const { queries } = useApi()
  const { data, error, refetch } = useQuery(queries.jobs.list.queryOptions({ input: { limit: 500 } }))
  const [chosen, setChosen] = useState<number | null>(null)
  const [shown, setShown] = useState(FEW)
  const [logOf, setLogOf] = useState<Job | null>(null)
  const { now, waiting, ended } = groupJobs(data ?? [])
  const { act, pauseAll, resumeAll, clearFinished } = useJobActions(waiting, setLogOf)
  const past = ended.slice(0, shown)
  const all = [...now, ...waiting, ...past]
  const current = all.find(({ id }) => id === chosen)
  const move = (by: number): void => {
    const at = all.findIndex(({ id }) => id === chosen)
    setChosen(all[Math.min(all.length - 1, Math.max(0, at + by))]?.id ?? null)
  }
  const on = (action: JobAction) => () => current !== undefined && act(current, action)
  useShortcuts(jobShortcuts, {
    next: () => move(1),
    previous: () => move(-1),
    pause: () => current !== undefined && act(current, current.state === 'paused' ? 'resume' : 'pause'),
    first: on('first'),
    last: on('last'),
    retry: on('retry'),
    log: on('log'),
    cancel: on('cancel'),
  })
  const canPause = [...now, ...waiting].some(({ state }) => state !== 'paused')
  const canResume = waiting.some(({ state }) => state === 'paused')
  const canClear = ended.some(({ state }) => state !== 'needs-input')
  const groups = [
    { id: 'now', jobs: now },
    { id: 'waiting', jobs: waiting },
    { id: 'ended', jobs: past },
  ] as const
  return (
    <div className="min-h-0 grow overflow-y-auto px-4 pt-5 pb-12 sm:px-8 sm:pt-8 [&>*]:max-w-4xl">
      <PageHeader
        title={t('jobs.title')}
        {...(all.length > 0 && {
          detail: t('jobs.summary', { running: now.length, waiting: waiting.length, ended: ended.length }),
          actions: (
            <>
              {canPause && <Button onClick={pauseAll}>{t('jobs.pauseAll')}</Button>}
              {canResume && <Button onClick={resumeAll}>{t('jobs.resumeAll')}</Button>}
              {canClear && <Button onClick={clearFinished}>{t('jobs.clear')}</Button>}
            </>
          ),
        })}
      />
      {error !== null && <ErrorState error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <Skeleton className="mt-6 h-40" />}
      {data !== undefined && all.length === 0 && (
        <EmptyState title={t('jobs.empty.title')} text={t('jobs.empty.text')}>
          <Link to="/" className={buttonClasses()}>
            {t('shell.toLibrary')}
          </Link>
        </EmptyState>
      )}
      {groups.map(({ id, jobs }) =>
        jobs.length === 0 ? null : (
          <section key={id} aria-labelledby={`jobs-${id}`} className="mt-6">
            <h2 id={`jobs-${id}`} className="mb-2 text-sm font-medium text-soft">
              {t(`jobs.groups.${id}`)}
            </h2>
            <ul className="flex flex-col gap-2">
              {jobs.map((job) => (
                <JobItem
                  key={job.id}
                  job={job}
                  chosen={job.id === chosen}
                  onChoose={() => setChosen(job.id)}
                  onAction={act}
                />
              ))}
            </ul>
          </section>
        ),
      )}
      {ended.length > shown && (
        <Button className="mt-3" onClick={() => setShown(shown * 4)}>
          {t('jobs.more', { count: ended.length - shown })}
        </Button>
      )}
      {logOf !== null && <LogSheet job={logOf} onClose={() => setLogOf(null)} />}
    </div>
  )
}
