import { jobSchema, jobSpecSchema, type Job, type JobSpec } from '../../src-shared/contract/job.ts'

export function makeSpec(change: Partial<JobSpec> = {}): JobSpec {
  return jobSpecSchema.parse({ kind: 'process', path: '/videos/match.mkv', outputFolder: '/clips', ...change })
}

export function makeJob(change: Partial<Job> = {}): Job {
  const at = '2026-01-01T00:00:00Z'
  return jobSchema.parse({
    id: 1,
    spec: makeSpec(),
    state: 'running',
    priority: 0,
    attempt: 1,
    interruptions: 0,
    recording: null,
    progress: null,
    failures: [],
    createdAt: at,
    updatedAt: at,
    ...change,
  })
}
