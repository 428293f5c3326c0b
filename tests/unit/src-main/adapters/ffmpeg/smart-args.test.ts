import { describe, expect, it } from 'vitest'
import { joinedClipArgs } from '../../../../../src-main/adapters/ffmpeg/join-clip.ts'
import { edgeArgs, edgeCodecs, seekAttempts } from '../../../../../src-main/adapters/ffmpeg/smart-edge.ts'
import type { SourceFile } from '../../../../../src-main/adapters/ffmpeg/source-file.ts'
import { TICKS_PER_SECOND as S } from '../../../../../src-shared/domain/time.ts'
import { makeMedia, makeTrack, makeVideo } from '../../../../helpers/make-media-info.ts'

const source: SourceFile = { path: '/videos/-a %d.mkv', size: 1, mtimeMs: 0, format: 'matroska', segments: [] }
const colour = { range: 'tv', space: 'bt709', transfer: 'bt709', primaries: 'bt709' }
const video = makeVideo({
  profile: 'High',
  level: 42,
  bFrames: true,
  pixelFormat: 'yuv420p',
  timebase: { num: 1, den: 1000 },
  colour,
})
const input = '-protocol_whitelist file -format_whitelist matroska -f matroska -i file:/videos/-a %d.mkv'

describe('argv of an edge', () => {
  const span = { first: 10 * S, end: 10.5 * S }
  const how = { seek: null, samples: { width: 340, height: 190 }, version: '5.1.9' }

  it('H.264: the source’s profile, level, colours and clock', () => {
    expect(edgeArgs(source, { video, origin: 2 * S }, span, { ...how, seek: 9.999 * S }).join(' ')).toBe(
      `-copyts -noaccurate_seek -noautorotate -seek_timestamp 1 -ss 11.999000 ${input} -filter_complex ` +
        '[0:0]trim=start_pts=12000:end_pts=12500,format=yuv420p,split[picture][own];' +
        '[own]scale=340:190:flags=neighbor[samples] -map [picture] -fps_mode passthrough -enc_time_base -1 ' +
        '-c:v libx264 -preset veryfast -crf 15 -profile:v high -level 4.2 -bf 2 ' +
        '-colorspace bt709 -color_trc bt709 -color_primaries bt709 -color_range tv',
    )
  })

  it('Baseline has no B-frames; FFmpeg 5.0 has another name for its timing', () => {
    const plain = makeVideo({ ...video, profile: 'Constrained Baseline', bFrames: false, level: null })
    const argv = edgeArgs(source, { video: plain, origin: 0 }, span, { ...how, version: '5.0.3' }).join(' ')
    expect(argv).toContain('-vsync passthrough')
    expect(argv).toContain('-crf 15 -profile:v baseline -bf 0')
    expect(argv).not.toContain('-ss')
  })

  it('HEVC: closed, and in the order in which it is shown', () => {
    const hevc = makeVideo({ ...video, codec: 'hevc', profile: 'Main', level: 123 })
    expect(edgeArgs(source, { video: hevc, origin: 0 }, span, { ...how, seek: 0, version: '7.1' }).join(' ')).toContain(
      '-c:v libx265 -preset veryfast -crf 15 -x265-params log-level=error:repeat-headers=1:open-gop=0:bframes=0:level-idc=41:high-tier=1',
    )
  })
})

describe('argv of joining', () => {
  const media = makeMedia({
    container: 'matroska',
    origin: 2 * S,
    video,
    audio: [makeTrack({ streamIndex: 1, sampleRate: 48_000, title: 'Game' })],
  })
  const plan = {
    audio: [{ track: 0, action: 'encode', codec: 'aac', bitRate: 192_000, sampleRate: null } as const],
    metadata: { title: 'Ace', comment: '' },
  }
  const files = { output: '/out/c.mp4', scratch: '/out/s.mp4' }

  it('sound is read from a second before, cut at the sample, and begins with the picture', () => {
    expect(joinedClipArgs(source, media, plan, { start: 10 * S, end: 12.5 * S }, files).join(' ')).toBe(
      `-seek_timestamp 1 -ss 11.000000 -t 5.500000 ${input} ` +
        '-protocol_whitelist file -f mov -i file:/out/s.mp4 -map 1:v:0 -c:v copy -map 0:1 -c:a:0 aac -b:a:0 192000 ' +
        '-metadata:s:a:0 title=Game -metadata:s:a:0 handler_name=Game ' +
        '-filter:a:0 atrim=start_pts=48000:end_pts=168000,asetpts=PTS-48000,aresample=async=1:first_pts=0,apad=whole_len=120000 ' +
        '-sn -dn -map_metadata -1 -map_chapters -1 -metadata title=Ace -metadata encoder= ' +
        '-movflags +faststart -f mp4 -y file:/out/c.mp4',
    )
  })

  it('near its beginning a file is read from there, by its own clock', () => {
    const argv = joinedClipArgs(source, media, plan, { start: S, end: 2 * S }, files).join(' ')
    expect(argv.startsWith('-copyts -t 6.000000 -protocol')).toBe(true)
    expect(argv).toContain('atrim=start_pts=144000:end_pts=192000,asetpts=PTS-144000')
    // A clock that begins before zero: a length counts from there.
    const over = joinedClipArgs(source, { ...media, origin: -2 * S }, plan, { start: S, end: 2 * S }, files).join(' ')
    expect(over.startsWith('-copyts -t 4.000000 -protocol')).toBe(true)
    expect(over).toContain('atrim=start_pts=-48000:end_pts=0')
  })
})

it('where to begin to read', () => {
  const at = (time: number, container: 'matroska' | 'mpegts' | 'flv') =>
    seekAttempts(time * S, container).map((ticks) => (ticks === null ? null : Math.round((1000 * ticks) / S)))
  expect(at(100, 'matroska')).toEqual([99_999, 87_999, 39_999, null])
  expect(at(20, 'mpegts')).toEqual([7_999, null])
  expect(at(0, 'matroska')).toEqual([null])
  expect(at(0.4, 'flv')).toEqual([null])
})

it('which edges can be encoded', () => {
  expect([...edgeCodecs(['libx264', 'aac'])]).toEqual(['h264'])
  expect([...edgeCodecs(['libx264', 'libx265'])]).toEqual(['h264', 'hevc'])
  expect([...edgeCodecs(['h264_nvenc'])]).toEqual([])
})
