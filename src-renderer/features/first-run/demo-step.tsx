import { useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../api-context.tsx'
import { Button } from '../../components/button.tsx'
import { useProblemToast } from '../../components/problem-toast.ts'
import { Progress } from '../../components/progress.tsx'

/** Has the demo analysed, and goes to its page as soon as there is one. */
export function DemoStep({ onFinish }: { onFinish: () => void }) {
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
  return (
    <div className="flex flex-col items-center gap-3">
      {demo === null && <p className="text-sm text-soft">{t('firstRun.demo.none')}</p>}
      {failure !== undefined && <p className="text-sm text-bad">{failure.message}</p>}
      {add.data !== undefined && failure === undefined ? (
        <div className="w-full">
          <Progress shown label={t('library.card.running')} fraction={job?.progress?.fraction ?? null} />
        </div>
      ) : (
        <div className="flex flex-wrap justify-center gap-2">
          <Button onClick={onFinish}>{t('firstRun.demo.own')}</Button>
          {demo !== null && (
            <Button variant="primary" autoFocus disabled={add.isPending} onClick={() => add.mutate(demo)}>
              {t('firstRun.demo.go')}
            </Button>
          )}
        </div>
      )}
    </div>
  )
}
