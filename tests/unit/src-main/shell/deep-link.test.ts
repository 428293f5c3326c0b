import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseDeepLink, readArguments } from '../../../../src-main/shell/deep-link.ts'

describe('deep links', () => {
  test('lead to pages of the interface', () => {
    expect(parseDeepLink('clutchcut://library')).toBe('#/')
    expect(parseDeepLink('CLUTCHCUT://Library/')).toBe('#/')
    expect(parseDeepLink('clutchcut://review')).toBe('#/review')
    expect(parseDeepLink('clutchcut://review?recording=3')).toBe('#/review?recording=3')
    expect(parseDeepLink('clutchcut://recordings/12')).toBe('#/recordings/12')
    expect(parseDeepLink('clutchcut://recordings/12/?at=12.5&clip=7&x=1')).toBe('#/recordings/12?at=12.5&clip=7')
  })

  test.each([
    'clutchcut://',
    'clutchcut:library',
    'clutchcut://settings',
    'clutchcut://recordings',
    'clutchcut://recordings/0',
    'clutchcut://recordings/-1',
    'clutchcut://recordings/1e3',
    'clutchcut://recordings/1/2',
    'clutchcut://recordings/../review',
    'clutchcut://library/../../etc',
    'clutchcut://me:secret@library',
    'clutchcut://library:80',
    'https://library',
    'file:///etc/passwd',
    'javascript:alert(1)',
    '',
    `clutchcut://library?${'x'.repeat(600)}`,
  ])('%s is ignored', (link) => {
    expect(parseDeepLink(link)).toBeNull()
  })

  test('what is in a query but no number is left out', () => {
    expect(parseDeepLink('clutchcut://review?recording=../x')).toBe('#/review')
    expect(parseDeepLink('clutchcut://recordings/1?at=-1&clip=NaN')).toBe('#/recordings/1')
  })

  test('never throw, and never yield anything but known pages', () => {
    const pages = /^#\/(?:review(?:\?recording=\d+)?|recordings\/\d+(?:\?(?:at=[\d.]+)?&?(?:clip=\d+)?)?)?$/
    const parts = fc.constantFrom(
      'library',
      'review',
      'recordings',
      '/',
      '7',
      '?',
      'at=',
      'clip=',
      '%2e%2e',
      '#',
      '@',
      ' ',
    )
    const link = fc.oneof(
      fc.string(),
      fc.array(parts).map((all) => `clutchcut://${all.join('')}`),
    )
    fc.assert(
      fc.property(link, (given) => {
        const route = parseDeepLink(given)
        if (route !== null) expect(route).toMatch(pages)
      }),
      { numRuns: 500 },
    )
  })
})

describe('arguments', () => {
  test('recordings become absolute, links routes; the rest is left alone', () => {
    const argv = [
      '/usr/bin/clutchcut',
      '--flag',
      'a stream.mkv',
      '/videos/b.MP4',
      'notes.txt',
      'clutchcut://review',
      '.',
    ]
    expect(readArguments(argv, '/home/me', 'linux')).toEqual({
      links: ['#/review'],
      files: ['/home/me/a stream.mkv', '/videos/b.MP4'],
    })
  })

  test('on Windows with its own paths', () => {
    const argv = ['C:\\Program Files\\Clutchcut.exe', 'D:\\Captures\\a.mp4', 'b.mkv', 'https://x.example/c.mp4']
    expect(readArguments(argv, 'D:\\', 'win32').files).toEqual(['D:\\Captures\\a.mp4', 'D:\\b.mkv'])
  })

  test('the program’s own name is no recording', () => {
    expect(readArguments(['/tmp/clutchcut.mp4'], '/', 'linux').files).toEqual([])
  })
})
