import type { Clip, CutMode, RenderKind } from '../../../src-shared/contract/clip.ts'
import { ClutchcutError } from '../../../src-shared/contract/errors.ts'
import type { LayoutKind } from '../../../src-shared/contract/layout.ts'
import type { PlatformId } from '../../../src-shared/contract/preset.ts'
import { captionFilterName } from '../../../src-shared/domain/captions-filter.ts'
import { clipLength } from '../../../src-shared/domain/clip-timeline.ts'
import { platforms, presets } from '../../../src-shared/domain/preset.ts'
import { checkLimits, encodeLimits } from '../../../src-shared/domain/preset-limits.ts'
import { spanOfParts } from '../../../src-shared/domain/edits/edited-clip.ts'
import { wholePictures } from '../../../src-shared/domain/render-plan.ts'
import { wantsMix } from '../../../src-shared/domain/sound-plan.ts'
import { viewSize } from '../../../src-shared/domain/view-size.ts'
import type { ClipLook, RenderDeps, RenderSource } from './deps.ts'
import { needsKeyframe, type RenderWish } from './plan-render.ts'

/** How all clips of a job are to look. */
export interface RenderLook {
  readonly cut: CutMode | null
  readonly layout: LayoutKind | 'auto'
  readonly platform: PlatformId | null
}

/** What a clip is to become, and what is to be said of it besides what its plan says. */
export interface ClipWish {
  readonly wish: RenderWish
  readonly look: ClipLook
  readonly notes: readonly string[]
}

/**
 * Throws, naming the clips, where a platform would not take what is about to be rendered: before any of it is.
 * Nothing to check without a platform.
 */
export function checkClips(
  deps: Pick<RenderDeps, 'edits'>,
  { media }: RenderSource,
  clips: readonly Clip[],
  kinds: readonly RenderKind[],
  look: RenderLook,
): void {
  if (look.platform === null) return
  const platform = platforms[look.platform]
  const problems = clips.flatMap((clip) =>
    kinds.flatMap((kind) => {
      const planned = { start: 0, end: clipLength(deps.edits(clip).parts), cut: look.cut ?? ('encode' as const) }
      return checkLimits(presets[kind], platform, planned, media).map((problem) => ({ clip, problem }))
    }),
  )
  if (problems.length === 0) return
  const said = problems.map(({ clip, problem }) => (clips.length === 1 ? problem : `"${clip.title}": ${problem}`))
  throw new ClutchcutError('usage', `Nothing was rendered. ${[...new Set(said)].join(' ')}`, {
    data: { platform: platform.id, clips: problems.map(({ clip }) => clip.id) },
  })
}

/** Finds out all that a plan is made from. */
export async function wishOfClip(
  deps: RenderDeps,
  source: RenderSource,
  clip: Clip,
  kind: RenderKind,
  look: RenderLook,
  { signal }: { signal: AbortSignal },
): Promise<ClipWish> {
  const { media } = source
  const edits = deps.edits(clip)
  const platform = look.platform === null ? null : platforms[look.platform]
  const { cut, note } = cutFor(clip, kind, look, media)
  const keyframe = needsKeyframe({ cut, media })
    ? await deps.media.keyframeBefore(source, clip.start, { signal })
    : null
  const [edges, filters] = [await deps.media.edgeCodecs({ signal }), await deps.media.filters({ signal })]
  const span = spanOfParts(edits.parts)
  // A copy begins elsewhere and knows its own pictures.
  const index = cut === 'copy' ? null : await deps.media.cutIndex(source, span, { signal })
  const parts = wholePictures(edits.parts, index)
  const preset = presets[kind]
  const limits =
    media.video === null ? null : encodeLimits(preset, platform, { start: 0, end: clipLength(parts) }, media.video)
  const frame =
    preset.frame === null || limits === null ? viewSize(media) : { width: limits.width, height: limits.height }
  const shape = { kind, frame, parts, platform: look.platform }
  const drawn = await deps.look(source, clip, { ...shape, texts: edits.texts }, { signal })
  const laidOut =
    preset.frame === null
      ? null
      : await deps.layout(source, { ...shape, frame: preset.frame, wanted: look.layout }, { signal })
  const mixed = wantsMix(preset.id, look.platform, edits.sound)
    ? await deps.mix(source, { parts, sound: edits.sound }, { signal })
    : null
  if (drawn.overlay !== null && !filters.has(captionFilterName)) {
    throw new ClutchcutError(
      'ffmpeg/missing',
      'This FFmpeg cannot draw captions or texts: it was built without libass. Install a full build of FFmpeg, or render without them.',
    )
  }
  return {
    wish: {
      ...{ clip, media, kind, cut, parts, zoom: edits.zoom, platform, keyframe, index, edges, filters },
      layout: laidOut?.layout ?? null,
      overlay: drawn.overlay,
      ...(mixed !== null && { sound: { mix: mixed.mix } }),
    },
    look: drawn,
    notes: [...(deps.notes?.(clip) ?? []), note, laidOut?.note ?? null, ...(mixed?.notes ?? [])].filter(
      (text) => text !== null,
    ),
  }
}

/** What a platform does not take as it is recorded is encoded, where nobody said how to cut. */
function cutFor(
  clip: Clip,
  kind: RenderKind,
  { cut, platform }: RenderLook,
  media: RenderSource['media'],
): { cut: CutMode | null; note: string | null } {
  if (cut !== null || platform === null || presets[kind].frame !== null) return { cut, note: null }
  const planned = { start: clip.start, end: clip.end }
  const problems = checkLimits(presets[kind], platforms[platform], { ...planned, cut: 'smart' }, media)
  if (problems.length === 0) return { cut, note: null }
  return { cut: 'encode', note: `It was encoded as a whole: ${platforms[platform].name} does not take it as recorded.` }
}
