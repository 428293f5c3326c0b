import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { checkSource } from '../../../src-main/adapters/ffmpeg/check-source.ts'
import { probe } from '../../../src-main/adapters/ffmpeg/probe.ts'
import { mediaInfoSchema, type MediaInfo } from '../../../src-shared/contract/media-info.ts'
import { secondsFromTicks } from '../../../src-shared/domain/time.ts'
import { testRunner } from '../../helpers/ffmpeg.ts'
import { cutFile, dropMoov, makeMedia, readBoxes, scribble, type Recipe } from '../../helpers/make-media.ts'
import { tempFolder } from '../../helpers/temp-folder.ts'

const folder = tempFolder()
const runner = await testRunner()

async function look(file: string): Promise<MediaInfo> {
  const before = statSync(file)
  const media = await probe(runner, await checkSource(file))
  const after = statSync(file)
  expect([after.size, after.mtimeMs]).toEqual([before.size, before.mtimeMs])
  return mediaInfoSchema.parse(media)
}

const seconds = (media: MediaInfo): number => secondsFromTicks(media.duration ?? Number.NaN)

describe('containers', () => {
  const recipes: [string, Recipe, Partial<MediaInfo>][] = [
    ['mp4', {}, { container: 'mp4' }],
    ['faststart mp4', { layout: 'faststart' }, { container: 'mp4' }],
    ['fragmented mp4', { layout: 'fragmented' }, { container: 'mp4' }],
    ['hybrid mp4', { layout: 'hybrid' }, { container: 'mp4' }],
    ['mov', { container: 'mov' }, { container: 'mov' }],
    ['mkv', { container: 'mkv' }, { container: 'matroska' }],
    ['webm', { container: 'webm', video: { codec: 'vp9' }, audio: [{ codec: 'opus' }] }, { container: 'webm' }],
    ['avi', { container: 'avi', video: { bFrames: 0 }, audio: [{ codec: 'mp3' }] }, { container: 'avi' }],
    ['flv', { container: 'flv' }, { container: 'flv' }],
    ['ts', { container: 'ts' }, { container: 'mpegts' }],
    ['dash', { container: 'dash' }, { container: 'dash' }],
  ]
  test.each(recipes)('%s', async (_, recipe, wanted) => {
    const media = await look(await makeMedia(folder, recipe))
    expect(media).toMatchObject({ ...wanted, truncated: false, warnings: [] })
    expect(media.video).toMatchObject({
      codedWidth: 160,
      codedHeight: 90,
      fps: { num: 30, den: 1 },
      variableFrameRate: false,
      hdr: 'none',
      rotation: 0,
    })
    expect(media.audio).toHaveLength(1)
    expect(media.audio[0]).toMatchObject({ index: 0, sampleRate: 48_000, channels: 1, role: 'mix' })
    expect(Math.abs(secondsFromTicks(media.audio[0]?.start ?? 9))).toBeLessThan(0.1)
    // Sound may last a frame longer.
    expect(seconds(media)).toBeGreaterThan(1.95)
    expect(seconds(media)).toBeLessThan(2.1)
  })

  test.each([
    ['mp3', 'mp3'],
    ['wav', 'pcm_s16le'],
    ['flac', 'flac'],
    ['ogg', 'vorbis'],
    ['aac', 'aac'],
  ] as const)('%s: audio alone', async (container, codec) => {
    const recipes = { mp3: 'mp3', wav: 'pcm', flac: 'flac', ogg: 'vorbis', aac: 'aac' } as const
    const media = await look(
      await makeMedia(folder, { container, video: null, audio: [{ codec: recipes[container] }] }),
    )
    expect(media).toMatchObject({ container: 'audio', video: null, audio: [{ codec, start: 0 }] })
    expect(Math.abs(seconds(media) - 2)).toBeLessThan(0.1)
  })

  test.each([
    ['h264', {}, 8, 'none'],
    ['hevc', { hdr: 'pq' }, 10, 'pq'],
    ['hevc', { hdr: 'hlg' }, 10, 'hlg'],
    ['vp9', {}, 8, 'none'],
    ['av1', {}, 8, 'none'],
    ['mjpeg', {}, 8, 'none'],
  ] as const)('%s %j', async (codec, more, bitDepth, hdr) => {
    const media = await look(await makeMedia(folder, { container: 'mkv', video: { codec, ...more }, audio: [] }))
    expect(media.video).toMatchObject({ codec, bitDepth, hdr })
    expect(media.audio).toEqual([])
  })
})

describe('oddities', () => {
  test.each(['mp4', 'mkv', 'flv', 'ts'] as const)(
    '%s that starts late: zero is its first picture',
    async (container) => {
      const media = await look(await makeMedia(folder, { container, offset: 100 }))
      // MPEG-TS adds a delay of its own.
      expect(secondsFromTicks(media.origin)).toBeCloseTo(container === 'ts' ? 101.4 : 100, 1)
      expect(seconds(media)).toBeGreaterThan(1.95)
      expect(seconds(media)).toBeLessThan(2.1)
      expect(Math.abs(secondsFromTicks(media.audio[0]?.start ?? 9))).toBeLessThan(0.1)
    },
  )

  test('negative timestamps: what lies before zero is not shown in MP4', async () => {
    const extra = ['-avoid_negative_ts', 'disabled']
    const mp4 = await look(await makeMedia(folder, { offset: -0.5, extra }))
    expect(secondsFromTicks(mp4.origin)).toBeCloseTo(0, 3)
    expect(seconds(mp4)).toBeCloseTo(1.5, 1)
    const mkv = await look(await makeMedia(folder, { container: 'mkv', video: { bFrames: 0 }, offset: -0.5, extra }))
    expect(mkv.truncated).toBe(false)
    expect(seconds(mkv)).toBeGreaterThan(1.4)
  })

  test('OBS’s tracks: names and roles, in every container that keeps them', async () => {
    const audio = [{ title: 'Full mix' }, { title: 'Game' }, { title: 'Mic/Aux' }, { title: 'Discord' }]
    for (const container of ['mkv', 'mp4', 'mov'] as const) {
      const media = await look(
        await makeMedia(folder, { container, audio: audio.map((track) => ({ ...track, handler: track.title })) }),
      )
      expect(media.audio.map(({ index, title, role }) => [index, title, role])).toEqual([
        [0, 'Full mix', 'mix'],
        [1, 'Game', 'game'],
        [2, 'Mic/Aux', 'mic'],
        [3, 'Discord', 'chat'],
      ])
    }
    const unnamed = await look(await makeMedia(folder, { audio: [{}, {}] }))
    expect(unnamed.audio.map(({ title, role }) => [title, role])).toEqual([
      ['', 'unknown'],
      ['', 'unknown'],
    ])
  })

  test.each([90, 180, 270] as const)('turned by %i degrees', async (rotation) => {
    const { video } = await look(await makeMedia(folder, { video: { rotation } }))
    expect(video?.rotation).toBe(rotation)
    expect([video?.width, video?.height]).toEqual(rotation === 180 ? [160, 90] : [90, 160])
  })

  test('pixels that are not square', async () => {
    const { video } = await look(await makeMedia(folder, { video: { sampleAspectRatio: '4:3' } }))
    expect(video).toMatchObject({ codedWidth: 160, width: 213, height: 90, sampleAspectRatio: { num: 4, den: 3 } })
  })

  test('frames at uneven distances', async () => {
    const { video } = await look(
      await makeMedia(folder, { container: 'mkv', seconds: 4, video: { variable: true, bFrames: 0 } }),
    )
    expect(video?.variableFrameRate).toBe(true)
  })

  test('a cover picture is no video; sound with a cover is audio alone', async () => {
    const both = await look(await makeMedia(folder, { cover: true }))
    expect(both.video).toMatchObject({ codec: 'h264' })
    const song = await look(
      await makeMedia(folder, { container: 'mp3', video: null, audio: [{ codec: 'mp3' }], cover: true }),
    )
    expect(song.video).toBeNull()
  })

  test('video alone, odd sizes, one 8K frame', async () => {
    expect((await look(await makeMedia(folder, { audio: [] }))).audio).toEqual([])
    expect(
      (await look(await makeMedia(folder, { container: 'mkv', video: { width: 161, height: 91, pixels: 'yuv444p' } })))
        .video,
    ).toMatchObject({ codedWidth: 161, height: 91 })
    const big = await look(
      await makeMedia(folder, { video: { width: 7680, height: 4320, frames: 1, bFrames: 0 }, audio: [] }),
    )
    expect(big.video).toMatchObject({ codedWidth: 7680, codedHeight: 4320 })
    expect(seconds(big)).toBeCloseTo(1 / 30, 3)
  })

  test('a track without a single sample is left out, and said', async () => {
    const media = await look(
      await makeMedia(folder, { audio: [{ handler: 'Game' }, { source: 'sine=d=1,atrim=end=0', handler: 'Mic' }] }),
    )
    expect(media.audio.map((track) => track.title)).toContain('Game')
    expect(media.video).not.toBeNull()
  })

  test('when it was recorded', async () => {
    const date = '2026-11-22T13:00:00.000000Z'
    expect((await look(await makeMedia(folder, { metadata: { creation_time: date } }))).recordedAt).toBe(
      '2026-11-22T13:00:00.000Z',
    )
    expect(
      (await look(await makeMedia(folder, { metadata: { creation_time: '1970-01-01T00:00:01Z' } }))).recordedAt,
    ).toBeNull()
  })

  const names = [
    `it's "quoted".mp4`,
    '-y.mp4',
    '100%d %s.mp4',
    'two\nlines.mp4',
    'clip 🎮 ä.mp4',
    `${'n'.repeat(251)}.mp4`,
    'a:b|c.mp4',
    '$HOME `x`.mp4',
  ]
  test.skipIf(process.platform === 'win32').each(names)('named %j', async (name) => {
    const made = await makeMedia(folder, {}, 'plain.mp4')
    const file = path.join(folder, name)
    copyFileSync(made, file)
    expect((await look(file)).container).toBe('mp4')
  })
})

describe('cut short', () => {
  test.each(['mkv', 'webm', 'flv', 'ts', 'avi'] as const)('%s is used up to where it ends', async (container) => {
    const video = container === 'webm' ? { codec: 'vp9' as const } : {}
    const audio = container === 'webm' ? [{ codec: 'opus' as const }] : [{}]
    const file = cutFile(await makeMedia(folder, { container, seconds: 6, video, audio }), 0.6)
    // Not on a packet's edge, or a cut transport stream is a whole one.
    if (container === 'ts') cutFile(file, Math.floor(statSync(file).size / 188) * 188 - 50)
    const media = await look(file)
    expect(media.truncated).toBe(true)
    expect(media.video).not.toBeNull()
    expect(media.warnings.join(' ')).toContain('end of the file is missing')
    if (container === 'ts') expect(seconds(media)).toBeLessThan(4.5)
    else expect(media.duration).toBeNull()
  })

  test('a fragmented MP4, and a hybrid one that was never finished', async () => {
    const file = cutFile(await makeMedia(folder, { layout: 'fragmented', seconds: 6 }), 0.6)
    expect(await look(file)).toMatchObject({ truncated: true, duration: null })
    // While OBS records a hybrid file, a small box keeps the place for the size of `mdat`.
    const bytes = readFileSync(file)
    const ftyp = readBoxes(file)[0]?.size ?? 0
    writeFileSync(
      file,
      Buffer.concat([
        bytes.subarray(0, ftyp),
        Buffer.from([0, 0, 0, 16]),
        Buffer.from('free\0\0\0\0\0\0\0\0'),
        bytes.subarray(ftyp),
      ]),
    )
    expect((await look(file)).truncated).toBe(true)
  })

  test('a Matroska file whose recorder crashed', async () => {
    const file = await makeMedia(folder, { container: 'mkv', extra: ['-live', '1'] })
    expect(await look(file)).toMatchObject({ truncated: true, duration: null })
  })

  test('an MP4 without its index is told what can be done', async () => {
    for (const broken of [
      cutFile(await makeMedia(folder, {}, 'a.mp4'), 0.7),
      dropMoov(await makeMedia(folder, {}, 'b.mp4')),
    ]) {
      await expect(look(broken)).rejects.toMatchObject({
        code: 'input/truncated',
        message: expect.stringContaining('untrunc') as string,
        data: { missing: 'moov' },
      })
    }
  })

  test('an MP4 with its index first', async () => {
    const file = cutFile(await makeMedia(folder, { layout: 'faststart', seconds: 6 }), 0.7)
    expect(await look(file)).toMatchObject({ truncated: true, duration: null })
  })

  test.each(['mp4', 'mkv', 'flv', 'ts', 'avi'] as const)(
    '%s cut at any place fails with a clear code or is used',
    async (container) => {
      const made = await makeMedia(folder, { container, seconds: 1 })
      const { size } = statSync(made)
      for (const keep of [7, 40, 200, 1000, size - 1]) {
        const file = path.join(folder, `cut-${keep}.${container}`)
        copyFileSync(made, file)
        cutFile(file, keep)
        const result = await look(file).then(
          (media) => (media.truncated || container === 'ts' ? 'used' : 'not noticed'),
          (error: { code?: string }) => error.code,
        )
        expect(
          ['used', 'input/truncated', 'input/not-media', 'input/no-streams'],
          `${container} ${keep} ${result}`,
        ).toContain(result)
        rmSync(file)
      }
    },
  )
})

describe('damaged', () => {
  test.each(['mp4', 'mkv', 'flv', 'ts', 'avi'] as const)(
    '%s with noise in it never fails unclearly',
    async (container) => {
      const made = await makeMedia(folder, { container, seconds: 1 })
      const { size } = statSync(made)
      for (const [at, length] of [
        [0, 16],
        [16, 64],
        [100, 400],
        [size / 2, 500],
        [size - 600, 600],
      ] as const) {
        const file = path.join(folder, `noise.${container}`)
        copyFileSync(made, file)
        scribble(file, Math.floor(at), length, at + 1)
        const code = await look(file).then(
          () => 'used',
          (error: { code?: string }) => error.code ?? 'no code',
        )
        expect(
          ['used', 'input/truncated', 'input/not-media', 'input/no-streams', 'input/refused', 'input/unsupported'],
          `${container} at ${at}`,
        ).toContain(code)
      }
    },
  )

  test('a file that vanishes between the check and the probe', async () => {
    const file = await makeMedia(folder, { container: 'mkv' }, 'vanishing.mkv')
    const source = await checkSource(file)
    rmSync(file)
    await expect(probe(runner, source)).rejects.toMatchObject({ code: 'input/not-found' })
  })

  test.skipIf(process.platform === 'win32')('a pipe and a socket', async () => {
    const pipe = path.join(folder, 'pipe.mp4')
    execFileSync('mkfifo', [pipe])
    await expect(look(pipe)).rejects.toMatchObject({ code: 'input/not-a-file' })
    const socket = path.join(folder, 'socket.mp4')
    const server = createServer().listen(socket)
    await new Promise((resolve) => server.once('listening', resolve))
    await expect(look(socket)).rejects.toMatchObject({ code: 'input/not-a-file' })
    server.close()
  })

  test('an MP4 that points to another file does not get it read', async () => {
    // `-f mov` is forced and external references are off; a playlist in MP4's clothing is no MP4.
    const inner = path.join(folder, 'inner.mp4')
    writeFileSync(inner, '#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n')
    await expect(look(inner)).rejects.toMatchObject({ code: 'input/refused' })
  })

  test('a DASH folder that lacks a segment, and one whose segments are something else', async () => {
    const manifest = await makeMedia(folder, { container: 'dash', seconds: 4 })
    const root = path.dirname(manifest)
    rmSync(path.join(root, 'chunk-stream1-00002.m4s'))
    expect((await look(manifest)).video).not.toBeNull()
    writeFileSync(path.join(root, 'init-stream0.m4s'), '#EXTM3U\n#EXTINF:1,\n/etc/passwd\n')
    const code = await look(manifest).then(
      (media) => (media.video === null ? 'no video' : 'read'),
      (error: { code: string }) => error.code,
    )
    expect(['no video', 'input/not-media', 'input/no-streams']).toContain(code)
    mkdirSync(path.join(root, 'sub'))
  })
})
