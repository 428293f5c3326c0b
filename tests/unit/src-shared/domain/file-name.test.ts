import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  nameFromTemplate,
  safeFileName,
  systemPath,
  unknownNameFields,
  utf8Length,
  withSuffix,
} from '../../../../src-shared/domain/file-name.ts'

describe('nameFromTemplate', () => {
  it('fills the fields and drops the empty ones with the space around them', () => {
    const values = { date: '2026-05-01', game: null, n: '01', title: 'Triple kill' }
    expect(nameFromTemplate('{date} {game} {n} {title}', values)).toBe('2026-05-01 01 Triple kill')
  })

  it('leaves unknown braces alone and names them', () => {
    expect(nameFromTemplate('{n} {nope}', { n: '1' })).toBe('1 {nope}')
    expect(unknownNameFields('{n} {nope} {title} {x}')).toEqual(['nope', 'x'])
  })

  it('does not fill fields that arrive inside a value', () => {
    expect(nameFromTemplate('{title} {n}', { title: '{n}{n}', n: '7' })).toBe('{n}{n} 7')
  })
})

describe('safeFileName', () => {
  it.each([
    ['../../etc/passwd', 'etc-passwd'],
    ['a\nb\tc', 'a b c'],
    ['-rf', 'rf'],
    ['--', 'clip'],
    ['.hidden', 'hidden'],
    ['trailing. . ', 'trailing'],
    ['what? "yes" <no>', "what 'yes' no"],
    ['50% %d %s %(x)', '50% %d %s %(x)'],
    ['CON', '_CON'],
    ['nul.tar.gz', '_nul.tar.gz'],
    ['com¹', '_com¹'],
    ['COM1 .txt', '_COM1 .txt'],
    ['console', 'console'],
    ['', 'clip'],
    ['???', 'clip'],
    ['\u202egpj.exe', 'gpj.exe'],
    ['\ud800x', '\ufffdx'],
    ['日本語 🎮 ñ', '日本語 🎮 ñ'],
    ['👩‍👩‍👧', '👩‍👩‍👧'],
  ])('%j becomes %j', (text, name) => {
    expect(safeFileName(text)).toBe(name)
  })

  it('cuts between graphemes, with room for every extension', () => {
    const family = '👩‍👩‍👧'
    const name = safeFileName(family.repeat(100))
    expect(utf8Length(name) % utf8Length(family)).toBe(0)
    expect(utf8Length(`${name} (9999).mp4.clutchcut.json`)).toBeLessThanOrEqual(255)
    expect(safeFileName('a'.repeat(400)).length).toBe(228)
  })

  it('is safe for any text, and does nothing to its own result', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 400 }),
      fc.string({ unit: 'grapheme', maxLength: 400 }),
      fc.string({
        unit: fc.constantFrom('.', ' ', '-', 'con', 'a', '\u0000', '\ud83d', '\u0301', '/', 'é'),
        maxLength: 300,
      }),
    )
    fc.assert(
      fc.property(text, (value) => {
        const name = safeFileName(value)
        expect(name).not.toBe('')
        // eslint-disable-next-line no-control-regex
        expect(name).not.toMatch(/[<>:"/\\|?*\u0000-\u001f\u007f]/)
        expect(name).not.toMatch(/^[\s.-]|[\s.]$/)
        expect(name).not.toMatch(/^(con|prn|aux|nul|com\d|lpt\d)\s*(\.|$)/i)
        expect(name.isWellFormed()).toBe(true)
        expect(Buffer.byteLength(`${name} (9999).mp4.clutchcut.json`)).toBeLessThanOrEqual(255)
        expect(utf8Length(name)).toBe(Buffer.byteLength(name))
        expect(safeFileName(name)).toBe(name)
      }),
      { numRuns: 1000 },
    )
  })
})

describe('withSuffix', () => {
  it('counts from the second try', () => {
    expect([1, 2, 12].map((attempt) => withSuffix('a', attempt))).toEqual(['a', 'a (2)', 'a (12)'])
  })
})

describe('systemPath', () => {
  const long = 'x'.repeat(260)
  it.each([
    ['win32', `C:\\${long}`, `\\\\?\\C:\\${long}`],
    ['win32', `C:/a/${long}`, `\\\\?\\C:\\a\\${long}`],
    ['win32', `\\\\server\\share\\${long}`, `\\\\?\\UNC\\server\\share\\${long}`],
    ['win32', `\\\\?\\C:\\${long}`, `\\\\?\\C:\\${long}`],
    ['win32', 'C:\\short', 'C:\\short'],
    ['linux', `/${long}`, `/${long}`],
    ['darwin', `/${long}`, `/${long}`],
  ])('%s', (platform, path, expected) => {
    expect(systemPath(path, platform)).toBe(expected)
  })
})
