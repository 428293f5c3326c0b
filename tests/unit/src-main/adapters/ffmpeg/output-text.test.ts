import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { failureOf, type FfmpegFailure } from '../../../../../src-main/adapters/ffmpeg/ffmpeg-error.ts'
import { createLineTail } from '../../../../../src-main/adapters/ffmpeg/line-tail.ts'
import { parseEncoders } from '../../../../../src-main/adapters/ffmpeg/list-encoders.ts'
import { secondsDown } from '../../../../../src-main/adapters/ffmpeg/output-args.ts'
import { createProgressParser } from '../../../../../src-main/adapters/ffmpeg/progress.ts'
import { parsePackets } from '../../../../../src-main/adapters/ffmpeg/read-packets.ts'
import { trackRole, trackTitle } from '../../../../../src-main/adapters/ffmpeg/track-name.ts'
import { TICKS_PER_SECOND } from '../../../../../src-shared/domain/time.ts'

/** Cuts a text at the given places. */
function pieces(text: string, cuts: readonly number[]): string[] {
  const at = [0, ...cuts.map((cut) => cut % (text.length + 1)).sort((a, b) => a - b), text.length]
  return at.slice(1).map((end, i) => text.slice(at[i], end))
}

describe('-progress', () => {
  const report = (frame: number, end = false): string =>
    `frame=${frame}\nfps=0.00\nstream_0_0_q=-0.0\nbitrate=N/A\ntotal_size=1000\nout_time_us=2500000\n` +
    `out_time_ms=2500000\nout_time=00:00:02.500000\ndup_frames=0\nspeed= 101x\nprogress=${end ? 'end' : 'continue'}\n`

  test('gives the same reports however the text is cut', () => {
    const text = report(1) + report(2) + report(3, true)
    fc.assert(
      fc.property(fc.array(fc.nat()), (cuts) => {
        const parse = createProgressParser()
        const reports = pieces(text, cuts).flatMap((piece) => parse(piece))
        expect(reports.map(({ frame, end }) => [frame, end])).toEqual([
          [1, false],
          [2, false],
          [3, true],
        ])
        expect(reports[0]).toEqual({
          outTime: 2.5 * TICKS_PER_SECOND,
          frame: 1,
          totalSize: 1000,
          speed: 101,
          end: false,
        })
      }),
    )
  })

  test('N/A and the smallest integer mean: not yet', () => {
    const parse = createProgressParser()
    const [first, second] = parse(
      'total_size=N/A\nout_time_us=N/A\nspeed=N/A\nprogress=continue\r\nout_time_us=-9223372036854775807\nprogress=continue\n',
    )
    expect(first).toMatchObject({ outTime: null, totalSize: 0, speed: null })
    expect(second).toMatchObject({ outTime: null })
  })
})

test('the tail keeps the last lines, however the text is cut, and stays small', () => {
  fc.assert(
    fc.property(fc.array(fc.stringMatching(/^\w{1,20}$/), { minLength: 1 }), fc.array(fc.nat()), (lines, cuts) => {
      const tail = createLineTail(5)
      for (const piece of pieces(lines.join('\n'), cuts)) tail.push(piece)
      expect(tail.lines()).toEqual(lines.slice(-5))
    }),
  )
  const tail = createLineTail(3, 10)
  for (let i = 0; i < 1000; i += 1) tail.push('x'.repeat(1000))
  expect(tail.lines()).toEqual(['x'.repeat(10)])
})

describe('failures', () => {
  const failure = (stderr: string[], argv: string[] = ['-i', 'file:/a', 'file:/out/b.mp4']): FfmpegFailure => ({
    program: 'ffmpeg',
    argv,
    exitCode: 1,
    stderr,
  })

  test.each([
    ['output/disk-full', 'av_interleaved_write_frame(): No space left on device'],
    ['output/disk-full', 'Error writing trailer of file:/out/b.mp4: Disk quota exceeded'],
    ['output/not-writable', 'file:/out/b.mp4: Permission denied'],
    ['output/not-writable', 'file:/out/b.mp4: Read-only file system'],
    ['output/not-writable', '[out#0/mp4 @ 0x1] Error opening output file:/out/b.mp4: No such file or directory'],
    ['ffmpeg/failed', 'file:/a: Permission denied'],
    ['ffmpeg/failed', 'file:/a: No such file or directory'],
  ])('%s: %s', (code, line) => {
    expect(failureOf(failure([line, 'Conversion failed!']))).toMatchObject({
      code,
      data: { exitCode: 1, stderr: [line, 'Conversion failed!'] },
    })
  })

  test('the message quotes what FFmpeg said last, not that it failed', () => {
    expect(failureOf(failure(['Invalid data found', 'Conversion failed!'])).message).toBe(
      'ffmpeg failed with exit code 1: Invalid data found',
    )
    expect(failureOf({ ...failure([]), exitCode: null }).message).toBe('ffmpeg was ended from outside')
  })
})

test('-encoders of several versions', () => {
  const text =
    'Encoders:\n V..... = Video\n A..... = Audio\n .F.... = Frame-level multithreading\n ------\n' +
    ' V....D libx264              libx264 H.264 / AVC (codec h264)\n V..... h264_nvenc           NVIDIA NVENC\n' +
    ' A....D aac                  AAC (Advanced Audio Coding)\n S..... ssa                  ASS subtitle\n'
  expect(parseEncoders(text).map(({ name, kind }) => `${kind} ${name}`)).toEqual([
    'video libx264',
    'video h264_nvenc',
    'audio aac',
    'subtitle ssa',
  ])
})

test('packets: exact ticks, missing times, side data, CRLF', () => {
  const text =
    'packet|stream_index=0|pts=3003|dts=-1001|duration=1001|flags=K__\r\n' +
    'packet|stream_index=1|pts=N/A|dts=0|duration=1024|flags=_D_|side_data_list/side_data:0/size=10\n' +
    'packet|stream_index=7|pts=1|flags=K_\n\n' +
    'stream|index=0|codec_type=video|time_base=1/30000\nstream|index=1|codec_type=audio|time_base=1/48000\n'
  const { streams, packets } = parsePackets(text)
  expect(streams.map(({ index, type }) => [index, type])).toEqual([
    [0, 'video'],
    [1, 'audio'],
  ])
  expect(packets).toEqual([
    { streamIndex: 0, pts: 70_630_560, dts: -23_543_520, duration: 23_543_520, keyframe: true, discarded: false },
    { streamIndex: 1, pts: null, dts: 0, duration: 15_052_800, keyframe: false, discarded: true },
  ])
})

test('seconds for FFmpeg: rounded down to the microsecond, never in exponent form', () => {
  expect([0, 1, -1, 705_600_000, 705_599_999, -705_600_001].map(secondsDown)).toEqual([
    '0.000000',
    '0.000000',
    '-0.000001',
    '1.000000',
    '0.999999',
    '-1.000001',
  ])
  fc.assert(
    fc.property(fc.integer({ min: -3e13, max: 3e13 }), (ticks) => {
      const text = secondsDown(ticks)
      expect(text).toMatch(/^-?\d+\.\d{6}$/)
      const micros = BigInt(text.replace('.', ''))
      const exact = BigInt(ticks) * 10n
      expect(micros * 7056n <= exact && exact < (micros + 1n) * 7056n).toBe(true)
    }),
  )
})

describe('track names', () => {
  test.each([
    [{ title: 'Game', handler_name: 'SoundHandler' }, 'Game'],
    [{ handler_name: 'Discord' }, 'Discord'],
    [{ name: 'Mic/Aux' }, 'Mic/Aux'],
    [{ handler_name: 'SoundHandler' }, ''],
    [{ handler_name: 'OBS Audio Handler' }, ''],
    [{ handler_name: 'Core Media Audio' }, ''],
    [{ handler_name: 'ISO Media file produced by Google Inc.' }, ''],
    [{ handler_name: '#Mainconcept MP4 Sound Media Handler' }, ''],
    [{ TITLE: ' Two\nlines\0 ' }, 'Two lines'],
    [{}, ''],
  ])('%j is called "%s"', (tags, title) => expect(trackTitle(tags as Record<string, string>)).toBe(title))

  test.each([
    ['Mic/Aux', 'mic'],
    ['Microphone', 'mic'],
    ['Mikrofon', 'mic'],
    ['Desktop Audio', 'game'],
    ['Game capture', 'game'],
    ['Spotify', 'music'],
    ['DMCA free music', 'music'],
    ['Discord', 'chat'],
    ['Voice chat', 'chat'],
    ['Full mix', 'mix'],
    ['VOD', 'mix'],
    ['Track1', 'unknown'],
    ['', 'unknown'],
  ])('"%s" carries %s', (title, role) => expect(trackRole(title, 2)).toBe(role))

  test('the only track is the mix', () => expect(trackRole('', 1)).toBe('mix'))
})
