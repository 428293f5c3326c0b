import type { Notice } from '../../src-shared/contract/events.ts'

/** Where one sees what a notice is about. Pure. */
export function targetOf({ outcome, kind, recordingId }: Pick<Notice, 'outcome' | 'kind' | 'recordingId'>) {
  // Why it ended, and what can be done about it, stands with the job.
  if (outcome !== 'done') return { to: '/jobs' } as const
  if (kind !== 'analyze') return { to: '/exports' } as const
  return recordingId === null
    ? ({ to: '/' } as const)
    : ({ to: '/recordings/$id', params: { id: String(recordingId) } } as const)
}
