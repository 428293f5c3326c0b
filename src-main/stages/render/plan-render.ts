import { createHash } from 'node:crypto'
import type { Clip, CutMode, RenderKind } from '../../../src-shared/contract/clip.ts'
import type { ClipPart, ZoomKey } from '../../../src-shared/contract/edits.ts'
import { ClutchcutError } from '../../../src-shared/contract/errors.ts'
import type { Layout } from '../../../src-shared/contract/layout.ts'
import type { MediaInfo, VideoStream } from '../../../src-shared/contract/media-info.ts'
import type { PlatformLimits } from '../../../src-shared/contract/preset.ts'
import type { MixPlan } from '../../../src-shared/contract/sound.ts'
import type { AudioPlan, RenderPlan, VideoPlan } from '../../../src-shared/contract/render-plan.ts'
import { canonicalJson } from '../../../src-shared/domain/canonical-json.ts'
import { presets } from '../../../src-shared/domain/preset.ts'
import { encodeLimits, type EncodeLimits } from '../../../src-shared/domain/preset-limits.ts'
import {
  audioFitsMp4,
  chooseCut,
  encodedTrack,
  isOneSpan,
  planContent,
  videoFitsMp4,
  wholePictures,
  type CutIndex,
} from '../../../src-shared/domain/render-plan.ts'
import { spanOfParts } from '../../../src-shared/domain/edits/edited-clip.ts'
import { clipLength } from '../../../src-shared/domain/clip-timeline.ts'
import type { Ticks } from '../../../src-shared/domain/time.ts'
import { toneMapOf } from './tone-map-of.ts'

/** Grows when the same plan begins to make other files (another encoder setting in the adapter). */
const PLAN_VERSION = 4

export interface RenderWish {
  readonly clip: Pick<Clip, 'recording' | 'start' | 'end' | 'title' | 'reasons'>
  readonly media: MediaInfo
  readonly kind: RenderKind
  /** null: smart where that is possible, else encode. */
  readonly cut: CutMode | null
  /** What it plays; default its span as it is. */
  readonly parts?: readonly ClipPart[]
  readonly zoom?: readonly ZoomKey[]
  /** How the picture is put into the frame; null: as it is shown. */
  readonly layout?: Layout | null
  /** An ASS document on the clip's timeline, and what it shows, for the note. */
  readonly overlay?: { readonly text: string; readonly what: string } | null
  /** One track for all of the sound (null: none is heard); absent, every track for itself. */
  readonly sound?: { readonly mix: MixPlan | null }
  readonly platform?: PlatformLimits | null
  /** The keyframe at or before the clip's start, on the recording's timeline; null where none is known. */
  readonly keyframe: Ticks | null
  /** The clip's pictures; null where the container does not say when they are due. */
  readonly index: CutIndex | null
  /** Codecs that this FFmpeg can encode to match a source. */
  readonly edges: ReadonlySet<string>
  /** Filters that this FFmpeg has. */
  readonly filters: ReadonlySet<string>
}

/** Throws where no clip can be made of a recording at all, so that nobody waits for its analysis first. */
export function checkRenderable(media: Pick<MediaInfo, 'video'>): void {
  if (media.video === null) {
    throw new ClutchcutError(
      'input/unsupported',
      'This recording has sound but no picture, so no video clips can be made of it.',
    )
  }
}

/** True where a keyframe can matter for this wish, so that none is looked for in vain. */
export function needsKeyframe(wish: Pick<RenderWish, 'cut' | 'media'>): boolean {
  return wish.cut === 'copy' && videoFitsMp4(wish.media)
}

/**
 * Decides how a clip becomes a file. A smart cut holds exactly what was asked for and encodes only what lies before the
 * first and behind the last usable cut; copying starts at the keyframe at or before the wanted start; encoding makes
 * everything anew. What changes the picture, the order or the speed is encoded. Audio: one mix where one is given, else
 * every track: copied beside a copy where MP4 takes its codec, else re-encoded, which cuts it at the sample.
 */
export function planRender(wish: RenderWish): RenderPlan {
  const { clip, media, kind, cut: wanted, keyframe, index, edges, platform = null } = wish
  checkRenderable(media)
  const asked = { start: clip.start, end: clip.end }
  const played = wish.parts ?? [{ ...asked, speed: 1 }]
  const choice = chooseCut(wanted, media, asked, { keyframe, index, edges, mustEncode: whyEncode(wish, played) })
  const { cut, note } = choice
  const start = cut === 'copy' && keyframe !== null ? Math.max(0, keyframe) : asked.start
  const span = { start, end: asked.end }
  const parts = cut === 'encode' ? wholePictures(played, index) : [{ ...span, speed: 1 }]
  if (parts.length === 0) {
    throw new ClutchcutError(
      'input/unsupported',
      'No picture of the recording lies in this clip: it is too short, or there is only sound. Let it begin and end where there are pictures.',
    )
  }
  const limits = encodeLimits(presets[kind], platform, { start: 0, end: clipLength(parts) }, withVideo(media))
  const tone = cut === 'encode' ? toneMapOf(withVideo(media), wish.filters) : { toneMap: null, note: null }
  const notes = [note, tone.note].filter((text) => text !== null)
  const plan: Omit<RenderPlan, 'hash'> = {
    version: PLAN_VERSION,
    recording: clip.recording,
    kind,
    cut,
    asked,
    span: cut === 'encode' ? spanOfParts(played) : span,
    parts,
    container: 'mp4',
    editLists: limits.editLists,
    video:
      choice.cut === 'encode'
        ? encodePlan(wish, parts, limits, tone.toneMap)
        : choice.cut === 'smart'
          ? { action: 'smart', copy: choice.copy }
          : { action: 'copy' },
    audio: audioPlans(wish, cut, limits),
    metadata: { title: clip.title, comment: clip.reasons.map((reason) => reason.text).join('; ') },
    note: notes.length === 0 ? null : notes.join(' '),
  }
  return {
    ...plan,
    hash: createHash('sha256')
      .update(canonicalJson(planContent(plan)))
      .digest('hex'),
  }
}

/** Why nothing of the recording's pictures can be kept, as `chooseCut` wants it. */
function whyEncode({ kind, zoom = [], overlay = null, sound }: RenderWish, parts: readonly ClipPart[]): string | null {
  if (presets[kind].frame !== null) return ''
  const reasons = [
    ...(parts.length > 1 ? ['it is made of several parts'] : []),
    ...(parts.some(({ speed }) => speed !== 1) ? ['its speed is changed'] : []),
    ...(zoom.some(({ scale }) => scale > 1) ? ['its picture is enlarged'] : []),
    ...(overlay === null ? [] : [`${overlay.what} are drawn into its pictures`]),
    ...(sound === undefined ? [] : ['its sound is mixed']),
  ]
  return reasons.length === 0 ? null : `${reasons.join(', ')}.`
}

function encodePlan(
  { kind, media, zoom = [], layout = null, overlay = null }: RenderWish,
  parts: readonly ClipPart[],
  limits: EncodeLimits,
  toneMap: 'pq' | 'hlg' | null,
): VideoPlan {
  const video = withVideo(media)
  const isUneven = !isOneSpan(parts)
  const keys = zoom.some(({ scale }) => scale > 1) ? [...zoom] : []
  // Pictures at an even rate: after cuts and other speeds, and for the zoom, which counts them.
  const fps = limits.fps ?? (isUneven || keys.length > 0 ? video.fps : null)
  const isSmaller = limits.width < video.width - 1 || limits.height < video.height - 1
  const frame = presets[kind].frame !== null || isSmaller ? { width: limits.width, height: limits.height } : null
  const text = overlay?.text ?? null
  const isAsIs = toneMap === null && fps === null && frame === null && keys.length === 0 && text === null
  return {
    action: 'encode',
    codec: 'h264',
    crf: 18,
    preset: 'veryfast',
    pixelFormat: 'yuv420p',
    bitRate: limits.bitRate,
    picture: isAsIs ? null : { toneMap, fps, frame, layout: frame === null ? null : layout, zoom: keys, overlay: text },
  }
}

function audioPlans({ media, sound }: RenderWish, cut: CutMode, { sampleRate }: EncodeLimits): AudioPlan[] {
  if (sound !== undefined) return sound.mix === null ? [] : [sound.mix]
  return media.audio.map((track) =>
    cut === 'copy' && audioFitsMp4(track) ? { track: track.index, action: 'copy' } : encodedTrack(track, sampleRate),
  )
}

function withVideo({ video }: MediaInfo): VideoStream {
  if (video === null) throw new RangeError('checkRenderable comes first')
  return video
}
