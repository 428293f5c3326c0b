import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Job } from '../../../src-shared/contract/job.ts'
import type { RecordingSummary } from '../../../src-shared/contract/recording.ts'
import { useApi } from '../../api-context.tsx'
import { Button } from '../../components/button.tsx'
import { useProblemToast } from '../../components/problem-toast.ts'
import { Progress } from '../../components/progress.tsx'
import { inOurWords } from '../../i18n/engine-words.ts'
import { RelinkButton } from './relink-button.tsx'

interface Props {
  readonly recording: RecordingSummary
  readonly job: Job | undefined
  readonly hasMoments: boolean
}

/** What stands between a recording and its moments: work under way, or work that nobody asked for yet. */
export function RecordingState({ recording, job, hasMoments }: Props) {
  const { t } = useTranslation()
  const { client } = useApi()
  const tellProblem = useProblemToast()
  const analyse = useMutation({
    mutationFn: () => client.jobs.add({ spec: { kind: 'analyze', path: recording.path } }),
    onError: tellProblem,
  })
  const cancel = useMutation({ mutationFn: (id: number) => client.jobs.cancel({ id }), onError: tellProblem })
  if (job !== undefined) {
    const { state, progress } = job
    const words =
      state === 'running' && progress !== null ? t(`jobs.stages.${progress.stage}`) : t('recording.work.waiting')
    return (
      <div className="flex flex-col gap-3 rounded-md border border-line bg-raised p-4">
        <Progress
          shown
          label={job.progress?.waitingFor == null ? words : inOurWords(job.progress.waitingFor)}
          fraction={job.progress?.fraction ?? null}
          etaSeconds={job.progress?.etaSeconds ?? null}
        />
        <Button size="s" className="self-start" onClick={() => cancel.mutate(job.id)}>
          {t('common.cancel')}
        </Button>
      </div>
    )
  }
  if (recording.state === 'missing') {
    return (
      <Hint title={t('recording.missing.title')} text={t('recording.missing.text', { path: recording.path })}>
        <RelinkButton recordingId={recording.id} />
      </Hint>
    )
  }
  if (hasMoments) return null
  const words = recording.state === 'analysed' ? 'none' : recording.state === 'failed' ? 'failed' : 'new'
  return (
    <Hint title={t(`recording.${words}.title`)} text={t(`recording.${words}.text`)}>
      {words !== 'none' && (
        <Button variant="primary" disabled={analyse.isPending} onClick={() => analyse.mutate()}>
          {t('recording.analyse')}
        </Button>
      )}
    </Hint>
  )
}

function Hint({ title, text, children }: { title: string; text: string; children?: React.ReactNode }) {
  return (
    <div className="rounded-md border border-line bg-raised p-4">
      <p className="font-semibold">{title}</p>
      <p className="mt-1 mb-3 text-sm break-words text-soft">{text}</p>
      {children}
    </div>
  )
}
