import { useQuery } from '@tanstack/react-query'
import Copy from 'lucide-react/icons/copy'
import { useTranslation } from 'react-i18next'
import { toast } from 'sonner'
import type { Job } from '../../../src-shared/contract/job.ts'
import { useApi } from '../../api-context.tsx'
import { Button } from '../../components/button.tsx'
import { Sheet } from '../../components/dialog.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { useProblemToast } from '../../components/problem-toast.ts'
import { Skeleton } from '../../components/skeleton.tsx'
import { JobFailureText } from './job-failure.tsx'
import { titleOf } from './job-groups.ts'

/** Why a job failed, with the last lines of its log, to be copied into a report. */
export function LogSheet({ job, onClose }: { job: Job; onClose: () => void }) {
  const { t } = useTranslation()
  const { queries } = useApi()
  const tellProblem = useProblemToast()
  const { data, error, refetch } = useQuery({
    ...queries.jobs.log.queryOptions({ input: { id: job.id, lines: 200 } }),
    // It grows without telling.
    staleTime: 0,
  })
  const failure = job.failures.at(-1)
  const lines = (data?.lines ?? []).map(({ at, level, text }) =>
    [at?.slice(11, 19), level, text].filter((part) => part !== undefined && part !== '').join('  '),
  )
  const parts = [
    ...(failure === undefined ? [] : [`${failure.code}: ${failure.message}`]),
    ...lines,
    ...(data?.ffmpeg.length === 0 || data === undefined ? [] : ['FFmpeg:', ...data.ffmpeg]),
  ]
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText([`Clutchcut, ${titleOf(job)}`, ...parts].join('\n'))
      toast(t('jobs.copied'))
    } catch (thrown) {
      tellProblem(thrown)
    }
  }
  return (
    <Sheet
      open
      onOpenChange={onClose}
      title={t('jobs.log')}
      description={titleOf(job)}
      footer={
        <Button icon={<Copy size={16} />} disabled={data === undefined} onClick={() => void copy()}>
          {t('jobs.copy')}
        </Button>
      }
    >
      {failure !== undefined && <JobFailureText failure={failure} />}
      {error !== null && <ErrorState compact error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <Skeleton className="mt-4 h-40" />}
      {data !== undefined && lines.length === 0 && <p className="mt-4 text-sm text-soft">{t('jobs.noLog')}</p>}
      {lines.length > 0 && <LogText label={t('jobs.log')} lines={lines} />}
      {data !== undefined && data.ffmpeg.length > 0 && (
        <>
          <h3 className="mt-4 text-sm font-medium">{t('jobs.ffmpeg')}</h3>
          <LogText label={t('jobs.ffmpeg')} lines={data.ffmpeg} />
        </>
      )}
    </Sheet>
  )
}

function LogText({ label, lines }: { label: string; lines: readonly string[] }) {
  return (
    <pre
      role="region"
      // What scrolls is reached by keys.
      tabIndex={0}
      aria-label={label}
      className="mt-3 max-h-96 overflow-y-auto rounded-md border border-line bg-page p-3 font-mono text-xs leading-5 break-words whitespace-pre-wrap text-soft"
    >
      {lines.join('\n')}
    </pre>
  )
}
