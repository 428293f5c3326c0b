import type { MediaInfo } from '../../../src-shared/contract/media-info.ts'
import type { RenderPlan } from '../../../src-shared/contract/render-plan.ts'
import type { CutIndex } from '../../../src-shared/domain/render-plan.ts'
import { TICKS_PER_SECOND, type Ticks } from '../../../src-shared/domain/time.ts'
import type { CutOptions } from './copy-clip.ts'
import { encoderArgs, evenSize, type EncodeQuality, type VideoEncoder } from './encoder-args.ts'
import { audioArgs, metadataArgs, mp4Output, secondsDown } from './output-args.ts'
import { probeSpan } from './probe-span.ts'
import type { FfmpegRunner } from './runner.ts'
import { inputArgs, type SourceFile } from './source-file.ts'

/** Where an encoded clip begins and ends, in the file's clock. */
export interface EncodeSpan {
  /** Time of its first picture. */
  readonly start: Ticks
  /** End of its last picture. */
  readonly end: Ticks
}

/**
 * Writes a clip by decoding and encoding it: exact to the frame at both ends. Rotation is applied, odd sizes lose their
 * last line or column (4:2:0 has none). `index`: the pictures of the span; null where they are not known.
 * @returns what the file holds, on the recording's timeline.
 * @throws FfmpegError; ClutchcutError of `probeSpan` when the result is not what it should be.
 */
export async function encodeClip(
  runner: FfmpegRunner,
  source: SourceFile,
  media: MediaInfo,
  plan: Pick<RenderPlan, 'span' | 'video' | 'audio' | 'metadata'>,
  output: string,
  { index, encoder, signal, onProgress }: CutOptions & { index: CutIndex | null; encoder: VideoEncoder },
): Promise<{ start: Ticks; end: Ticks }> {
  const { start, end } = index === null ? plan.span : { start: index.frames[0]!.time, end: index.frames.at(-1)!.end }
  const span: EncodeSpan = { start: start + media.origin, end: end + media.origin }
  const length = span.end - span.start
  await runner.run(encodeClipArgs(source, media, plan, span, output, encoder), {
    signal,
    onProgress: ({ outTime }) => onProgress?.(Math.min(1, Math.max(0, (outTime ?? 0) / length))),
  })
  const held = await probeSpan(output)
  // The first picture of the file is the first of the span; the rest follows at the same distances.
  return { start, end: start + held.end - held.start }
}

/** FFmpeg's arguments for an encode. Pure. */
export function encodeClipArgs(
  source: SourceFile,
  media: MediaInfo,
  plan: Pick<RenderPlan, 'video' | 'audio' | 'metadata'>,
  span: EncodeSpan,
  output: string,
  encoder: VideoEncoder,
): string[] {
  // Decoded frames before the seek point are dropped; half a millisecond early, so that rounding never drops the first.
  const seek = span.start - TICKS_PER_SECOND / 2000
  return [
    ...(media.video === null ? [] : encoderArgs(encoder, qualityOf(plan.video)).input),
    ...beginArgs(source, media, seek),
    ...videoArgs(media, plan.video, encoder),
    ...audioArgs(media, plan.audio),
    '-sn',
    '-dn',
    // Seen from the seek point half a millisecond short, so that a frame that begins at the end stays out.
    '-t',
    secondsDown(span.end - span.start),
    ...metadataArgs(plan.metadata),
    ...mp4Output(output),
  ]
}

/** More than the distance of keyframes that recorders write into TS. */
const TS_LEAD: Ticks = 12 * TICKS_PER_SECOND

/**
 * The recording as an input that begins at `seek`. AVI and FLV are not sought near their beginning: their index has
 * nothing before it, and FFmpeg, which seeks a little early where frames are reordered, gets lost. There it decodes and
 * drops. (AVI's clock begins at zero; FLV keeps its own.)
 */
function beginArgs(source: SourceFile, { container, origin }: MediaInfo, seek: Ticks): string[] {
  const nearStart = seek < origin + TICKS_PER_SECOND / 2
  if (nearStart && container === 'avi') return [...inputArgs(source), ...(seek > 0 ? ['-ss', secondsDown(seek)] : [])]
  if (nearStart && container === 'flv') return ['-copyts', ...inputArgs(source), '-ss', secondsDown(seek)]
  // TS lands between keyframes, where a decoder makes up pictures or has none: from further back, and drops.
  if (container === 'mpegts') {
    const from = seek - TS_LEAD
    if (from < origin) return ['-copyts', ...inputArgs(source), '-ss', secondsDown(seek)]
    return ['-seek_timestamp', '1', '-ss', secondsDown(from), ...inputArgs(source), '-ss', secondsDown(TS_LEAD)]
  }
  // Absolute times: without `-seek_timestamp` FFmpeg adds the file's own start, which is its earliest stream's.
  return ['-seek_timestamp', '1', '-ss', secondsDown(seek), ...inputArgs(source)]
}

function videoArgs({ video }: MediaInfo, plan: RenderPlan['video'], encoder: VideoEncoder): string[] {
  if (video === null) return ['-vn']
  const { filter, output } = encoderArgs(encoder, qualityOf(plan))
  return [
    '-map',
    `0:${video.streamIndex}`,
    '-vf',
    `${evenSize(video)}${filter}`,
    ...output,
    // Decoded a little earlier than shown, also where no picture is reordered: `alignTracks` needs offsets to move.
    '-bsf:v',
    'setts=pts=PTS:dts=DTS-1',
  ]
}

function qualityOf(plan: RenderPlan['video']): EncodeQuality {
  return plan.action === 'encode' ? plan : { crf: 18, preset: 'veryfast', pixelFormat: 'yuv420p' }
}
