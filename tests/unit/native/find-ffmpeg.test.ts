import { describe, expect, it } from 'vitest'
import {
  ffmpegCandidates,
  findFfmpeg,
  parseVersion,
  pathFolders,
  refusalOf,
  type Candidate,
} from '../../../native/find-ffmpeg.mjs'
import { chromiumCandidates, findChromium } from '../../../native/find-chromium.mjs'

const debian = `ffmpeg version 5.1.9-0+deb12u1 Copyright (c) 2000-2026 the FFmpeg developers
built with gcc 12 (Debian 12.2.0-14+deb12u1)
configuration: --prefix=/usr --enable-gpl
libavutil      57. 28.100 / 57. 28.100
libavcodec     59. 37.100 / 59. 37.100
`

describe('the order of places', () => {
  const places = { resourcesFolder: '/app/resources', cacheFolder: '/app/.cache/ffmpeg' }

  it('is the release, PATH, then an earlier download', () => {
    const candidates = ffmpegCandidates({ platform: 'linux', env: { PATH: '/a:/b' }, ...places })
    expect(candidates.map((c) => [c.source, c.ffmpeg, c.ffprobe])).toEqual([
      ['bundled', '/app/resources/ffmpeg/ffmpeg', '/app/resources/ffmpeg/ffprobe'],
      ['path', '/a/ffmpeg', '/a/ffprobe'],
      ['path', '/b/ffmpeg', '/b/ffprobe'],
      ['downloaded', '/app/.cache/ffmpeg/ffmpeg', '/app/.cache/ffmpeg/ffprobe'],
    ])
  })

  it('is only the place that a person named, setting before environment', () => {
    const env = { PATH: '/a', CLUTCHCUT_FFMPEG: '/env/bin/ffmpeg' }
    const bySetting = ffmpegCandidates({ platform: 'darwin', env, setting: '/opt/mine', ...places })
    expect(new Set(bySetting.map((c) => c.source))).toEqual(new Set(['setting']))
    expect(bySetting[0]).toMatchObject({ ffmpeg: '/opt/mine/ffmpeg', ffprobe: '/opt/mine/ffprobe' })
    const byEnvironment = ffmpegCandidates({ platform: 'darwin', env, ...places })
    expect(byEnvironment.at(-1)).toEqual({
      source: 'environment',
      ffmpeg: '/env/bin/ffmpeg',
      ffprobe: '/env/bin/ffprobe',
    })
  })

  it('speaks Windows on Windows', () => {
    const candidates = ffmpegCandidates({
      platform: 'win32',
      env: { Path: '"C:\\Program Files\\ff\\bin";D:\\tools', CLUTCHCUT_FFMPEG: '' },
      resourcesFolder: 'C:\\app\\resources',
    })
    expect(candidates.map((c) => c.ffmpeg)).toEqual([
      'C:\\app\\resources\\ffmpeg\\ffmpeg.exe',
      'C:\\Program Files\\ff\\bin\\ffmpeg.exe',
      'D:\\tools\\ffmpeg.exe',
    ])
    const named = ffmpegCandidates({ platform: 'win32', env: {}, setting: 'C:\\ff\\ffmpeg-8.1.exe' })
    expect(named.at(-1)).toMatchObject({ ffprobe: 'C:\\ff\\ffprobe-8.1.exe' })
  })

  it('never runs what lies in the current folder', () => {
    expect(pathFolders({ PATH: ':.:bin:/usr/bin' }, 'linux')).toEqual(['/usr/bin'])
    expect(pathFolders({}, 'linux')).toEqual([])
  })
})

describe('the version', () => {
  it('is read from what the program prints', () => {
    expect(parseVersion(debian)).toEqual({
      version: '5.1.9-0+deb12u1',
      configuration: '--prefix=/usr --enable-gpl',
      libavutilMajor: 57,
    })
    expect(parseVersion(debian.replace('ffmpeg', 'ffprobe'))?.version).toBe('5.1.9-0+deb12u1')
    expect(parseVersion('GNU coreutils 9.1')).toBeNull()
  })

  it('must be 5.0 or newer, also for builds from git, and the same for both', () => {
    const good = parseVersion(debian)!
    expect(refusalOf(good, good)).toBeNull()
    expect(refusalOf({ ...good, version: 'N-109 -gabc', libavutilMajor: 58 }, good)).toMatch(/different builds/)
    expect(refusalOf({ ...good, configuration: '--other' }, good)).toMatch(/different builds/)
    const old = { ...good, version: 'n4.4.1', libavutilMajor: 56 }
    expect(refusalOf(old, old)).toMatch(/older than 5.0/)
    expect(refusalOf(null, good)).toMatch(/ffmpeg does not run/)
    expect(refusalOf(good, null)).toMatch(/ffprobe does not run/)
  })
})

describe('the search', () => {
  const pair = (folder: string): Candidate => ({
    source: 'path',
    ffmpeg: `${folder}/ffmpeg`,
    ffprobe: `${folder}/ffprobe`,
  })
  const version = parseVersion(debian)!

  it('passes over lone, broken and old programs, and says why', async () => {
    const files = new Set(['/lone/ffmpeg', '/old/ffmpeg', '/old/ffprobe', '/good/ffmpeg', '/good/ffprobe'])
    const result = await findFfmpeg(['/none', '/lone', '/old', '/good'].map(pair), {
      exists: (path) => files.has(path),
      versionOf: async (path) => (path.startsWith('/old') ? { ...version, libavutilMajor: 56 } : version),
    })
    expect(result.found).toMatchObject({ ffmpeg: '/good/ffmpeg', version: '5.1.9-0+deb12u1' })
    expect(result.refused.map((r) => [r.candidate.ffmpeg, r.why])).toEqual([
      ['/lone/ffmpeg', 'ffprobe is missing beside it'],
      ['/old/ffmpeg', 'version 5.1.9-0+deb12u1 is older than 5.0'],
    ])
  })

  it('finds nothing where there is nothing', async () => {
    const nowhere = { exists: () => false, versionOf: async () => null }
    expect(await findFfmpeg([pair('/a')], nowhere)).toEqual({ found: null, refused: [] })
  })
})

describe('Chromium', () => {
  it('is looked for where each system keeps it', () => {
    expect(chromiumCandidates({ platform: 'linux', env: { PATH: '/usr/bin' } })).toContain('/usr/bin/chromium')
    expect(chromiumCandidates({ platform: 'darwin', env: {} })[0]).toMatch(/^\/Applications\//)
    expect(chromiumCandidates({ platform: 'win32', env: { ProgramFiles: 'C:\\P' } })).toContain(
      'C:\\P\\Google\\Chrome\\Application\\chrome.exe',
    )
    expect(chromiumCandidates({ platform: 'linux', env: { PATH: '/a', CLUTCHCUT_CHROMIUM: '/x' } })).toEqual(['/x'])
    expect(findChromium(['/a', '/b'], (path) => path === '/b')).toBe('/b')
    expect(findChromium(['/a'], () => false)).toBeNull()
  })
})
