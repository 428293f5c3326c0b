import { describe, expect, test } from 'vitest'
import { isInside, usualOutputFolder, usualRoots } from '../../../../../src-main/adapters/files/browse-roots.ts'
import { uploadName } from '../../../../../src-main/adapters/files/receive-upload.ts'

describe('where one may begin', () => {
  test('Windows: videos, downloads, every drive', () => {
    const roots = usualRoots({ platform: 'win32', env: {}, home: 'C:\\Users\\Kim', userName: 'Kim' })
    expect(roots.slice(0, 3)).toEqual(['Videos', 'Downloads', 'Music'].map((name) => `C:\\Users\\Kim\\${name}`))
    expect(roots).toContain('D:\\')
    expect(roots).toHaveLength(29)
  })
  test('macOS: movies, downloads, volumes', () => {
    expect(usualRoots({ platform: 'darwin', env: {}, home: '/Users/kim', userName: 'kim' })).toEqual([
      '/Users/kim/Movies',
      '/Users/kim/Downloads',
      '/Users/kim/Music',
      '/Volumes',
    ])
  })
  test('Linux: what the desktop calls videos, downloads, what is mounted', () => {
    const options = { platform: 'linux', home: '/home/kim', userName: 'kim' } as const
    expect(usualRoots({ ...options, env: {} })).toEqual([
      '/home/kim/Videos',
      '/home/kim/Downloads',
      '/home/kim/Music',
      '/media/kim',
      '/run/media/kim',
      '/mnt',
    ])
    expect(usualRoots({ ...options, env: { XDG_VIDEOS_DIR: '/data/films' } })[0]).toBe('/data/films')
    expect(usualRoots({ ...options, env: { XDG_VIDEOS_DIR: 'films' } })[0]).toBe('/home/kim/Videos')
  })
})

test.each([
  ['win32', 'C:\\Users\\Kim', 'C:\\Users\\Kim\\Videos\\Clutchcut'],
  ['darwin', '/Users/kim', '/Users/kim/Movies/Clutchcut'],
  ['linux', '/home/kim', '/home/kim/Videos/Clutchcut'],
] as const)('where clips go on %s when nobody said', (platform, home, folder) => {
  expect(usualOutputFolder({ platform, env: {}, home })).toBe(folder)
})

describe('isInside', () => {
  test.each<[string, string, NodeJS.Platform, boolean]>([
    ['/a/b', '/a/b', 'linux', true],
    ['/a/b/c', '/a/b', 'linux', true],
    ['/a/bc', '/a/b', 'linux', false],
    ['/a', '/a/b', 'linux', false],
    ['/a/..b', '/a', 'linux', true],
    ['/A/b', '/a', 'linux', false],
    ['/A/b', '/a', 'darwin', true],
    ['/x', '/', 'linux', true],
    ['c:\\videos\\a.mkv', 'C:\\Videos', 'win32', true],
    ['C:\\Videos2', 'C:\\Videos', 'win32', false],
    ['D:\\a', 'C:\\', 'win32', false],
    ['C:\\a', 'C:\\', 'win32', true],
    ['\\\\nas\\share\\a', '\\\\nas\\share', 'win32', true],
    ['\\\\nas\\other\\a', '\\\\nas\\share', 'win32', false],
  ])('%s in %s on %s: %s', (file, folder, platform, inside) => expect(isInside(file, folder, platform)).toBe(inside))
})

describe('names of uploads', () => {
  test.each([
    ['match.MKV', 'match', '.mkv'],
    ['C:\\Videos\\match.mp4', 'match', '.mp4'],
    ['../../etc/x.mp4', 'x', '.mp4'],
    ['nul.mp4', '_nul', '.mp4'],
    ['a\u202egpj.mp4', 'agpj', '.mp4'],
    ['...mp4', 'clip', '.mp4'],
    ['chat.json.gz', 'chat.json', '.gz'],
  ])('%s', (name, stem, extension) => expect(uploadName(name)).toEqual({ stem, extension }))
  test.each(['', 'a', 'a.exe', 'mp4', 'a.mp4/', 'a.mp4.lnk'])('%j is not taken', (name) => {
    expect(() => uploadName(name)).toThrow(expect.objectContaining({ code: 'input/unsupported' }))
  })
})
