import { describe, expect, test } from 'vitest'
import type { AudioTrack, MediaInfo, VideoStream } from '../../../../src-shared/contract/media-info.ts'
import { planPlayback } from '../../../../src-shared/domain/playback.ts'
import { makeMedia } from '../../../helpers/make-media-info.ts'

interface Shape {
  container?: MediaInfo['container']
  video?: Partial<VideoStream> | null
  audio?: string[]
  truncated?: boolean
}

function media({ container = 'mp4', video = {}, audio = ['aac'], truncated = false }: Shape): MediaInfo {
  const base = makeMedia()
  const track = base.audio[0] as AudioTrack
  return {
    ...base,
    container,
    truncated,
    video:
      video === null
        ? null
        : ({ ...base.video, codec: 'h264', bitDepth: 8, pixelFormat: 'yuv420p', ...video } as VideoStream),
    audio: audio.map((codec, index) => ({ ...track, index, codec })),
  }
}
const plan = (shape: Shape, audioTrack: number | null = null, encodeAll = false) =>
  planPlayback(media(shape), { audioTrack, encodeAll })

describe('played as it is', () => {
  test.each<[string, Shape]>([
    ['MP4, H.264, AAC', {}],
    ['MP4 without sound', { audio: [] }],
    [
      'MP4, AV1 of 10 bits, Opus',
      { video: { codec: 'av1', bitDepth: 10, pixelFormat: 'yuv420p10le' }, audio: ['opus'] },
    ],
    ['MP4, six tracks, the first one', { audio: ['aac', 'aac', 'aac', 'aac', 'aac', 'aac'] }],
    ['MOV, H.264', { container: 'mov' }],
    ['WebM, VP9, Opus', { container: 'webm', video: { codec: 'vp9' }, audio: ['opus'] }],
    ['MP3', { container: 'audio', video: null, audio: ['mp3'] }],
    ['full range', { video: { pixelFormat: 'yuvj420p' } }],
  ])('%s', (_name, shape) => expect(plan(shape)).toEqual({ kind: 'direct' }))
})

describe('through a proxy', () => {
  test.each<[string, Shape, string[], 'copy' | 'encode' | null]>([
    ['MKV, H.264', { container: 'matroska' }, ['container'], 'copy'],
    [
      'MKV, HEVC, AC-3',
      { container: 'matroska', video: { codec: 'hevc' }, audio: ['ac3'] },
      ['container', 'video-codec'],
      'encode',
    ],
    ['MP4, HEVC', { video: { codec: 'hevc' } }, ['video-codec'], 'encode'],
    ['MP4, AC-3', { audio: ['ac3'] }, ['audio-codec'], 'copy'],
    ['MOV, PCM', { container: 'mov', audio: ['pcm_s16le'] }, ['audio-codec'], 'copy'],
    ['H.264 of 10 bits', { video: { bitDepth: 10, pixelFormat: 'yuv420p10le' } }, ['video-codec'], 'encode'],
    ['H.264, 4:2:2', { video: { pixelFormat: 'yuv422p' } }, ['video-codec'], 'encode'],
    ['H.264, 4:4:4', { video: { pixelFormat: 'yuv444p' } }, ['video-codec'], 'encode'],
    ['AVI', { container: 'avi' }, ['container'], 'encode'],
    ['FLV', { container: 'flv' }, ['container'], 'copy'],
    ['TS', { container: 'mpegts' }, ['container'], 'copy'],
    ['Steam', { container: 'dash' }, ['container'], 'copy'],
    ['cut off', { truncated: true }, ['truncated'], 'copy'],
    ['MPEG-2', { container: 'mpegts', video: { codec: 'mpeg2video' } }, ['container', 'video-codec'], 'encode'],
    ['VP9 in MOV', { container: 'mov', video: { codec: 'vp9' } }, ['video-codec'], 'copy'],
    ['VP8 in MP4', { video: { codec: 'vp8' } }, ['video-codec'], 'encode'],
  ])('%s', (_name, shape, why, video) => expect(plan(shape)).toEqual({ kind: 'proxy', why, video, audio: 0 }))

  test('another audio track, and after the browser refused', () => {
    expect(plan({ audio: ['aac', 'aac'] }, 1)).toEqual({ kind: 'proxy', why: ['audio-track'], video: 'copy', audio: 1 })
    expect(plan({}, null, true)).toEqual({ kind: 'proxy', why: ['refused'], video: 'encode', audio: 0 })
    expect(plan({ container: 'audio', video: null, audio: ['wmav2'] })).toEqual({
      kind: 'proxy',
      why: ['audio-codec'],
      video: null,
      audio: 0,
    })
  })
})
