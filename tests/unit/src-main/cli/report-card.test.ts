import { describe, expect, test } from 'vitest'
import { formatReportCard } from '../../../../src-main/cli/report-card.ts'
import { measureNames, type EvaluationDocument } from '../../../../src-shared/contract/evaluation-document.ts'

const measures = (value: number | null): EvaluationDocument['measures'] =>
  Object.fromEntries(measureNames.map((name) => [name, value])) as EvaluationDocument['measures']
const clip = (start: number): EvaluationDocument['falseAlarms'][number] => ({
  ...{ start, end: start + 12, peak: start + 6, score: 0.5 },
})

const document: EvaluationDocument = {
  version: 1,
  recording: {
    ...{ path: '/videos/match.mp4', fingerprint: '', duration: 600, width: null, height: null, fps: null },
    audioTracks: [],
  },
  model: { id: 'highlights', version: '1.2.3' },
  device: { used: 'cpu', fallbackReason: null },
  labels: {
    ...{ path: '/lists/good.csv', kind: 'moments', moments: 2, outside: 1, share: 0.04 },
    highlights: [
      { start: 60, end: 72 },
      { start: 300, end: 310 },
    ],
  },
  measures: { ...measures(0.5), startBefore: 7.25 },
  baselines: [{ name: 'loudness', measures: measures(null) }],
  intervals: { averagePrecision: [0.1, 0.9], found: [null, null] },
  found: 1,
  clips: [
    { ...clip(55), of: { name: 'ace', at: 60, held: true } },
    { ...clip(400), of: null },
  ],
  misses: [{ start: 300, end: 310, names: ['kill', '', 'kill', 'award'], score: 0.123 }],
  falseAlarms: Array.from({ length: 22 }, (_, i) => clip(400 + i)),
  selected: { clips: 3, found: 1, falseAlarms: 1 },
  warnings: ['Some of the sound could not be read.'],
  timing: { wallSeconds: 1, realtimeFactor: 600, stages: {} },
}

describe('the report card', () => {
  test('says what was compared, and how it went', () => {
    const text = formatReportCard(document)
    expect(text).toContain('match.mp4: highlights 1.2.3 against 2 good moments (4 % of 10:00, from good.csv)')
    expect(text).toMatch(/^highlights +0\.50 +0\.50/m)
    expect(text).toMatch(/^loudness +– +–/m)
    expect(text).toContain('Of 2 clips, 1 fit a good moment roughly, 1 well')
    expect(text).toContain('They start 7.3 s before')
    expect(text).toContain('would pick 3 clips: 1 of the good moments, 1 false alarm.')
    expect(text).toContain(
      '2 good moments are few: in other recordings like this one, 50 % found may turn out as anything',
    )
    expect(text).toContain('Missed: 1\n  5:00 to 5:10  kill ×2, award, score at most 0.12\n')
    expect(text).toMatch(/False alarms: 22\n {2}6:40 to 6:52 {2}score 0\.50\n[^]*and 2 more/)
    expect(text).toContain('Note: 1 label after the end of the recording: left out.')
    expect(text).toContain('Note: Some of the sound could not be read.')
  })

  test('says so where nothing was found', () => {
    const text = formatReportCard({ ...document, clips: [], falseAlarms: [], misses: [], found: 0 })
    expect(text).toContain('Nothing stands out')
    expect(text).toContain('Missed: none')
    expect(text).toContain('False alarms: none')
  })
})
