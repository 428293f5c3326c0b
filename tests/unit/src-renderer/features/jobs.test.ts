import { describe, expect, it } from 'vitest'
import { attemptOf, groupJobs, priorityToBe, titleOf } from '../../../../src-renderer/features/jobs/job-groups.ts'
import { jobSpecSchema, type Job, type JobState } from '../../../../src-shared/contract/job.ts'

const job = (id: number, state: JobState, priority = 0, updatedAt = '2026-01-01T00:00:00Z'): Job => ({
  id,
  spec: jobSpecSchema.parse({ kind: 'analyze', path: `C:\\videos\\${id}.mkv` }),
  state,
  priority,
  attempt: 1,
  interruptions: 0,
  recording: null,
  progress: null,
  failures: [],
  createdAt: '2026-01-01T00:00:00Z',
  updatedAt,
})

describe('the order of jobs', () => {
  it('is that in which they run, then what ended, newest first', () => {
    const jobs = [
      job(1, 'queued'),
      job(2, 'done', 0, '2026-01-02T00:00:00Z'),
      job(3, 'paused', 5),
      job(4, 'running'),
      job(5, 'failed', 0, '2026-01-03T00:00:00Z'),
      job(6, 'queued', 5),
    ]
    const { now, waiting, ended } = groupJobs(jobs)
    expect([now, waiting, ended].map((group) => group.map(({ id }) => id))).toEqual([[4], [3, 6, 1], [5, 2]])
  })

  it('puts a job before all that wait or behind them, and stays within what there is', () => {
    const waiting = [job(1, 'queued', 7), job(2, 'queued', -3)]
    expect(priorityToBe('first', waiting[1]!, waiting)).toBe(8)
    expect(priorityToBe('first', job(3, 'queued', 2), [])).toBe(3)
    expect(priorityToBe('first', job(3, 'queued', 0), [job(1, 'queued', 100)])).toBe(100)
    expect(priorityToBe('last', waiting[0]!, waiting)).toBe(-4)
    expect(priorityToBe('last', job(3, 'queued', 0), [job(1, 'queued', -100)])).toBe(-100)
  })

  it('counts attempts by what ended them, not by pauses', () => {
    const failure = { code: 'ffmpeg/failed', message: '', data: {}, stage: null, at: '2026-01-01T00:00:00Z' } as const
    expect(attemptOf(job(1, 'done'))).toBe(1)
    expect(attemptOf({ ...job(1, 'done'), interruptions: 1 })).toBe(2)
    expect(attemptOf({ ...job(1, 'failed'), failures: [failure] })).toBe(1)
    expect(attemptOf({ ...job(1, 'running'), failures: [failure], interruptions: 1 })).toBe(3)
  })

  it('is named after its file until the recording is known', () => {
    expect(titleOf(job(1, 'queued'))).toBe('1.mkv')
    expect(titleOf({ ...job(1, 'queued'), about: { recordingId: 2, title: 'Friday' } })).toBe('Friday')
  })
})
