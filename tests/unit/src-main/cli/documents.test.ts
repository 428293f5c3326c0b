import { describe, expect, it } from 'vitest'
import { analysisDocument, processedRecording } from '../../../../src-main/cli/documents.ts'
import { exitCodeOfAll } from '../../../../src-main/cli/process.ts'
import type { AnalysisLike, PipelineResult } from '../../../../src-main/jobs/run-pipeline.ts'
import { analysisDocumentSchema } from '../../../../src-shared/contract/documents.ts'
import { ticksFromSeconds } from '../../../../src-shared/domain/time.ts'
import { makeMedia, makeVideo } from '../../../helpers/make-media-info.ts'

const reasons = [{ signal: 'audio.rms', weight: 0.6, text: 'Loud moment' }]
const result: PipelineResult<AnalysisLike> = {
  recording: { fingerprint: 'ab'.repeat(32), path: '/videos/a.mkv', size: 1, mtimeMs: 1 },
  media: { ...makeMedia({ video: makeVideo({ fps: { num: 60_000, den: 1001 } }) }), warnings: ['The end is missing.'] },
  analysis: { duration: ticksFromSeconds(100), warnings: ['One track could not be read.'] },
  scored: {
    scores: { rate: 2, values: [0.123_456, 1] },
    model: { id: 'signals', version: '1.0.0' },
    device: { used: 'cpu', fallbackReason: null },
  },
  chat: null,
  markers: null,
  segments: [
    {
      start: ticksFromSeconds(10),
      end: ticksFromSeconds(30.5),
      peak: ticksFromSeconds(20),
      score: 0.5,
      selected: true,
      reasons,
    },
  ],
  clips: [],
  timing: { wallSeconds: 2, stages: { analyse: 1.234_567 } },
}

describe('analysisDocument', () => {
  it('is what the contract says, in seconds', () => {
    const document = analysisDocument(result)
    expect(analysisDocumentSchema.parse(document)).toEqual(document)
    expect(document.recording).toMatchObject({ duration: 100, fps: 59.94 })
    expect(document.segments).toMatchObject([{ start: 10, end: 30.5, peak: 20 }])
    expect(document.scores.values).toEqual([0.1235, 1])
    expect(document.timing).toEqual({ wallSeconds: 2, realtimeFactor: 50, stages: { analyse: 1.235 } })
  })

  it('passes on what could not be read, and what could not be measured', () => {
    expect(analysisDocument(result).warnings).toEqual(['The end is missing.', 'One track could not be read.'])
  })
})

describe('exitCodeOfAll', () => {
  const done = processedRecording(result)
  const failure = (code: string) => ({ path: 'x', code, message: '' })
  it.each([
    ['all well', [done], [], 0],
    ['some of several', [done], [failure('input/empty')], 5],
    ['all of one kind', [], [failure('input/empty'), failure('input/not-media')], 3],
    ['of different kinds', [], [failure('input/empty'), failure('output/disk-full')], 1],
    ['needs input', [], [failure('job/needs-input')], 4],
  ])('%s', (_what, recordings, failures, code) => {
    expect(exitCodeOfAll({ version: 1, recordings, failures })).toBe(code)
  })
})
