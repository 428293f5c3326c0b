import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openLogFile } from '../../../../../src-main/adapters/logging/log-file.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'clutchcut-log-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

const at = (iso: string) => (): Date => new Date(iso)

describe('openLogFile', () => {
  it('appends lines and begins a new file when one is full or a day is over', () => {
    let now = new Date('2026-01-02T10:00:00Z')
    const log = openLogFile({ folder, maxFileBytes: 20, maxFolderBytes: 10_000, now: () => now })
    for (let i = 0; i < 3; i++) log.write('0123456789012345678\n')
    log.write('and one\n')
    now = new Date('2026-01-03T00:00:01Z')
    log.write('next day\n')
    log.close()
    expect(readdirSync(folder).sort()).toEqual([
      'clutchcut-2026-01-02-001.log',
      'clutchcut-2026-01-02-002.log',
      'clutchcut-2026-01-02-003.log',
      'clutchcut-2026-01-02.log',
      'clutchcut-2026-01-03.log',
    ])
    expect(readFileSync(join(folder, 'clutchcut-2026-01-03.log'), 'utf8')).toBe('next day\n')
  })

  it('never lets the folder outgrow its bound, oldest first, and leaves strangers alone', () => {
    writeFileSync(join(folder, 'mine.txt'), 'x'.repeat(5000))
    for (let day = 1; day <= 20; day++) {
      const log = openLogFile({
        folder,
        maxFileBytes: 100,
        maxFolderBytes: 500,
        now: at(`2026-01-${String(day).padStart(2, '0')}T00:00:00Z`),
      })
      for (let i = 0; i < 9; i++) log.write(`${'x'.repeat(49)}\n`)
      log.close()
    }
    const files = readdirSync(folder).filter((name) => name.endsWith('.log'))
    const bytes = files.reduce((sum, name) => sum + statSync(join(folder, name)).size, 0)
    expect(bytes).toBeLessThanOrEqual(500)
    expect(files.some((name) => name.includes('2026-01-20'))).toBe(true)
    expect(statSync(join(folder, 'mine.txt')).size).toBe(5000)
  })

  it('goes quiet instead of failing where it cannot write', () => {
    const file = join(folder, 'not-a-folder')
    writeFileSync(file, '')
    const log = openLogFile({
      folder: join(file, 'logs'),
      maxFileBytes: 100,
      maxFolderBytes: 500,
      now: at('2026-01-01T00:00:00Z'),
    })
    expect(() => {
      log.write('x\n')
      log.close()
    }).not.toThrow()
  })
})
