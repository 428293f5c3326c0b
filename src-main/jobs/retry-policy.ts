import type { ClutchcutError, ErrorCode } from '../../src-shared/contract/errors.ts'
import type { Job } from '../../src-shared/contract/job.ts'

/** Pauses before the first, second and third automatic retry. After that a person decides. */
export const retryDelaysMs = [1_000, 5_000, 20_000] as const

/** Times that a job may lose its process (a crash, a power cut) before it is no longer picked up by itself. */
export const MAX_INTERRUPTIONS = 50

/** Failures that may well not happen again: another try costs little. All others would fail the same way. */
const transient: ReadonlySet<ErrorCode> = new Set(['ffmpeg/stalled', 'inference/failed', 'library/busy'])

export function isTransient(error: ClutchcutError): boolean {
  // An FFmpeg without an exit code was ended from outside, most often for want of memory.
  return transient.has(error.code) || (error.code === 'ffmpeg/failed' && error.data['exitCode'] === null)
}

/**
 * The next automatic retry of a job that has just failed, or null when it is to stay failed. Each retried failure
 * carries its number in `data.retry`; the last one has none, so a retry that a person asks for starts over.
 */
export function nextRetry(job: Job, error: ClutchcutError): { number: number; delayMs: number } | null {
  if (!isTransient(error)) return null
  const last = job.failures.at(-1)?.data['retry']
  const number = (typeof last === 'number' ? last : 0) + 1
  const delayMs = retryDelaysMs[number - 1]
  return delayMs === undefined ? null : { number, delayMs }
}

/**
 * Claims since the last failure that ended without a word. `attempt` counts claims, and every failure says in
 * `data.attempt` which one it ended, so a retry that a person asks for starts over.
 */
export function interruptions(job: Job): number {
  const last = job.failures.at(-1)?.data['attempt']
  return Math.max(0, job.attempt - 1 - (typeof last === 'number' ? last : 0))
}
