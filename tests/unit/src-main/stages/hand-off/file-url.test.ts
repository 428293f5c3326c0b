import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fileUrl } from '../../../../../src-main/stages/hand-off/file-url.ts'

describe('fileUrl', () => {
  it.each([
    ['linux', '/v/a b.mkv', 'file:///v/a%20b.mkv'],
    ['darwin', '/Users/ä/50 % #1?.mov', 'file:///Users/%C3%A4/50%20%25%20%231%3F.mov'],
    ['linux', '/v/a\\b.mkv', 'file:///v/a%5Cb.mkv'],
    ['linux', '/C:/a.mkv', 'file:///C%3A/a.mkv'],
    ['win32', 'C:\\Videos\\a b.mkv', 'file:///C:/Videos/a%20b.mkv'],
    ['win32', "d:/Videos/[a]&(b)'s.mkv", 'file:///d:/Videos/%5Ba%5D%26%28b%29%27s.mkv'],
    ['win32', '\\\\nas\\share x\\a.mkv', 'file://nas/share%20x/a.mkv'],
    ['win32', '\\\\?\\C:\\very long\\a.mkv', 'file:///C:/very%20long/a.mkv'],
    ['win32', '\\\\?\\UNC\\nas\\share\\a.mkv', 'file://nas/share/a.mkv'],
    ['win32', 'C:\\half \ud83d.mkv', 'file:///C:/half%20%EF%BF%BD.mkv'],
  ] as const)('%s: %s', (platform, path, url) => {
    expect(fileUrl(path, platform)).toBe(url)
  })

  it('is an address that others read back to the same path', () => {
    const name = fc.string({ minLength: 1, unit: 'grapheme' }).filter((text) => !/^\.{1,2}$|[/\\:\0]/.test(text))
    fc.assert(
      fc.property(fc.array(name, { minLength: 1, maxLength: 4 }), (names) => {
        const { pathname, host, hash, search } = new URL(fileUrl(`/${names.join('/')}`, 'linux'))
        expect(decodeURIComponent(pathname)).toBe(`/${names.join('/')}`)
        expect(host + hash + search).toBe('')
        const windows = new URL(fileUrl(`E:\\${names.join('\\')}`, 'win32'))
        expect(decodeURIComponent(windows.pathname)).toBe(`/E:/${names.join('/')}`)
      }),
    )
  })
})
