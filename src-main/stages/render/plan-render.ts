import { createHash } from 'node:crypto'
import type { Clip, CutMode, RenderKind } from '../../../src-shared/contract/clip.ts'
import { ClutchcutError } from '../../../src-shared/contract/errors.ts'
import type { MediaInfo } from '../../../src-shared/contract/media-info.ts'
import type { RenderPlan } from '../../../src-shared/contract/render-plan.ts'
import { canonicalJson } from '../../../src-shared/domain/canonical-json.ts'
import {
  audioFitsMp4,
  chooseCut,
  planContent,
  videoFitsMp4,
  type CutChoice,
  type CutIndex,
} from '../../../src-shared/domain/render-plan.ts'
import type { Ticks } from '../../../src-shared/domain/time.ts'

/** Grows when the same plan begins to make other files (another encoder setting in the adapter). */
const PLAN_VERSION = 2

export interface RenderWish {
  readonly clip: Pick<Clip, 'recording' | 'start' | 'end' | 'title' | 'reasons'>
  readonly media: MediaInfo
  readonly kind: RenderKind
  /** null: smart where that is possible, else encode. */
  readonly cut: CutMode | null
  /** The keyframe at or before the clip's start, on the recording's timeline; null where none is known. */
  readonly keyframe: Ticks | null
  /** The clip's pictures; null where the container does not say when they are due. */
  readonly index: CutIndex | null
  /** Codecs that this FFmpeg can encode to match a source. */
  readonly edges: ReadonlySet<string>
}

/** Throws where no clip can be made of a recording at all, so that nobody waits for its analysis first. */
export function checkRenderable(media: Pick<MediaInfo, 'video'>, kinds: readonly RenderKind[]): void {
  if (media.video === null) {
    throw new ClutchcutError(
      'input/unsupported',
      'This recording has sound but no picture, so no video clips can be made of it.',
    )
  }
  if (kinds.includes('vertical')) {
    throw new ClutchcutError('usage', 'Vertical clips cannot be made yet. Choose the landscape preset.')
  }
}

/** True where a keyframe can matter for this wish, so that none is looked for in vain. */
export function needsKeyframe(wish: Pick<RenderWish, 'cut' | 'media'>): boolean {
  return wish.cut === 'copy' && videoFitsMp4(wish.media)
}

/**
 * Decides how a clip becomes a file. A smart cut holds exactly what was asked for and encodes only what lies before the
 * first and behind the last usable cut; copying starts at the keyframe at or before the wanted start; encoding makes
 * everything anew. Every audio track comes along: copied beside a copy where MP4 takes its codec, else re-encoded,
 * which cuts it at the sample.
 */
export function planRender({ clip, media, kind, cut: wanted, keyframe, index, edges }: RenderWish): RenderPlan {
  checkRenderable(media, [kind])
  const asked = { start: clip.start, end: clip.end }
  const choice = chooseCut(wanted, media, asked, { keyframe, index, edges })
  const { cut, note } = choice
  const start = cut === 'copy' && keyframe !== null ? Math.max(0, keyframe) : asked.start
  const plan: Omit<RenderPlan, 'hash'> = {
    version: PLAN_VERSION,
    recording: clip.recording,
    kind,
    cut,
    asked,
    span: { start, end: asked.end },
    container: 'mp4',
    video: videoPlan(choice),
    audio: media.audio.map((track) =>
      cut === 'copy' && audioFitsMp4(track)
        ? { track: track.index, action: 'copy' }
        : { track: track.index, action: 'encode', codec: 'aac', bitRate: track.channels > 2 ? 384_000 : 192_000 },
    ),
    metadata: { title: clip.title, comment: clip.reasons.map((reason) => reason.text).join('; ') },
    note,
  }
  return {
    ...plan,
    hash: createHash('sha256')
      .update(canonicalJson(planContent(plan)))
      .digest('hex'),
  }
}

function videoPlan(choice: CutChoice): RenderPlan['video'] {
  switch (choice.cut) {
    case 'copy':
      return { action: 'copy' }
    case 'smart':
      return { action: 'smart', copy: choice.copy }
    case 'encode':
      return { action: 'encode', codec: 'h264', crf: 18, preset: 'veryfast', pixelFormat: 'yuv420p' }
  }
}
