import { describe, expect, test } from 'vitest'
import { audioProxyArgs, copyProxyArgs, encodeProxyArgs } from '../../../../../src-main/adapters/ffmpeg/proxy-args.ts'
import type { SourceFile } from '../../../../../src-main/adapters/ffmpeg/source-file.ts'
import { TICKS_PER_SECOND } from '../../../../../src-shared/domain/time.ts'
import { makeMedia, makeVideo } from '../../../../helpers/make-media-info.ts'

const S = TICKS_PER_SECOND
const source: SourceFile = { path: '/videos/a.mkv', size: 1, mtimeMs: 1, format: 'matroska', segments: [] }
const media = { ...makeMedia(), container: 'matroska' as const, origin: 2 * S }
const span = { start: 8 * S, end: 16 * S, piece: 4 * S }
const after = (args: string[], name: string): string | undefined => args[args.indexOf(name) + 1]

describe('FFmpeg makes pieces', () => {
  test('by copying: from before the start, times on the clock of the recording and ten seconds more', () => {
    const args = copyProxyArgs(source, media, span)
    expect(after(args, '-ss')).toBe('9.999000')
    expect(after(args, '-output_ts_offset')).toBe('8.000000')
    expect(after(args, '-c')).toBe('copy')
    expect(after(args, '-movflags')).toBe('frag_keyframe+empty_moov+default_base_moof+frag_discont')
    expect(args.at(-1)).toBe('pipe:3')
  })
  test('by copying TS, which is sought where the time is, and FLV, which is read from its beginning near it', () => {
    expect(after(copyProxyArgs(source, { ...media, container: 'mpegts' }, span), '-ss')).toBe('9.000000')
    expect(copyProxyArgs(source, { ...media, container: 'flv' }, { start: 0 })).not.toContain('-ss')
  })
  test('by encoding: a keyframe where each piece begins, no reordering', () => {
    const args = encodeProxyArgs(source, media, span, 'libx264', '6.1')
    expect(after(args, '-ss')).toBe('9.999500')
    expect(after(args, '-force_key_frames')).toBe('8.000000,12.000000')
    expect(after(args, '-vf')).toBe('trim=start=9.999500:end=18.000000,setpts=PTS-(2)/TB,format=yuv420p')
    expect([after(args, '-bf'), after(args, '-forced-idr'), after(args, '-fps_mode')]).toEqual([
      '0',
      '1',
      'passthrough',
    ])
  })
  test('by encoding what is larger than anyone looks at, smaller; upright ones by their own measure', () => {
    const filter = (width: number, height: number): string | undefined =>
      after(encodeProxyArgs(source, { ...media, video: makeVideo({ width, height }) }, span, 'libx264', '6.1'), '-vf')
    expect(filter(3840, 2160)).toContain('scale=w=trunc(iw*0.500000/2)*2:h=trunc(ih*0.500000/2)*2')
    expect(filter(2160, 3840)).toContain('iw*0.500000')
    expect(filter(3440, 1440)).toContain('iw*0.558140')
    expect(filter(1080, 1920)).not.toContain('scale')
  })
  test.each([
    ['h264_nvenc', '-forced-idr'],
    ['h264_qsv', '-forced_idr'],
    ['h264_amf', '-forced_idr'],
  ] as const)('%s is told to begin anew at keyframes by %s', (encoder, option) => {
    expect(encodeProxyArgs(source, media, span, encoder, '6.1')).toContain(option)
  })
  test('of sound: from further back, and cut to the sample', () => {
    const args = audioProxyArgs(source, media, 0, { start: 10 * S, end: 40 * S, piece: 10 * S })
    expect(after(args, '-ss')).toBe('11.000000')
    expect(after(args, '-af')).toBe(
      'asetpts=PTS-(2)/TB,aresample=48000:async=1:first_pts=480000,aformat=sample_fmts=s16:channel_layouts=stereo,atrim=end_pts=1920000',
    )
    expect(after(args, '-frag_duration')).toBe('10000000')
    expect(() => audioProxyArgs(source, media, 7, span)).toThrow(RangeError)
  })
})
