import { ClutchcutError } from '../../../src-shared/contract/errors.ts'
import type { JobState } from '../../../src-shared/contract/job.ts'

export type JobChange = 'pause' | 'resume' | 'cancel' | 'retry'
/** What is asked of the process that runs a job. `go-on` takes back a pause or cancel that it may have begun. */
export type Requested = 'pause' | 'cancel' | 'go-on'

type Answer =
  { kind: 'state'; state: Exclude<JobState, 'running'> } | { kind: 'ask'; requested: Requested } | { kind: 'nothing' }

/** What a wish does to a job, by the state it is in. A wish that is fulfilled already does nothing. */
export function answerRequest(
  job: { id: number; state: JobState; requested: Requested | null },
  change: JobChange,
): Answer {
  const nothing: Answer = { kind: 'nothing' }
  const queue: Answer = { kind: 'state', state: 'queued' }
  if (job.state === 'running') {
    // Who cancels first and pauses then still wants it to end.
    if (change === 'pause') return job.requested === 'cancel' ? nothing : { kind: 'ask', requested: 'pause' }
    if (change === 'cancel') return { kind: 'ask', requested: 'cancel' }
    return job.requested === null ? nothing : { kind: 'ask', requested: 'go-on' }
  }
  switch (change) {
    case 'pause':
      if (job.state === 'queued') return { kind: 'state', state: 'paused' }
      if (job.state === 'paused') return nothing
      break
    case 'resume':
      if (job.state === 'paused' || job.state === 'needs-input') return queue
      if (job.state === 'queued') return nothing
      break
    case 'cancel':
      if (job.state === 'cancelled') return nothing
      if (job.state === 'queued' || job.state === 'paused' || job.state === 'needs-input') {
        return { kind: 'state', state: 'cancelled' }
      }
      break
    case 'retry':
      if (job.state === 'failed' || job.state === 'cancelled' || job.state === 'needs-input') return queue
      if (job.state === 'queued') return nothing
      break
    default:
      change satisfies never
  }
  throw new ClutchcutError('job/wrong-state', wrongState(job.id, job.state, change), {
    data: { id: job.id, state: job.state, change },
  })
}

/**
 * Where a job goes whose run ends with `state`, given what was asked meanwhile. What is finished stays finished; a
 * run that only stopped follows the last wish.
 */
export function settleState(
  requested: Requested | null,
  state: Exclude<JobState, 'running'>,
): Exclude<JobState, 'running'> {
  const stopped = state === 'queued' || state === 'paused'
  if (requested === 'cancel' && stopped) return 'cancelled'
  if (requested === 'pause' && state === 'queued') return 'paused'
  if (requested === 'go-on' && (stopped || state === 'cancelled')) return 'queued'
  return state
}

const stateWords: Record<JobState, string> = {
  queued: 'is waiting for its turn',
  running: 'is running',
  paused: 'is paused',
  done: 'is done',
  failed: 'has failed',
  cancelled: 'was cancelled',
  'needs-input': 'needs an answer first',
}

function wrongState(id: number, state: JobState, change: JobChange): string {
  const advice =
    state === 'failed' || state === 'cancelled'
      ? 'retry it to run it again'
      : state === 'paused'
        ? 'resume it to go on'
        : 'there is nothing to do'
  return `Job ${id} ${stateWords[state]}, so it cannot ${change}: ${advice}.`
}
