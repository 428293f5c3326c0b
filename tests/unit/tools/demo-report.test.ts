import path from 'node:path'
import { describe, expect, it } from 'vitest'
import type { ProcessDocument } from '../../../src-shared/contract/documents.ts'
import { clock, demoReport } from '../../../tools/demo/report.ts'

const base = path.resolve('/home/me')
const context = {
  output: path.join(base, 'demo-clips'),
  stoodIn: base,
  platform: 'linux' as const,
  seconds: 4.2,
  size: () => 2_500_000,
}

function documentWith(clips: ProcessDocument['recordings'][number]['clips']): ProcessDocument {
  return {
    version: 1,
    recordings: [
      {
        recording: {
          path: path.join(base, 'match.mp4'),
          fingerprint: 'f'.repeat(64),
          duration: 106,
          width: 1280,
          height: 720,
          fps: 30,
          audioTracks: [],
        },
        scores: { rate: 2, values: [] },
        segments: [
          {
            start: 9.5,
            end: 20,
            peak: 15,
            score: 0.914,
            selected: true,
            reasons: [{ signal: 'audio[0].onset', weight: 1, text: 'Sudden loud burst' }],
          },
        ],
        model: { id: 'signals', version: '1' },
        device: { used: 'cpu', fallbackReason: null },
        warnings: [],
        timing: { wallSeconds: 4, realtimeFactor: 26, stages: {} },
        clips,
      },
    ],
    failures: [{ path: 'x.mp4', code: 'input/empty', message: 'x.mp4 is empty.' }],
  }
}

describe('the table of the demo', () => {
  const clips = [
    {
      segment: 0,
      renders: [
        {
          path: path.join(base, 'demo-clips', 'one.mp4'),
          kind: 'landscape' as const,
          start: 9.5,
          end: 20.1,
          cut: 'copy' as const,
          verified: false,
        },
      ],
    },
  ]

  it('shows time, score, reason, file and where the clips lie', () => {
    const lines = demoReport(documentWith(clips), context).split('\n')
    expect(lines[1]).toBe('match.mp4: 1 moment in 1:46 of recording, after 4.2 s')
    expect(lines[4]).toMatch(/^0:10 to 0:20 +0\.91 +Sudden loud burst +demo-clips.one\.mp4 \(2\.5 MB\)$/)
    expect(lines).toContain('The clips lie in demo-clips')
    expect(lines).toContain('To see them: xdg-open "demo-clips"')
    expect(lines).toContain('  x.mp4 is empty.')
  })

  it('names the command of each system', () => {
    expect(demoReport(documentWith(clips), { ...context, platform: 'darwin' })).toContain('open "demo-clips"')
    expect(demoReport(documentWith(clips), { ...context, platform: 'win32' })).toContain('explorer "demo-clips"')
  })

  it('says plainly that nothing was found', () => {
    const text = demoReport(documentWith([]), context)
    expect(text).toContain('no moment')
    expect(text).not.toContain('The clips lie')
  })
})

describe('the clock', () => {
  it.each([
    [0, '0:00'],
    [59.6, '1:00'],
    [125, '2:05'],
    [3600, '1:00:00'],
    [7384.2, '2:03:04'],
  ])('shows %d s as %s', (seconds, text) => {
    expect(clock(seconds)).toBe(text)
  })
})
