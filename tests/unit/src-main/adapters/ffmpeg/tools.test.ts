import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ffmpegCandidates, parseVersion, refusalOf } from '../../../../../native/find-ffmpeg.mjs'
import { findTools, howToInstall } from '../../../../../src-main/adapters/ffmpeg/tools.ts'
import { testTools } from '../../../../helpers/ffmpeg.ts'

const answer = (program: string, version: string, libavutil = 57): string =>
  `${program} version ${version} Copyright (c) 2000-2026 the FFmpeg developers\nbuilt with gcc 12\n` +
  `configuration: --enable-gpl\nlibavutil      ${libavutil}. 28.100 / ${libavutil}. 28.100\n`

describe('versions', () => {
  test.each([
    '5.1.9-0+deb12u1',
    'n7.1',
    'n7.1-184-gdc07f98934',
    'N-118000-g0123456789',
    '2024-09-02-git-3f9ca51015-full_build-www.gyan.dev',
    '8.0-essentials_build-www.gyan.dev',
  ])('reads %s', (version) => {
    expect(parseVersion(answer('ffmpeg', version))).toEqual({
      version,
      configuration: '--enable-gpl',
      libavutilMajor: 57,
    })
  })

  test('reads any version that is one word, with either line ending, and nothing else', () => {
    const word = fc.stringMatching(/^[\w.+~:-]+$/)
    fc.assert(
      fc.property(word, fc.integer({ min: 50, max: 99 }), fc.constantFrom('\n', '\r\n'), (version, major, end) => {
        const text = answer('ffprobe', version, major).replaceAll('\n', end)
        expect(parseVersion(text)).toMatchObject({ version, libavutilMajor: major })
      }),
    )
    fc.assert(fc.property(fc.string(), (text) => parseVersion(text) === null))
  })

  test('git builds are judged by their libraries; two builds are never mixed', () => {
    const [old, git] = [
      parseVersion(answer('ffmpeg', 'N-99999-gabc', 56)),
      parseVersion(answer('ffmpeg', 'N-118000-g1', 59)),
    ]
    expect(refusalOf(old, old)).toContain('older than 5.0')
    expect(refusalOf(git, git)).toBeNull()
    expect(refusalOf(git, parseVersion(answer('ffprobe', 'N-118000-g2', 59)))).toContain('different builds')
    expect(refusalOf(git, null)).toContain('ffprobe')
  })
})

describe('places', () => {
  const everywhere = { setting: null, resourcesFolder: 'R', cacheFolder: 'C' }

  test('resources, PATH, download; on Windows with its own separators and any spelling of Path', () => {
    const linux = ffmpegCandidates({ ...everywhere, platform: 'linux', env: { PATH: '/usr/local/bin:/usr/bin:.:bin' } })
    expect(linux.map((candidate) => candidate.ffmpeg)).toEqual([
      'R/ffmpeg/ffmpeg',
      '/usr/local/bin/ffmpeg',
      '/usr/bin/ffmpeg',
      'C/ffmpeg',
    ])
    const windows = ffmpegCandidates({
      ...everywhere,
      platform: 'win32',
      env: { Path: '"C:\\ff mpeg\\bin";D:\\tools' },
    })
    expect(windows.map((candidate) => candidate.ffprobe)).toEqual([
      'R\\ffmpeg\\ffprobe.exe',
      'C:\\ff mpeg\\bin\\ffprobe.exe',
      'D:\\tools\\ffprobe.exe',
      'C\\ffprobe.exe',
    ])
  })

  test('a named place is the only one', () => {
    const candidates = ffmpegCandidates({
      ...everywhere,
      platform: 'linux',
      env: { CLUTCHCUT_FFMPEG: '/opt/ff', PATH: '/usr/bin' },
    })
    expect(candidates.every((candidate) => candidate.source === 'environment')).toBe(true)
    expect(candidates.map((candidate) => candidate.ffmpeg)).toContain('/opt/ff/ffmpeg')
  })
})

describe('findTools', () => {
  test('finds the tools of this machine', async () => {
    const tools = await testTools()
    expect(tools.version).toMatch(/\S/)
  })

  test.each(['win32', 'darwin', 'linux'] as const)('says on %s what to do when there are none', async (platform) => {
    const probe = { exists: () => false, versionOf: async () => null }
    const error = await findTools({ env: {}, platform, probe }).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'ffmpeg/missing' })
    expect(String(error)).toContain(howToInstall(platform))
    expect(String(error)).toContain('CLUTCHCUT_FFMPEG')
  })

  test('says what is wrong with the place that was named, and with the ones that were refused', async () => {
    const probe = { exists: () => true, versionOf: async () => parseVersion(answer('ffmpeg', '4.4', 56)) }
    const error = await findTools({ env: {}, platform: 'linux', setting: '/opt/old', probe }).catch(
      (thrown: unknown) => thrown,
    )
    expect(String(error)).toContain('/opt/old')
    expect(String(error)).toContain('older than 5.0')
  })
})
