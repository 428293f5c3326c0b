import type { ClipPart } from '../../../src-shared/contract/edits.ts'
import type { MediaInfo, VideoStream } from '../../../src-shared/contract/media-info.ts'
import type { PicturePlan } from '../../../src-shared/contract/render-plan.ts'
import { sliceParts } from '../../../src-shared/domain/clip-timeline.ts'
import type { Shot } from '../../../src-shared/domain/montage-timeline.ts'
import { TICKS_PER_SECOND, type Rational, type Ticks } from '../../../src-shared/domain/time.ts'
import { beginRuns } from './begin-input.ts'
import { partsGraph, pictureFilters } from './filter-graph.ts'
import { secondsDown } from './output-args.ts'
import type { SourceFile } from './source-file.ts'

/** A clip as the pictures of a montage are made from it. */
export interface MontagePictures {
  readonly source: SourceFile
  readonly media: MediaInfo & { readonly video: VideoStream }
  /** All that it plays. */
  readonly parts: readonly ClipPart[]
  /** Into the montage's frame, at its rate. */
  readonly picture: PicturePlan
  /** The filter that draws the clip's own texts, and the one that draws its card; null where there is none. */
  readonly overlay: string | null
  readonly card: string | null
}

/** A piece's inputs, and the filter graph that makes `[picture]` of them: exactly so many pictures. */
export interface PieceGraph {
  readonly inputs: readonly string[]
  readonly graph: string
}

/** What the shots' pictures are before they are given to an encoder. */
const FORMAT = 'format=yuv420p'
/** A recording that ends a little early shows its last picture for as long. */
const MOST_HELD_SECONDS = 0.5

/**
 * The graph of a piece: one shot, or one that turns into another (`xfade`) from its first picture to its last. `last`:
 * what the encoder wants. Pure.
 */
export function pieceGraph(
  clips: readonly MontagePictures[],
  { shot, into }: { shot: Shot; into: Shot | null },
  fps: Rational,
  last: string,
): PieceGraph {
  const first = shotChain(clips[shot.clip]!, shot, fps, 0)
  if (into === null) return { inputs: first.inputs, graph: `${first.graph},${last}[picture]` }
  const second = shotChain(clips[into.clip]!, into, fps, first.count)
  const seconds = secondsDown(frameTime(shot.to - shot.from, fps))
  return {
    inputs: [...first.inputs, ...second.inputs],
    graph: [
      `${first.graph}[before]`,
      // Another label than the first one's, which is linked by now.
      `${second.graph}[behind]`,
      `[before][behind]xfade=transition=fade:duration=${seconds}:offset=0,${numbered(fps).join(',')},${last}[picture]`,
    ].join(';'),
  }
}

export function frameTime(frame: number, fps: Rational): Ticks {
  return Math.round((frame * TICKS_PER_SECOND * fps.den) / fps.num)
}

function shotChain(
  clip: MontagePictures,
  shot: Shot,
  fps: Rational,
  firstInput: number,
): PieceGraph & { count: number } {
  const { source, media } = clip
  const begin = frameTime(shot.from, fps)
  const isCard = shot.kind === 'card'
  const span = isCard ? { start: 0, end: CARD_LOOKS_AT } : { start: begin, end: frameTime(shot.to, fps) }
  const parts = sliceParts(clip.parts, span)
  const inputs = beginRuns(source, media, parts)
  const cut = partsGraph({ media, parts, inputs, tracks: [], firstInput }, media.video)
  const own = { video: media.video, parts, picture: clip.picture, encoder: FORMAT }
  const frames = shot.to - shot.from
  const shown = isCard
    ? [pictureFilters({ ...own, overlay: null }), ...cardFilters(clip, { begin, frames }, fps)]
    : [
        pictureFilters({ ...own, overlay: clip.overlay, begin }),
        `tpad=stop_mode=clone:stop_duration=${MOST_HELD_SECONDS}`,
      ]
  const even = [`trim=end_frame=${frames}`, ...numbered(fps)]
  return {
    inputs: inputs.flatMap(({ args }) => args),
    graph: `${cut};[cut]${[...shown, ...even].join(',')}`,
    count: inputs.length,
  }
}

/** Enough to hold a picture at any speed. */
const CARD_LOOKS_AT: Ticks = TICKS_PER_SECOND / 2

/** The clip's first picture, blurred and darkened, with the card's words on it. */
function cardFilters(
  { card, picture }: MontagePictures,
  { begin, frames }: { begin: Ticks; frames: number },
  fps: Rational,
): string[] {
  const height = picture.frame?.height ?? 1080
  const at = secondsDown(begin)
  return [
    'trim=end_frame=1',
    `gblur=sigma=${Math.round(height / 45)}`,
    // Darker, and less colourful, so that white words stand out from it.
    "lutyuv=y='16+(val-16)*0.6':u='128+(val-128)*0.7':v='128+(val-128)*0.7'",
    `loop=loop=${frames}:size=1:start=0`,
    ...numbered(fps),
    ...(card === null ? [] : [...(begin === 0 ? [] : [`setpts=PTS+${at}/TB`]), card]),
  ]
}

/** Picture by picture at the montage's rate, whatever a filter thinks of times. */
function numbered({ num, den }: Rational): string[] {
  return [`settb=${den}/${num}`, 'setpts=N', `fps=${num}/${den}`]
}
