import { basename } from 'node:path'
import { ClutchcutError } from '../../src-shared/contract/errors.ts'
import type { Job } from '../../src-shared/contract/job.ts'
import { processedRecording } from './documents.ts'
import { formatClips } from './moments.ts'
import { printMontage } from './montage.ts'
import { printJson, printText } from './print.ts'
import type { CommonOptions, ProgramContext } from './program.ts'
import { runSpec } from './run-spec.ts'
import { formatTable } from './table.ts'
import { withEngine } from './with-engine.ts'

export async function listJobs(options: CommonOptions & { limit: number }): Promise<void> {
  await withEngine(options, ({ api }) => {
    const jobs = api.jobs.list({ limit: options.limit })
    if (options.json) return printJson({ version: 1, jobs })
    if (jobs.length === 0) return printText('No jobs yet.')
    const rows = jobs.map((job) => [
      String(job.id),
      job.spec.kind,
      stateText(job),
      job.updatedAt.slice(0, 16).replace('T', ' '),
      basename(job.spec.path),
      job.state === 'failed' || job.state === 'needs-input' ? (job.failures.at(-1)?.message ?? '') : '',
    ])
    printText(formatTable(['Job', 'What', 'State', 'Changed', 'File', 'Reason'], rows))
  })
}

/** `resume` runs the job here, to its end; `pause` and `cancel` reach whichever process runs it. */
export async function changeJob(
  change: 'pause' | 'resume' | 'cancel',
  id: number,
  options: CommonOptions,
  context: ProgramContext,
): Promise<void> {
  await withEngine(options, async (engine) => {
    if (change !== 'resume') {
      const job = engine.api.jobs.request(id, change)
      if (options.json) printJson({ version: 1, job })
      else printText(`Job ${id}: ${stateText(job)}.`)
      return
    }
    const job = engine.api.jobs.get(id)
    if (job === undefined) throw new ClutchcutError('job/not-found', `There is no job ${id}.`, { data: { id } })
    if (job.state === 'done') {
      throw new ClutchcutError('job/wrong-state', `Job ${id} is done; there is nothing to go on with.`, {
        data: { id },
      })
    }
    if (job.state !== 'queued' && job.state !== 'running') {
      engine.api.jobs.request(id, job.state === 'paused' ? 'resume' : 'retry')
    }
    const outcome = await runSpec(engine, job.spec, context.signal)
    if (outcome.kind === 'failed') throw outcome.error
    if (outcome.kind === 'needs-input') throw new ClutchcutError('job/needs-input', outcome.message)
    if (outcome.kind === 'rendered') {
      const clips = outcome.clips.map(({ clip, renders }) => ({ clip: clip.id, renders }))
      if (options.json) printJson({ version: 1, clips })
      else for (const { path } of clips.flatMap(({ renders }) => renders)) printText(path)
      return
    }
    if (outcome.kind === 'montage') return printMontage(outcome.files, options)
    const recording = processedRecording(outcome.result)
    if (options.json) printJson({ version: 1, recordings: [recording], failures: [] })
    else printText(`${basename(job.spec.path)}\n${formatClips(recording)}`)
  })
}

function stateText(job: Job): string {
  if (job.state !== 'running' || job.progress === null) return job.state
  return `${job.state} ${Math.floor(job.progress.fraction * 100)} %`
}
