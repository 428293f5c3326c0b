import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { FileEnd } from '../../../../../src-main/adapters/ffmpeg/containers/inspect-end.ts'
import { ffprobeSchema, parseRational } from '../../../../../src-main/adapters/ffmpeg/ffprobe-json.ts'
import { earliestTimes, firstPacketTime, isUneven } from '../../../../../src-main/adapters/ffmpeg/first-times.ts'
import { normaliseProbe, type ProbeFacts } from '../../../../../src-main/adapters/ffmpeg/normalise-probe.ts'
import type { Packet } from '../../../../../src-main/adapters/ffmpeg/read-packets.ts'
import { mediaInfoSchema, type MediaInfo } from '../../../../../src-shared/contract/media-info.ts'
import { TICKS_PER_SECOND } from '../../../../../src-shared/domain/time.ts'

const whole: FileEnd = { cut: false, unfinished: false, indexMissing: false, lastTimestampMs: null }

function normalise(probe: unknown, facts: Partial<ProbeFacts> = {}): MediaInfo {
  const media = normaliseProbe({
    probe: ffprobeSchema.parse(probe),
    format: 'mp4',
    totalSize: 1_000_000,
    end: whole,
    firstVideo: 0,
    unevenFrames: false,
    firstPackets: new Map(),
    name: 'recording',
    ...facts,
  })
  return mediaInfoSchema.parse(media)
}

const fixture = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../../../fixtures/ffprobe/${name}.json`, import.meta.url), 'utf8'))

const video = {
  index: 0,
  codec_type: 'video',
  codec_name: 'h264',
  width: 1920,
  height: 1080,
  time_base: '1/15360',
  avg_frame_rate: '60/1',
  r_frame_rate: '60/1',
  start_pts: 0,
  duration_ts: 153_600,
}
const audio = {
  index: 1,
  codec_type: 'audio',
  codec_name: 'aac',
  sample_rate: '48000',
  channels: 2,
  time_base: '1/48000',
  start_pts: 0,
  duration_ts: 480_000,
}

describe('recorded from FFmpeg 5.1 and 7.1', () => {
  test.each(['obs-tracks.mkv', 'rotated.mp4', 'hdr.mp4'])('%s reads the same', (name) => {
    const facts = { format: name.endsWith('mkv') ? ('matroska' as const) : ('mp4' as const), firstVideo: 0 }
    const [older, newer] = [normalise(fixture(`${name}.5.1`), facts), normalise(fixture(`${name}.7.1`), facts)]
    // Versions disagree on which colours they leave unsaid, and small builds number profiles.
    const comparable = (media: MediaInfo): unknown => ({
      ...media,
      video: { ...media.video, colour: null, profile: null },
    })
    expect(comparable(newer)).toEqual(comparable(older))
    expect(older).toMatchSnapshot()
  })
})

describe('video', () => {
  const videoOf = (more: object): MediaInfo['video'] => normalise({ streams: [{ ...video, ...more }] }).video

  test.each([
    [{ side_data_list: [{ side_data_type: 'Display Matrix', rotation: -90 }] }, 90],
    [{ side_data_list: [{ side_data_type: 'Display Matrix', rotation: 90 }] }, 270],
    [{ side_data_list: [{ side_data_type: 'Display Matrix', rotation: -180 }] }, 180],
    [{ side_data_list: [{ side_data_type: 'Display Matrix', rotation: 180 }] }, 180],
    [{ side_data_list: [{ side_data_type: 'Display Matrix', rotation: 0 }] }, 0],
    [{ tags: { rotate: '90' } }, 90],
    [{ tags: { rotate: '-90' } }, 270],
    [{ tags: { rotate: 'x' } }, 0],
  ])('rotation of %j is %i clockwise', (more, rotation) => expect(videoOf(more)?.rotation).toBe(rotation))

  test('a phone’s portrait: turned, Dolby Vision, uneven frames, dated by its own clock', () => {
    const media = normalise({
      format: { tags: { major_brand: 'qt  ', 'com.apple.quicktime.creationdate': '2026-11-22T14:00:00+0100' } },
      streams: [
        {
          ...video,
          codec_name: 'hevc',
          pix_fmt: 'yuv420p10le',
          color_transfer: 'arib-std-b67',
          avg_frame_rate: '123000/4117',
          r_frame_rate: '120/1',
          side_data_list: [
            { side_data_type: 'DOVI configuration record', dv_profile: 8 },
            {
              side_data_type: 'Display Matrix',
              displaymatrix:
                '\n00000000:            0       65536           0\n00000001:       -65536           0           0\n00000002:            0           0  1073741824\n',
              rotation: -90,
            },
          ],
        },
      ],
    })
    expect(media).toMatchObject({ container: 'mov', recordedAt: '2026-11-22T13:00:00.000Z', warnings: [] })
    expect(media.video).toMatchObject({
      rotation: 90,
      width: 1080,
      height: 1920,
      codedWidth: 1920,
      hdr: 'dolby-vision',
      bitDepth: 10,
      variableFrameRate: true,
    })
  })

  test('mirrored and slanted pictures are used, with a word', () => {
    const mirrored = normalise({
      streams: [
        {
          ...video,
          side_data_list: [
            {
              side_data_type: 'Display Matrix',
              displaymatrix:
                '\n00000000:       -65536           0           0\n00000001:            0       65536           0\n',
              rotation: -180,
            },
          ],
        },
      ],
    })
    expect(mirrored.warnings.join(' ')).toContain('mirrored')
    expect(normalise({ streams: [{ ...video, tags: { rotate: '45' } }] }).warnings.join(' ')).toContain('45 degrees')
  })

  test.each([
    [{ avg_frame_rate: '60/1', r_frame_rate: '60/1' }, { num: 60, den: 1 }, false],
    [{ avg_frame_rate: '60000/1001', r_frame_rate: '60000/1001' }, { num: 60_000, den: 1001 }, false],
    // The last frame of a long recording was lost.
    [{ avg_frame_rate: '1079990/18001', r_frame_rate: '60/1' }, { num: 1_079_990, den: 18_001 }, false],
    [{ avg_frame_rate: '47/1', r_frame_rate: '60/1' }, { num: 47, den: 1 }, true],
    [{ avg_frame_rate: '25/1', r_frame_rate: '50/1', field_order: 'tt' }, { num: 25, den: 1 }, false],
    [{ avg_frame_rate: '25/1', r_frame_rate: '50/1' }, { num: 25, den: 1 }, true],
    [{ avg_frame_rate: '0/0', r_frame_rate: '30/1' }, { num: 30, den: 1 }, false],
    [{ avg_frame_rate: '0/0', r_frame_rate: '90000/1' }, { num: 30, den: 1 }, false],
    [{ avg_frame_rate: '30/1', r_frame_rate: '90000/1' }, { num: 30, den: 1 }, true],
  ])('%j', (rates, fps, variableFrameRate) => expect(videoOf(rates)).toMatchObject({ fps, variableFrameRate }))

  test.each([
    ['yuv420p', 8],
    ['yuv420p10le', 10],
    ['p010le', 10],
    ['yuv444p12be', 12],
    ['gbrp16le', 16],
    ['nv12', 8],
    [undefined, 8],
  ])('%s has %i bits', (pix_fmt, bitDepth) => expect(videoOf({ pix_fmt })?.bitDepth).toBe(bitDepth))

  test('sample aspect ratio: applied, but not believed when absurd', () => {
    expect(videoOf({ width: 1440, sample_aspect_ratio: '4:3' })).toMatchObject({ width: 1920, codedWidth: 1440 })
    expect(videoOf({ sample_aspect_ratio: '0:1' })).toMatchObject({
      width: 1920,
      sampleAspectRatio: { num: 1, den: 1 },
    })
    expect(videoOf({ sample_aspect_ratio: '1:1000' })).toMatchObject({ width: 1920 })
    expect(videoOf({ sample_aspect_ratio: '2:1', tags: { rotate: '90' } })).toMatchObject({ width: 1080, height: 3840 })
  })
})

describe('streams', () => {
  test('neither video nor audio', () => {
    for (const streams of [
      [],
      [{ index: 0, codec_type: 'subtitle', codec_name: 'subrip' }],
      [{ ...video, disposition: { attached_pic: 1 } }],
    ]) {
      expect(() => normalise({ streams })).toThrow(expect.objectContaining({ code: 'input/no-streams' }) as Error)
    }
    expect(() => normalise({ streams: [video] }, { firstVideo: null })).toThrow(
      expect.objectContaining({ code: 'input/no-streams' }) as Error,
    )
  })

  test('a video track without a picture leaves the sound; its own start is zero then', () => {
    const media = normalise({ streams: [video, { ...audio, start_pts: 48_000 }] }, { firstVideo: null })
    expect(media).toMatchObject({
      video: null,
      origin: TICKS_PER_SECOND,
      audio: [{ start: 0 }],
      duration: 10 * TICKS_PER_SECOND,
    })
    expect(media.warnings).toHaveLength(1)
  })

  test('positions count all streams, also the ones left out', () => {
    const media = normalise({
      streams: [
        { index: 0, codec_type: 'data' },
        { ...audio, index: 1, sample_rate: '0', channels: 0 },
        { ...video, index: 2 },
        { ...audio, index: 3, tags: { title: 'Mic' } },
      ],
    })
    expect(media.video?.streamIndex).toBe(2)
    expect(media.audio.map(({ index, streamIndex, title }) => [index, streamIndex, title])).toEqual([[1, 3, 'Mic']])
    expect(media.warnings).toHaveLength(1)
  })

  test('audio that starts before the picture has a negative start', () => {
    const media = normalise({ streams: [video, { ...audio, start_pts: -1024 }] }, { firstVideo: TICKS_PER_SECOND })
    expect(media.audio[0]?.start).toBe(-TICKS_PER_SECOND - (1024 * TICKS_PER_SECOND) / 48_000)
  })

  test('hostile values do not get through', () => {
    const media = normalise({
      format: { duration: 'Infinity', bit_rate: '-5', start_time: 'nan', tags: { creation_time: '9999999999-01-01' } },
      streams: [
        { ...video, level: -99, time_base: '0/0', has_b_frames: 1e9, profile: 5 },
        { ...audio, tags: { language: '../../x', title: 'a\u0000b'.repeat(1000) } },
      ],
      chapters: [
        { start: 10, end: 5, time_base: '1/1' },
        { start: 0, end: 5, time_base: '1/0' },
      ],
    })
    expect(media).toMatchObject({ recordedAt: null, chapters: [] })
    expect(media.audio[0]?.language).toBeNull()
    expect(media.audio[0]?.title.length).toBeLessThanOrEqual(200)
  })
})

describe('duration', () => {
  const seconds = (media: MediaInfo): number | null =>
    media.duration === null ? null : media.duration / TICKS_PER_SECOND

  test('MP4: to the end of the last stream', () => {
    expect(seconds(normalise({ streams: [video, { ...audio, duration_ts: 482_400 }] }))).toBe(10.05)
    expect(seconds(normalise({ streams: [video] }, { firstVideo: TICKS_PER_SECOND / 10 }))).toBe(9.9)
  })

  test('Matroska: counted from its clock’s zero', () => {
    const probe = {
      format: { start_time: '99.977', duration: '105.000' },
      streams: [{ ...video, duration_ts: undefined, start_pts: 1_536_000 }],
    }
    expect(seconds(normalise(probe, { format: 'matroska', firstVideo: 100 * TICKS_PER_SECOND }))).toBe(5)
  })

  test('FLV: by its last tag, which is timed by decoding order', () => {
    const probe = {
      format: { duration: '77' },
      streams: [{ ...video, duration_ts: undefined, has_b_frames: 2, avg_frame_rate: '30/1' }],
    }
    expect(seconds(normalise(probe, { format: 'flv', end: { ...whole, lastTimestampMs: 4900 } }))).toBe(5)
  })

  test('not when the end is missing, except for a transport stream', () => {
    for (const end of [
      { ...whole, cut: true },
      { ...whole, unfinished: true },
    ]) {
      expect(normalise({ streams: [video] }, { end })).toMatchObject({
        duration: null,
        truncated: true,
        warnings: [expect.any(String)],
      })
    }
    expect(normalise({ streams: [video] }, { format: 'mpegts', end: { ...whole, cut: true } })).toMatchObject({
      duration: 10 * TICKS_PER_SECOND,
      truncated: true,
    })
  })

  test('the bit rate of DASH is that of its segments', () => {
    expect(
      normalise({ format: { bit_rate: '12' }, streams: [video] }, { format: 'dash', totalSize: 12_500_000 }).bitRate,
    ).toBe(10_000_000)
  })
})

describe('first packets', () => {
  const packet = (pts: number | null, more: Partial<Packet> = {}): Packet => ({
    streamIndex: 0,
    pts,
    dts: pts,
    duration: 0,
    keyframe: false,
    discarded: false,
    ...more,
  })
  const evenly = (count: number, step: number): Packet[] => Array.from({ length: count }, (_, i) => packet(i * step))

  test('the earliest that is shown', () => {
    const packets = [packet(-5, { discarded: true }), packet(10), packet(7), packet(3, { streamIndex: 1 })]
    expect([...earliestTimes(packets)]).toEqual([
      [0, 7],
      [1, 3],
    ])
    expect(firstPacketTime(packets.slice(0, 3), null)).toBe(7)
    expect(firstPacketTime([packet(null)], 5)).toBe(5)
    expect(firstPacketTime([], 5)).toBeNull()
  })

  test('even: constant rates, rounded to milliseconds, in decoding order, with a lost frame', () => {
    const frame = TICKS_PER_SECOND / 60
    expect(isUneven(evenly(240, frame))).toBe(false)
    const millisecond = TICKS_PER_SECOND / 1000
    const rounded = evenly(240, frame).map(({ pts }) => packet(Math.round((pts ?? 0) / millisecond) * millisecond))
    expect(isUneven(rounded)).toBe(false)
    expect(isUneven(rounded.toReversed())).toBe(false)
    expect(isUneven(evenly(240, frame).toSpliced(50, 1))).toBe(false)
    expect(isUneven(evenly(3, frame))).toBe(false)
  })

  test('uneven: frames that are skipped again and again', () => {
    const frame = TICKS_PER_SECOND / 60
    expect(isUneven(evenly(240, frame).filter((_, i) => i % 7 !== 0))).toBe(true)
  })
})

test('fractions', () => {
  expect(['30000/1001', '16:9', '0/0', '1/0', 'N/A', '-1/2', undefined].map(parseRational)).toEqual([
    { num: 30_000, den: 1001 },
    { num: 16, den: 9 },
    null,
    null,
    null,
    null,
    null,
  ])
})
