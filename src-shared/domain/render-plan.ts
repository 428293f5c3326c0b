import type { CutMode } from '../contract/clip.ts'
import type { AudioTrack, MediaInfo } from '../contract/media-info.ts'
import type { RenderPlan } from '../contract/render-plan.ts'
import { TICKS_PER_SECOND, type Ticks } from './time.ts'

export type { AudioPlan, RenderPlan, VideoPlan } from '../contract/render-plan.ts'

/** Up to here a clip may start early for the sake of a copy that costs nothing and loses nothing. */
export const MAX_SNAP: Ticks = 2 * TICKS_PER_SECOND

/** What may be copied into MP4 and plays from there nearly everywhere. */
const MP4_VIDEO: ReadonlySet<string> = new Set(['h264', 'hevc', 'av1', 'vp9'])
const MP4_AUDIO: ReadonlySet<string> = new Set(['aac', 'mp3', 'ac3', 'eac3', 'alac', 'opus'])

export function videoFitsMp4(media: MediaInfo): boolean {
  return media.video !== null && MP4_VIDEO.has(media.video.codec)
}

/** Tracks that do not fit (PCM, Vorbis, FLAC) are re-encoded, also beside a copied picture: sound cuts exactly. */
export function audioFitsMp4(track: AudioTrack): boolean {
  return MP4_AUDIO.has(track.codec)
}

/**
 * How a clip is cut. Asked for nothing (null): by copy where the picture fits MP4 and the keyframe before the start
 * is less than `MAX_SNAP` away, else by encoding. Asked for `copy`, the keyframe may lie anywhere; a picture that
 * does not fit is still encoded. `smart` is exact as `encode` is, and until edges alone can be encoded, it is that.
 */
export function chooseCut(
  wanted: CutMode | null,
  media: MediaInfo,
  asked: { start: Ticks },
  keyframe: Ticks | null,
): 'copy' | 'encode' {
  if (wanted === 'encode' || wanted === 'smart') return 'encode'
  if (!videoFitsMp4(media) || keyframe === null || keyframe > asked.start) return 'encode'
  return wanted === 'copy' || asked.start - keyframe < MAX_SNAP ? 'copy' : 'encode'
}

/** The part of a plan that its hash covers. */
export function planContent(plan: Omit<RenderPlan, 'hash'>): Omit<RenderPlan, 'hash' | 'metadata' | 'asked'> {
  const { version, recording, kind, cut, span, container, video, audio } = plan
  return { version, recording, kind, cut, span, container, video, audio }
}
