import type { Job, JobState } from '../../../src-shared/contract/job.ts'

export const jobActions = ['pause', 'resume', 'retry', 'first', 'last', 'cancel', 'log'] as const
export type JobAction = (typeof jobActions)[number]

const possible: Readonly<Record<JobState, readonly JobAction[]>> = {
  queued: ['first', 'last', 'pause', 'cancel'],
  running: ['pause', 'cancel'],
  paused: ['resume', 'cancel'],
  done: ['log'],
  failed: ['retry', 'log'],
  cancelled: ['retry'],
  'needs-input': ['retry', 'log', 'cancel'],
}

/** What a job in this state allows. Pure. */
export const actionsOf = ({ state }: Pick<Job, 'state'>): readonly JobAction[] => possible[state]

/** Jobs in the order in which they run: running ones, those that wait, and what ended, newest first. Pure. */
export function groupJobs(jobs: readonly Job[]): { now: Job[]; waiting: Job[]; ended: Job[] } {
  const inOrder = jobs.toSorted((a, b) => b.priority - a.priority || a.id - b.id)
  const ends: readonly JobState[] = ['done', 'failed', 'cancelled', 'needs-input']
  return {
    now: inOrder.filter(({ state }) => state === 'running'),
    waiting: inOrder.filter(({ state }) => state === 'queued' || state === 'paused'),
    ended: jobs
      .filter(({ state }) => ends.includes(state))
      .toSorted((a, b) => b.updatedAt.localeCompare(a.updatedAt) || b.id - a.id),
  }
}

/** The priority that puts a job before all that wait, or behind them; from -100 to 100. Pure. */
export function priorityToBe(place: 'first' | 'last', job: Job, waiting: readonly Job[]): number {
  const all = [job, ...waiting.filter(({ id }) => id !== job.id)].map(({ priority }) => priority)
  return place === 'first' ? Math.min(100, Math.max(...all) + 1) : Math.max(-100, Math.min(...all) - 1)
}

/** Which attempt it is, or was: pausing and going on again makes no new one. Pure. */
export function attemptOf({
  state,
  failures,
  interruptions,
}: Pick<Job, 'state' | 'failures' | 'interruptions'>): number {
  const hasJustFailed = failures.length > 0 && (state === 'failed' || state === 'needs-input')
  return failures.length + interruptions + (hasJustFailed ? 0 : 1)
}

/** What it is about: a montage's title, the recording's, or its file's name. Pure. */
export const titleOf = ({ about, spec }: Pick<Job, 'about' | 'spec'>): string =>
  (spec.montage?.title || about?.title) ?? spec.path.split(/[\\/]/).at(-1) ?? spec.path
