import type { AudioTrack, Container, MediaInfo, VideoStream } from '../contract/media-info.ts'
import type { ProxyReason } from '../contract/playback.ts'

/** What becomes of a recording's streams on their way into a browser. */
export type PlaybackPlan =
  | { readonly kind: 'direct' }
  | {
      readonly kind: 'proxy'
      readonly why: readonly ProxyReason[]
      readonly video: 'copy' | 'encode' | null
      /** Position among the audio tracks. Sound is always encoded: to FLAC, which begins and ends on any sample. */
      readonly audio: number | null
    }

/** Containers that Chromium opens by `src`, and the codecs that it plays from them. */
const directVideo: Partial<Record<Container, ReadonlySet<string>>> = {
  mp4: new Set(['h264', 'av1', 'vp9']),
  mov: new Set(['h264']),
  webm: new Set(['vp8', 'vp9', 'av1']),
}
const directAudio: Partial<Record<Container, ReadonlySet<string>>> = {
  mp4: new Set(['aac', 'mp3', 'opus', 'flac']),
  mov: new Set(['aac', 'mp3']),
  webm: new Set(['opus', 'vorbis']),
}
/** Files of sound alone: each is its own container. */
const directAlone = new Set(['aac', 'mp3', 'opus', 'vorbis', 'flac', 'pcm_s16le', 'pcm_s24le', 'pcm_f32le'])

/**
 * Whether Chromium plays a recording as it is, and what to do where it does not. Chromium always plays the first audio
 * track, has no HEVC without the system's help, and decodes H.264 of 8 bits and 4:2:0 only. Pure.
 */
export function planPlayback(
  media: Pick<MediaInfo, 'container' | 'video' | 'audio' | 'truncated'>,
  { audioTrack, encodeAll }: { audioTrack: number | null; encodeAll: boolean },
): PlaybackPlan {
  const track = media.audio[audioTrack ?? 0]
  const why = [
    ...(encodeAll ? (['refused'] as const) : []),
    ...(isDirectContainer(media.container) ? [] : (['container'] as const)),
    ...(media.video === null || shows(media.container, media.video) ? [] : (['video-codec'] as const)),
    ...(track === undefined || plays(media.container, track) ? [] : (['audio-codec'] as const)),
    ...((audioTrack ?? 0) === 0 ? [] : (['audio-track'] as const)),
    ...(media.truncated ? (['truncated'] as const) : []),
  ]
  if (why.length === 0) return { kind: 'direct' }
  const video = media.video === null ? null : !encodeAll && isCopyable(media.video, media.container) ? 'copy' : 'encode'
  return { kind: 'proxy', why, video, audio: track === undefined ? null : track.index }
}

function isDirectContainer(container: Container): boolean {
  return directVideo[container] !== undefined || container === 'audio'
}

function shows(container: Container, video: VideoStream): boolean {
  // Elsewhere the container is the reason.
  return isPlayable(video) && (directVideo[container]?.has(video.codec) ?? true)
}

function plays(container: Container, { codec }: AudioTrack): boolean {
  return (container === 'audio' ? directAlone : directAudio[container])?.has(codec) ?? true
}

function isPlayable({ codec, bitDepth, pixelFormat }: VideoStream): boolean {
  if (codec === 'h264') return bitDepth === 8 && (pixelFormat === null || /^(?:yuvj?420p|nv12)$/.test(pixelFormat))
  return codec === 'vp8' || codec === 'vp9' || codec === 'av1'
}

/** What fits into the pieces of an MP4 unchanged. AVI does not keep the times of reordered pictures. */
function isCopyable(video: VideoStream, container: Container): boolean {
  return isPlayable(video) && video.codec !== 'vp8' && container !== 'avi'
}
