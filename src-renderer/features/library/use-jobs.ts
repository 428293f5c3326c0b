import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Job } from '../../../src-shared/contract/job.ts'
import { useApi } from '../../api-context.tsx'

const underWay = ['queued', 'running', 'paused'] as const

export interface JobsUnderWay {
  readonly ofRecording: ReadonlyMap<number, Job>
  /** Of files that the library does not know yet. */
  readonly others: readonly Job[]
}

/** Jobs that wait or run, oldest last. */
export function useJobs(): JobsUnderWay {
  const { queries } = useApi()
  const { data } = useQuery(queries.jobs.list.queryOptions({ input: { states: [...underWay], limit: 500 } }))
  return useMemo(() => {
    const jobs = data ?? []
    return {
      ofRecording: new Map(jobs.flatMap((job) => (job.about == null ? [] : [[job.about.recordingId, job] as const]))),
      others: jobs.filter(({ about }) => about == null),
    }
  }, [data])
}
