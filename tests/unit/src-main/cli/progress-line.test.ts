import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createProgressLine, formatProgress } from '../../../../src-main/cli/progress-line.ts'
import type { JobProgress } from '../../../../src-shared/contract/job.ts'

const progress = (overrides: Partial<JobProgress> = {}): JobProgress => ({
  stage: 'analyse',
  stageFraction: 0.5,
  stageEtaSeconds: 10,
  fraction: 0.325,
  etaSeconds: 80,
  waitingFor: null,
  ...overrides,
})

describe('formatProgress', () => {
  it('shows name, bar, share, activity and time left', () => {
    expect(formatProgress('match.mkv', progress(), 100)).toBe(
      'match.mkv ████████░░░░░░░░░░░░░░░░  32 %  listening and looking, 1:20 min left',
    )
  })

  it('says what it waits for', () => {
    expect(formatProgress('m', progress({ waitingFor: 'job 3 is analysing', etaSeconds: null }), 100)).toContain(
      'waiting: job 3 is analysing',
    )
  })

  it('never fills the last column, where terminals wrap', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 80 }), fc.integer({ min: 1, max: 200 }), (name, columns) => {
        expect(formatProgress(name, progress(), columns).length).toBeLessThan(columns)
      }),
    )
  })
})

describe('createProgressLine', () => {
  const terminal = (isTTY: boolean): { isTTY: boolean; columns: number; text: string; write(t: string): void } => ({
    isTTY,
    columns: 100,
    text: '',
    write(t: string) {
      this.text += t
    },
  })

  it('writes nothing to a file', () => {
    const file = terminal(false)
    const line = createProgressLine(file)
    line.show('m', progress())
    line.clear()
    expect(file.text).toBe('')
  })

  it('takes 80 columns where the terminal does not know its size', () => {
    const unsized = { ...terminal(true), columns: 0 }
    createProgressLine(unsized).show('m', progress())
    expect(unsized.text).toContain('32 %')
  })

  it('repaints at most ten times a second and cleans up once', () => {
    let now = 0
    const tty = terminal(true)
    const line = createProgressLine(tty, () => now)
    for (; now < 1000; now += 10) line.show('m', progress())
    line.clear()
    line.clear()
    expect(tty.text.split('\r')).toHaveLength(1 + 10 + 1)
  })
})
