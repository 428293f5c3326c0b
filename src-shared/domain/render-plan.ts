import type { CutMode } from '../contract/clip.ts'
import type { ClipPart } from '../contract/edits.ts'
import type { AudioTrack, MediaInfo } from '../contract/media-info.ts'
import type { AudioPlan, RenderPlan } from '../contract/render-plan.ts'
import { mergeParts } from './edits/edited-clip.ts'
import { TICKS_PER_SECOND, type Ticks } from './time.ts'

export type { AudioPlan, PicturePlan, RenderPlan, VideoPlan } from '../contract/render-plan.ts'

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

/** A track that is encoded as it is, so that it is cut at the sample. `sampleRate`: the highest that is taken. */
export function encodedTrack(
  track: AudioTrack,
  sampleRate: number | null = null,
): Extract<AudioPlan, { action: 'encode' }> {
  return {
    track: track.index,
    action: 'encode',
    codec: 'aac',
    bitRate: track.channels > 2 ? 384_000 : 192_000,
    sampleRate: sampleRate !== null && track.sampleRate > sampleRate ? sampleRate : null,
  }
}

/** The pictures of a span, and where between them a copy may begin and end. On the recording's timeline. */
export interface CutIndex {
  /** Every shown picture of the span, first to last. */
  readonly frames: readonly { readonly time: Ticks; readonly end: Ticks }[]
  /** Keyframes that a copy may begin with. */
  readonly entries: readonly Ticks[]
  /** Times before which everything can be copied: what is decoded so far is shown before all that follows. */
  readonly exits: readonly Ticks[]
}

/**
 * What a clip plays, cut to whole pictures: from the first picture that begins in a part to the last. Where the pictures
 * are not known (null) the parts stay as they are. Parts that join at speed 1 become one. Empty where no picture is left.
 */
export function wholePictures(parts: readonly ClipPart[], index: CutIndex | null): ClipPart[] {
  const joined = mergeParts(parts)
  if (index === null) return joined
  const early = slack(index)
  return joined.flatMap((part) => {
    const inside = index.frames.filter(({ time }) => time >= part.start - early && time < part.end - early)
    const [first, last] = [inside[0], inside.at(-1)]
    return first === undefined || last === undefined ? [] : [{ ...part, start: first.time, end: last.end }]
  })
}

/** Containers with milliseconds round a picture's time by half of one. */
function slack({ frames }: CutIndex): Ticks {
  const [first] = frames
  return first === undefined ? 0 : Math.min(TICKS_PER_SECOND / 1000, (first.end - first.time) / 4)
}

/** A span of the recording as it is, without a cut or another speed. */
export function isOneSpan(parts: readonly ClipPart[]): boolean {
  return parts.length === 1 && parts[0]?.speed === 1
}

/** Profiles whose streams can be joined with our own: 8 bits, 4:2:0. */
const SMART_PROFILES: Readonly<Record<string, ReadonlySet<string>>> = {
  h264: new Set(['Baseline', 'Constrained Baseline', 'Main', 'High']),
  hevc: new Set(['Main']),
}

/**
 * Why a recording cannot be cut smartly, in a sentence; null when it can. `edges`: the codecs that this FFmpeg can
 * encode to match.
 */
export function smartProblem({ video, container }: MediaInfo, edges: ReadonlySet<string>): string | null {
  if (video === null) return 'It has no picture.'
  const profiles = SMART_PROFILES[video.codec]
  if (profiles === undefined) return `Its video is ${video.codec}; H.264 and HEVC can be cut smartly.`
  if (video.bitDepth !== 8 || (video.pixelFormat !== 'yuv420p' && video.pixelFormat !== 'yuvj420p')) {
    return `Its pictures are ${video.pixelFormat ?? 'unknown'}; only 8 bits with 4:2:0 colours can be cut smartly.`
  }
  if (!profiles.has(video.profile ?? '')) return `Its profile (${video.profile ?? 'unknown'}) cannot be matched.`
  if (video.codedWidth % 2 !== 0 || video.codedHeight % 2 !== 0) return 'Its pictures have an odd size.'
  if (container === 'avi') return 'AVI does not say when reordered pictures are due.'
  if (!edges.has(video.codec)) return `This FFmpeg cannot encode ${video.codec === 'hevc' ? 'HEVC' : 'H.264'} to match.`
  return null
}

/** What of a clip can be copied: from its first usable keyframe to the last place where a copy can end. */
export function smartCopy({ entries, exits }: CutIndex): { start: Ticks; end: Ticks } | null {
  const [start, end] = [entries[0], exits.at(-1)]
  return start === undefined || end === undefined || start >= end ? null : { start, end }
}

export type CutChoice =
  | { readonly cut: 'copy' | 'encode'; readonly note: string | null }
  | { readonly cut: 'smart'; readonly copy: { start: Ticks; end: Ticks }; readonly note: null }

/**
 * How a clip is cut. Asked for nothing (null) or for `smart`: smartly where that is possible, else by encoding, and
 * `note` says why. Asked for `copy`, from the keyframe before the start, wherever it lies; a picture that MP4 does not
 * take, or that has no such keyframe, is encoded.
 */
export function chooseCut(
  wanted: CutMode | null,
  media: MediaInfo,
  asked: { start: Ticks },
  facts: {
    keyframe: Ticks | null
    index: CutIndex | null
    edges: ReadonlySet<string>
    /** Why nothing can be copied, in a sentence; empty where its shape says so. */
    mustEncode: string | null
  },
): CutChoice {
  if (wanted === 'encode') return { cut: 'encode', note: null }
  const { mustEncode } = facts
  if (mustEncode !== null) return { cut: 'encode', note: mustEncode === '' ? null : encodedWhole(mustEncode) }
  if (wanted === 'copy') {
    if (!videoFitsMp4(media)) return { cut: 'encode', note: 'It was encoded: MP4 does not take its video as it is.' }
    if (facts.keyframe !== null && facts.keyframe <= asked.start) return { cut: 'copy', note: null }
    return { cut: 'encode', note: 'It was encoded: there is no keyframe before it to copy from.' }
  }
  const problem = smartProblem(media, facts.edges)
  if (problem !== null) return { cut: 'encode', note: encodedWhole(problem) }
  const copy = facts.index === null ? null : smartCopy(facts.index)
  if (copy === null) return { cut: 'encode', note: encodedWhole('No keyframe lies inside the clip.') }
  return { cut: 'smart', copy, note: null }
}

/** What a person is told of a clip that was not cut smartly. */
export function encodedWhole(reason: string): string {
  const words = /^[A-Z][a-z ]/.test(reason) ? reason.charAt(0).toLowerCase() + reason.slice(1) : reason
  return `It was encoded as a whole: ${words}`
}

/** The part of a plan that its hash covers. */
export function planContent(plan: Omit<RenderPlan, 'hash'>): Omit<RenderPlan, 'hash' | 'metadata' | 'asked' | 'note'> {
  const { version, recording, kind, cut, span, parts, container, editLists, video, audio } = plan
  return { version, recording, kind, cut, span, parts, container, editLists, video, audio }
}
