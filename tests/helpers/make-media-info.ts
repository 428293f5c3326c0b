import {
  mediaInfoSchema,
  type AudioTrack,
  type MediaInfo,
  type VideoStream,
} from '../../src-shared/contract/media-info.ts'
import { TICKS_PER_SECOND } from '../../src-shared/domain/time.ts'

export function makeVideo(change: Partial<VideoStream> = {}): VideoStream {
  return {
    streamIndex: 0,
    codec: 'h264',
    profile: 'High',
    level: 41,
    pixelFormat: 'yuv420p',
    bitDepth: 8,
    codedWidth: 1920,
    codedHeight: 1080,
    width: 1920,
    height: 1080,
    rotation: 0,
    sampleAspectRatio: { num: 1, den: 1 },
    fps: { num: 60, den: 1 },
    variableFrameRate: false,
    timebase: { num: 1, den: 15360 },
    bFrames: true,
    hdr: 'none',
    colour: { range: null, space: null, transfer: null, primaries: null },
    ...change,
  }
}

export function makeTrack(change: Partial<AudioTrack> = {}): AudioTrack {
  return {
    index: 0,
    streamIndex: 1,
    codec: 'aac',
    sampleRate: 48000,
    channels: 2,
    layout: 'stereo',
    title: '',
    language: null,
    role: 'unknown',
    timebase: { num: 1, den: 48000 },
    start: 0,
    ...change,
  }
}

/** 100 s of 1080p60 with one sound track, as OBS writes it. */
export function makeMedia(change: Partial<MediaInfo> = {}): MediaInfo {
  return mediaInfoSchema.parse({
    container: 'matroska',
    duration: 100 * TICKS_PER_SECOND,
    origin: 0,
    bitRate: 12_000_000,
    video: makeVideo(),
    audio: [makeTrack()],
    chapters: [],
    recordedAt: null,
    truncated: false,
    warnings: [],
    ...change,
  })
}
