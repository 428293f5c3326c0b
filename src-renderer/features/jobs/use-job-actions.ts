import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Job } from '../../../src-shared/contract/job.ts'
import { useApi } from '../../api-context.tsx'
import { useProblemToast } from '../../components/problem-toast.ts'
import { actionsOf, priorityToBe, type JobAction } from './job-groups.ts'

/** Does to jobs what their state allows. */
export function useJobActions(waiting: readonly Job[], onLog: (job: Job) => void) {
  const { client, queries } = useApi()
  const cache = useQueryClient()
  const tellProblem = useProblemToast()
  const does = useMutation({
    mutationFn: async (action: () => Promise<unknown>) => action(),
    onError: tellProblem,
    onSettled: () => cache.invalidateQueries({ queryKey: queries.jobs.list.key() }),
  })
  function act(job: Job, action: JobAction): void {
    if (!actionsOf(job).includes(action)) return
    const { id } = job
    if (action === 'log') onLog(job)
    else if (action === 'first' || action === 'last')
      does.mutate(() => client.jobs.setPriority({ id, priority: priorityToBe(action, job, waiting) }))
    else does.mutate(() => client.jobs[action]({ id }))
  }
  return {
    act,
    pauseAll: () => does.mutate(() => client.jobs.pauseAll()),
    resumeAll: () => does.mutate(() => client.jobs.resumeAll()),
    clearFinished: () => does.mutate(() => client.jobs.clearFinished()),
  }
}
