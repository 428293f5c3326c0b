import type { MediaInfo } from '../../../src-shared/contract/media-info.ts'
import type { RenderPlan } from '../../../src-shared/contract/render-plan.ts'
import { clipLength } from '../../../src-shared/domain/clip-timeline.ts'
import { isOneSpan, wholePictures, type CutIndex } from '../../../src-shared/domain/render-plan.ts'
import { TICKS_PER_SECOND, type Ticks } from '../../../src-shared/domain/time.ts'
import { beginInput, beginRuns, seekOf } from './begin-input.ts'
import type { CutOptions } from './copy-clip.ts'
import { encoderArgs, evenSize, type EncodeQuality, type VideoEncoder } from './encoder-args.ts'
import { partsGraph, pictureFilters } from './filter-graph.ts'
import { takeLongGraph } from './long-graph.ts'
import { audioArgs, exactSound, metadataArgs, mp4Output, secondsDown } from './output-args.ts'
import { spanOf } from './probe-span.ts'
import { readMp4 } from './read-mp4.ts'
import type { FfmpegRunner } from './runner.ts'
import { soundOf } from './sound-of-plan.ts'
import type { LoudnessFix } from './sound-graph.ts'
import type { SourceFile } from './source-file.ts'
import { sdrTags } from './tone-map.ts'

/** Where an encoded clip begins and ends, in the file's clock. */
export interface EncodeSpan {
  /** Time of its first picture. */
  readonly start: Ticks
  /** End of its last picture. */
  readonly end: Ticks
}

type EncodePlan = Pick<RenderPlan, 'parts' | 'video' | 'audio' | 'metadata'>

export interface EncodeClipOptions extends CutOptions {
  /** The pictures of the span; null where they are not known. */
  readonly index: CutIndex | null
  readonly encoder: VideoEncoder
  /** The filter that draws the plan's overlay; null where there is none. */
  readonly overlay: string | null
  /** What brings the plan's mix to its loudness; null where it stays as loud as it is. */
  readonly fix: LoudnessFix | null
  /** Where pictures were missing: see `beginInput`. */
  readonly careful?: boolean | undefined
}

/**
 * Writes a clip by decoding and encoding it: exact to the frame at both ends. Rotation is applied, odd sizes lose their
 * last line or column (4:2:0 has none).
 * @returns what the file holds, on the recording's timeline.
 * @throws FfmpegError; ClutchcutError of `readMp4` when the result is no MP4.
 */
export async function encodeClip(
  runner: FfmpegRunner,
  source: SourceFile,
  media: MediaInfo,
  plan: EncodePlan,
  output: string,
  { index, encoder, overlay, fix, careful, signal, onProgress }: EncodeClipOptions,
): Promise<{ start: Ticks; end: Ticks }> {
  const parts = wholePictures(plan.parts, index)
  const [start, end] = [Math.min(...parts.map((part) => part.start)), Math.max(...parts.map((part) => part.end))]
  const span: EncodeSpan = { start: start + media.origin, end: end + media.origin }
  const length = clipLength(parts)
  const argv = isPlain(plan)
    ? encodeClipArgs(source, media, plan, span, output, encoder, careful)
    : graphClipArgs(source, media, { ...plan, parts }, output, encoder, { overlay, fix, careful })
  const long = takeLongGraph(argv, runner.tools.version)
  await runner.run(long.argv, {
    ...(long.input !== undefined && { input: long.input }),
    signal,
    onProgress: ({ outTime }) => onProgress?.(Math.min(1, Math.max(0, (outTime ?? 0) / length))),
  })
  const { streams, packets } = await readMp4(output)
  const held = spanOf(streams, packets)
  // That nothing is in it, its check says.
  if (held === null) return { start, end }
  // The first picture of the file is the first of the span; the rest follows at the same distances.
  return { start, end: isOneSpan(parts) ? start + held.end - held.start : end }
}

/** Whether pictures and sound go from decoder to encoder as they are. */
function isPlain({ parts, video, audio }: EncodePlan): boolean {
  const isMixed = audio.some(({ action }) => action === 'mix')
  return isOneSpan(parts) && !isMixed && (video.action !== 'encode' || video.picture === null)
}

/** FFmpeg's arguments for an encode of one span as it is. Pure. */
export function encodeClipArgs(
  source: SourceFile,
  media: MediaInfo,
  plan: Pick<RenderPlan, 'video' | 'audio' | 'metadata'>,
  span: EncodeSpan,
  output: string,
  encoder: VideoEncoder,
  careful = false,
): string[] {
  const seek = seekOf(span.start)
  const { args, clock } = beginInput(source, media, seek, careful)
  return [
    ...(media.video === null ? [] : encoderArgs(encoder, qualityOf(plan.video)).input),
    ...args,
    // Decoded frames before it are dropped.
    ...(seek > clock ? ['-ss', secondsDown(seek - clock)] : []),
    ...videoArgs(media, plan.video, encoder),
    ...audioArgs(media, plan.audio),
    ...plan.audio.flatMap((sound, output) => {
      if (sound.action === 'mix') return []
      const rate = media.audio.find(({ index }) => index === sound.track)?.sampleRate ?? 48_000
      const [first, last] = [span.start, span.end].map((time) => Math.round(((time - clock) * rate) / TICKS_PER_SECOND))
      return [`-filter:a:${output}`, exactSound(first!, last!, first)]
    }),
    '-sn',
    '-dn',
    // Seen from the seek point half a millisecond short, so that a frame that begins at the end stays out.
    '-t',
    secondsDown(span.end - span.start),
    ...metadataArgs(plan.metadata),
    ...mp4Output(output),
  ]
}

/** FFmpeg's arguments for an encode through a filter graph. `fix`: what brings a mix to its loudness. Pure. */
export function graphClipArgs(
  source: SourceFile,
  media: MediaInfo,
  plan: EncodePlan,
  output: string,
  encoder: VideoEncoder,
  { overlay, fix, careful }: Pick<EncodeClipOptions, 'overlay' | 'fix' | 'careful'>,
): string[] {
  const { parts, video, audio, metadata } = plan
  if (media.video === null) throw new RangeError('a recording without a picture has no graph')
  const inputs = beginRuns(source, media, parts, careful)
  const { input, filter, output: encoding } = encoderArgs(encoder, qualityOf(video))
  const picture = video.action === 'encode' ? video.picture : null
  const sound = soundOf(media, plan, fix)
  const graph = [
    partsGraph({ media, parts, inputs, tracks: sound.tracks }, media.video),
    `[cut]${pictureFilters({ video: media.video, parts, picture, overlay, encoder: filter })}[picture]`,
    ...sound.graph,
  ].join(';')
  return [
    ...input,
    ...inputs.flatMap(({ args }) => args),
    ...['-filter_complex', graph, '-map', '[picture]'],
    ...encoding,
    ...(picture?.toneMap == null ? [] : sdrTags),
    ...decodedEarlier,
    ...audioArgs(media, audio, sound.labels),
    ...['-sn', '-dn'],
    ...metadataArgs(metadata),
    ...mp4Output(output),
  ]
}

function videoArgs({ video }: MediaInfo, plan: RenderPlan['video'], encoder: VideoEncoder): string[] {
  if (video === null) return ['-vn']
  const { filter, output } = encoderArgs(encoder, qualityOf(plan))
  return ['-map', `0:${video.streamIndex}`, '-vf', `${evenSize(video)}${filter}`, ...output, ...decodedEarlier]
}

/** Decoded a little earlier than shown, also where no picture is reordered: `alignTracks` needs offsets to move. */
const decodedEarlier = ['-bsf:v', 'setts=pts=PTS:dts=DTS-1'] as const

function qualityOf(plan: RenderPlan['video']): EncodeQuality {
  return plan.action === 'encode' ? plan : { crf: 18, preset: 'veryfast', pixelFormat: 'yuv420p' }
}
