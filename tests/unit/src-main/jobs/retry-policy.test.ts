import { describe, expect, it } from 'vitest'
import { interruptions, isTransient, nextRetry, retryDelaysMs } from '../../../../src-main/jobs/retry-policy.ts'
import { ClutchcutError, errorCodes, type ErrorCode } from '../../../../src-shared/contract/errors.ts'
import { makeJob } from '../../../helpers/make-job.ts'

const stalled = new ClutchcutError('ffmpeg/stalled', 'FFmpeg stood still.')

function failed(data: Record<string, unknown>) {
  return { code: stalled.code, message: '', data, stage: null, at: '2026-01-01T00:00:00Z' }
}

describe('nextRetry', () => {
  it('tries three times more, with growing pauses, and then leaves it', () => {
    const job = makeJob()
    const pauses: number[] = []
    for (;;) {
      const retry = nextRetry(job, stalled)
      if (retry === null) break
      pauses.push(retry.delayMs)
      job.failures.push(failed({ retry: retry.number }))
    }
    expect(pauses).toEqual([...retryDelaysMs])
  })

  it('starts over when a person asks for a retry', () => {
    const job = makeJob({ failures: [failed({ retry: 3 }), failed({})] })
    expect(nextRetry(job, stalled)?.number).toBe(1)
  })

  it('retries only what may pass by itself', () => {
    const codes = Object.keys(errorCodes) as ErrorCode[]
    const retried = codes.filter((code) => isTransient(new ClutchcutError(code, '')))
    expect(retried).toEqual(['ffmpeg/stalled', 'inference/failed', 'library/busy'])
    expect(isTransient(new ClutchcutError('ffmpeg/failed', '', { data: { exitCode: null } }))).toBe(true)
    expect(isTransient(new ClutchcutError('ffmpeg/failed', '', { data: { exitCode: 1 } }))).toBe(false)
  })
})

describe('interruptions', () => {
  it('counts the claims since the last failure that ended without a word', () => {
    expect(interruptions(makeJob({ attempt: 1 }))).toBe(0)
    expect(interruptions(makeJob({ attempt: 7 }))).toBe(6)
    expect(interruptions(makeJob({ attempt: 8, failures: [failed({ attempt: 7 })] }))).toBe(0)
  })
})
