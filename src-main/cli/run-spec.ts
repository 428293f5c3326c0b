import { basename, resolve } from 'node:path'
import { ClutchcutError } from '../../src-shared/contract/errors.ts'
import { jobSpecSchema, type JobSpec } from '../../src-shared/contract/job.ts'
import type { Engine, EngineOutcome } from './with-engine.ts'
import { createProgressLine } from './progress-line.ts'

type Ended = Extract<EngineOutcome, { kind: 'done' | 'failed' | 'needs-input' }>

/**
 * Runs one job here with a progress line on stderr. An interruption (Ctrl-C) and a cancellation from elsewhere are
 * thrown as `job/cancelled`.
 */
export async function runSpec(
  engine: Engine,
  spec: Partial<JobSpec> & Pick<JobSpec, 'kind' | 'path'>,
  signal: AbortSignal,
): Promise<Ended> {
  const line = createProgressLine(process.stderr)
  try {
    const full = jobSpecSchema.parse({ ...spec, path: resolve(spec.path) })
    const outcome = await engine.queue.runSpec(full, {
      signal,
      onProgress: (progress) => line.show(basename(full.path), progress),
    })
    if (outcome.kind === 'done' || outcome.kind === 'failed' || outcome.kind === 'needs-input') return outcome
    signal.throwIfAborted()
    const { id } = outcome.job
    throw new ClutchcutError(
      'job/cancelled',
      `Job ${id} was ${outcome.kind} from elsewhere. "clutchcut jobs resume ${id}" goes on with it.`,
    )
  } finally {
    line.clear()
  }
}
