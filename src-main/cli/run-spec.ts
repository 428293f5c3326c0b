import { basename, resolve } from 'node:path'
import { ClutchcutError } from '../../src-shared/contract/errors.ts'
import { jobSpecSchema, type JobSpec } from '../../src-shared/contract/job.ts'
import type { Engine, EngineOutcome } from './with-engine.ts'
import { createProgressLine } from './progress-line.ts'

type Ended<Kind extends JobSpec['kind']> =
  | Extract<EngineOutcome, { kind: 'failed' | 'needs-input' }>
  | Extract<EngineOutcome, { kind: Kind extends 'render' ? 'rendered' : Kind extends 'montage' ? 'montage' : 'done' }>

/**
 * Runs one job here with a progress line on stderr. An interruption (Ctrl-C) and a cancellation from elsewhere are
 * thrown as `job/cancelled`.
 */
export async function runSpec<Kind extends JobSpec['kind']>(
  engine: Engine,
  spec: Partial<JobSpec> & Pick<JobSpec, 'path'> & { readonly kind: Kind },
  signal: AbortSignal,
): Promise<Ended<Kind>> {
  const line = createProgressLine(process.stderr)
  try {
    const full = jobSpecSchema.parse({ ...spec, path: resolve(spec.path) })
    const outcome = await engine.queue.runSpec(full, {
      signal,
      onProgress: (progress) => line.show(basename(full.path), progress),
    })
    const isEnd = ['done', 'rendered', 'montage', 'failed', 'needs-input'].includes(outcome.kind)
    // A job of a kind ends in its way.
    if (isEnd) return outcome as Ended<Kind>
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
