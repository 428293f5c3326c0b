import { useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../api-context.tsx'
import { Button } from '../../components/button.tsx'
import { useProblemToast } from '../../components/problem-toast.ts'
import { JobFailureText } from '../jobs/job-failure.tsx'
import { Progress } from '../../components/progress.tsx'

/** Has the demo analysed, and goes to its page as soon as there is one. */
export function DemoStep({ onFinish, onBack }: { onFinish: () => void; onBack: () => void }) {
  const { t } = useTranslation()
  const { client, queries } = useApi()
  const navigate = useNavigate()
  const tellProblem = useProblemToast()
  const demo = useQuery(queries.setup.demo.queryOptions()).data?.path
  const add = useMutation({
    mutationFn: (path: string) => client.jobs.add({ spec: { kind: 'analyze', path } }),
    onError: tellProblem,
  })
  const job = useQuery({
    ...queries.jobs.get.queryOptions({ input: { id: add.data?.id ?? 1 } }),
    enabled: add.data !== undefined,
    // Events bring what is new, but the first may come before anyone listens.
    refetchInterval: 500,
  }).data
  const recordingId = add.data === undefined ? undefined : job?.about?.recordingId
  const failure = job?.state === 'failed' ? job.failures.at(-1) : undefined
  useEffect(() => {
    if (recordingId === undefined) return
    onFinish()
    void navigate({ to: '/recordings/$id', params: { id: String(recordingId) } })
    // Once, when it is known.
  }, [recordingId])
  if (demo === undefined) return null
  const busy = add.data !== undefined && failure === undefined
  return (
    <>
      {demo === null && <p className="mt-5 text-center text-sm text-soft">{t('firstRun.demo.none')}</p>}
      {failure !== undefined && (
        <div role="alert" className="mt-5">
          <JobFailureText failure={failure} />
        </div>
      )}
      {busy ? (
        <div className="mt-6">
          <Progress shown label={t('library.card.running')} fraction={job?.progress?.fraction ?? null} />
        </div>
      ) : (
        <div className="mt-6 flex flex-wrap items-center justify-end gap-2">
          <Button variant="quiet" className="mr-auto" onClick={onBack}>
            {t('firstRun.back')}
          </Button>
          <Button onClick={onFinish}>{t('firstRun.demo.own')}</Button>
          {demo !== null && (
            <Button variant="primary" autoFocus disabled={add.isPending} onClick={() => add.mutate(demo)}>
              {t('firstRun.demo.go')}
            </Button>
          )}
        </div>
      )}
    </>
  )
}
