import type { ClipPart } from '../../../src-shared/contract/edits.ts'
import type { Layout } from '../../../src-shared/contract/layout.ts'
import type { MediaInfo, VideoStream } from '../../../src-shared/contract/media-info.ts'
import type { PicturePlan } from '../../../src-shared/contract/render-plan.ts'
import { partLength, placeZoom } from '../../../src-shared/domain/clip-timeline.ts'
import { layoutFilter } from '../../../src-shared/domain/layout.ts'
import { pictureOf } from '../../../src-shared/domain/layout-geometry.ts'
import { TICKS_PER_SECOND, type Ticks } from '../../../src-shared/domain/time.ts'
import { runsOf, type BegunInput } from './begin-input.ts'
import { evenSize } from './encoder-args.ts'
import { secondsDown } from './output-args.ts'
import { toneMapFilter } from './tone-map.ts'
import { zoomFilter } from './zoom-filter.ts'

export interface PartsRequest {
  readonly media: MediaInfo
  readonly parts: readonly ClipPart[]
  /** One for each of `runsOf(parts)`. */
  readonly inputs: readonly BegunInput[]
  /** `AudioTrack.index`es; each comes out as `[sound0]`, `[sound1]`, … */
  readonly tracks: readonly number[]
  /** Which of the command line's inputs is the first of these; default 0. */
  readonly firstInput?: number
}

/**
 * FFmpeg's filter graph that cuts a clip's parts, brings them to their speed and joins them: picture (`[cut]`, unless
 * `video` is null) and sound together, part by part, so that they stay together. Pure.
 */
export function partsGraph(request: PartsRequest, video: VideoStream | null): string {
  const { media, parts, inputs, tracks, firstInput = 0 } = request
  const pieces = runsOf(parts).flatMap((run, input) => run.map((part) => ({ part, input })))
  const alone = pieces.length === 1
  const chains = pieces.flatMap(({ part, input }, i) => {
    const shift = media.origin - (inputs[input]?.clock ?? 0)
    const sounds = tracks.map((track, n) => {
      const index = media.audio.find((candidate) => candidate.index === track)?.streamIndex ?? `a:${track}`
      return `[${firstInput + input}:${index}]${soundCut(part, shift)}[${alone ? `sound${n}` : `s${i}_${n}`}]`
    })
    if (video === null) return sounds
    return [
      `[${firstInput + input}:${video.streamIndex}]${pictureCut(part, shift)}[${alone ? 'cut' : `p${i}`}]`,
      ...sounds,
    ]
  })
  if (alone) return chains.join(';')
  const each = pieces.map(
    (_, i) => `${video === null ? '' : `[p${i}]`}${tracks.map((__, n) => `[s${i}_${n}]`).join('')}`,
  )
  const outputs = `${video === null ? '' : '[cut]'}${tracks.map((_, n) => `[sound${n}]`).join('')}`
  const concat = `concat=n=${pieces.length}:v=${video === null ? 0 : 1}:a=${tracks.length}`
  return [...chains, `${each.join('')}${concat}${outputs}`].join(';')
}

export interface PictureRequest {
  readonly video: VideoStream
  readonly parts: readonly ClipPart[]
  readonly picture: PicturePlan | null
  /** The filter that draws the overlay, with its document in a file; null where there is none. */
  readonly overlay: string | null
  /** What the encoder wants last. */
  readonly encoder: string
  /** Where on the clip's timeline the first part begins, for who makes a piece of a clip. */
  readonly begin?: Ticks
}

/** What happens to the joined picture as a whole: one chain, from one picture to one. Pure. */
export function pictureFilters({ video, parts, picture, overlay, encoder, begin = 0 }: PictureRequest): string {
  if (picture === null) return `${evenSize(video)}${encoder}`
  const { fps, toneMap, frame, layout, zoom } = picture
  const enlarged = fps === null ? null : zoomFilter(parts, zoom, fps)
  const filters = [
    ...(fps === null ? [] : [`fps=${fps.num}/${fps.den}:start_time=0`]),
    ...(toneMap === null ? [] : [toneMapFilter(toneMap, video)]),
    framed(video, frame, layout === null ? null : inClipTime(layout, parts)),
    ...(enlarged === null ? [] : [enlarged]),
    ...(overlay === null ? [] : atTime(overlay, begin)),
    encoder,
  ]
  return filters.filter((filter) => filter !== '').join(',')
}

/** Pictures before their time by less than this were rounded there. */
const EARLY: Ticks = TICKS_PER_SECOND / 2000

function pictureCut({ start, end, speed }: ClipPart, shift: Ticks): string {
  const trim = `trim=start=${secondsDown(start + shift - EARLY)}:end=${secondsDown(end + shift - EARLY)}`
  const time = `(PTS-${secondsDown(start + shift)}/TB)`
  // In units that hold what another speed makes of the times.
  return speed === 1 ? `${trim},setpts=round${time}` : `${trim},settb=AVTB,setpts=round(${time}/${speed})`
}

/** Filled up where the recording has no sound, so that every part is as long as its pictures. */
function soundCut(part: ClipPart, shift: Ticks): string {
  const [start, end] = [secondsDown(part.start + shift), secondsDown(part.end + shift)]
  const length = secondsDown(partLength(part))
  return [
    `atrim=start=${start}:end=${end}`,
    `asetpts=PTS-${start}/TB`,
    'aresample=async=1:first_pts=0',
    ...tempo(part.speed).map((factor) =>
      factor < 1 ? `atempo=${factor},adelay=${SLOW_DELAY_MS}:all=1` : `atempo=${factor}`,
    ),
    `apad=whole_dur=${length}`,
    `atrim=end=${length}`,
  ].join(',')
}

/** `atempo` plays what it slows down by so much too early (measured from 0.5 to 0.75: 8 to 18 ms). */
const SLOW_DELAY_MS = 12

/** In steps of at most two: beyond, `atempo` leaves samples out instead of blending them. */
function tempo(speed: number): number[] {
  if (speed === 1) return []
  if (speed > 2) return [2, ...tempo(speed / 2)]
  return speed < 0.5 ? [0.5, ...tempo(speed / 0.5)] : [speed]
}

function framed(video: VideoStream, frame: PicturePlan['frame'], layout: Layout | null): string {
  if (frame === null) return evenSize(video).replace(/,$/, '')
  if (layout === null) return `scale=${frame.width}:${frame.height}:flags=bicubic,setsar=1`
  return layoutFilter(layout, { ...pictureOf(video), start: 0 }, frame)
}

/** Where it follows something, its path on the clip's timeline; from part to part it jumps. */
function inClipTime(layout: Layout, parts: readonly ClipPart[]): Layout {
  if (layout.kind !== 'follow') return layout
  const keys = placeZoom(
    parts,
    layout.keys.map((key) => ({ ...key, scale: 1 })),
  )
  return { kind: 'follow', keys: keys.flat().map(({ at, x, y }) => ({ at, x, y })) }
}

/** A filter that goes by the clip's time, on a piece of it. */
function atTime(filter: string, begin: Ticks): string[] {
  if (begin === 0) return [filter]
  const seconds = secondsDown(begin)
  // To the nearest: cut off, a picture would be drawn as the one before it, and a caption that begins there be missing.
  return [`setpts=round(PTS+${seconds}/TB)`, filter, `setpts=round(PTS-${seconds}/TB)`]
}
