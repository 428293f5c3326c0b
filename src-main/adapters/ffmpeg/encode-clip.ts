import type { MediaInfo } from '../../../src-shared/contract/media-info.ts'
import type { RenderPlan } from '../../../src-shared/contract/render-plan.ts'
import { TICKS_PER_SECOND, ticksPerFrame, type Ticks } from '../../../src-shared/domain/time.ts'
import type { CutOptions } from './copy-clip.ts'
import { audioArgs, metadataArgs, mp4Output, secondsDown } from './output-args.ts'
import { probeSpan } from './probe-span.ts'
import { readPackets, type Packet } from './read-packets.ts'
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
 * last line or column (4:2:0 has none).
 * @returns what the file holds, on the recording's timeline.
 * @throws FfmpegError; ClutchcutError of `probeSpan` when the result is not what it should be.
 */
export async function encodeClip(
  runner: FfmpegRunner,
  source: SourceFile,
  media: MediaInfo,
  plan: Pick<RenderPlan, 'span' | 'video' | 'audio' | 'metadata'>,
  output: string,
  options: CutOptions = {},
): Promise<{ start: Ticks; end: Ticks }> {
  const { signal } = options
  const { origin, video } = media
  const wanted = { start: plan.span.start + origin, end: plan.span.end + origin }
  let span: EncodeSpan = wanted
  if (video !== null) {
    // Some demuxers land behind the time (TS), or behind the keyframe that an edit list hides (MP4): from a second before,
    // or from the beginning.
    const near = plan.span.start < 2 * TICKS_PER_SECOND
    const query = {
      streams: String(video.streamIndex),
      ...(near ? {} : { from: wanted.start - TICKS_PER_SECOND }),
      to: wanted.end + TICKS_PER_SECOND,
    }
    const { packets } = await readPackets(runner, source, query, { signal })
    span = planEncode(packets, wanted, ticksPerFrame(video.fps)) ?? wanted
  }
  const length = span.end - span.start
  await runner.run(encodeClipArgs(source, media, plan, span, output), {
    signal,
    onProgress: ({ outTime }) => options.onProgress?.(Math.min(1, Math.max(0, (outTime ?? 0) / length))),
  })
  const held = await probeSpan(runner, output, { signal })
  // The first picture of the file is the first of the span; the rest follows at the same distances.
  const start = span.start - origin
  return { start, end: start + held.end - held.start }
}

/**
 * The frames whose time lies in the wanted span, first to last: a cut between two frames begins with the later one.
 * Pure; null when there are none, or the container (AVI) does not say when they are due. `frame` is the length of a
 * frame whose packet does not say.
 */
export function planEncode(packets: readonly Packet[], wanted: EncodeSpan, frame: Ticks): EncodeSpan | null {
  // Milliseconds in Matroska and FLV: a frame may be written down half a unit before its time.
  const tolerance = Math.min(TICKS_PER_SECOND / 1000, frame / 4)
  let start = Number.POSITIVE_INFINITY
  let end = Number.NEGATIVE_INFINITY
  for (const { pts, duration, discarded } of packets) {
    if (pts === null || discarded || pts < wanted.start - tolerance || pts >= wanted.end - tolerance) continue
    start = Math.min(start, pts)
    end = Math.max(end, pts + (duration > 0 ? duration : frame))
  }
  return start < end ? { start, end } : null
}

/** FFmpeg's arguments for an encode. Pure. */
export function encodeClipArgs(
  source: SourceFile,
  media: MediaInfo,
  plan: Pick<RenderPlan, 'video' | 'audio' | 'metadata'>,
  span: EncodeSpan,
  output: string,
): string[] {
  // Decoded frames before the seek point are dropped; half a millisecond early, so that rounding never drops the first.
  const seek = span.start - TICKS_PER_SECOND / 2000
  return [
    ...beginArgs(source, media, seek),
    ...videoArgs(media, plan.video),
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

/**
 * The recording as an input that begins at `seek`. AVI and FLV are not sought near their beginning: their index has
 * nothing before it, and FFmpeg, which seeks a little early where frames are reordered, gets lost. There it decodes and
 * drops. (AVI's clock begins at zero; FLV keeps its own.)
 */
function beginArgs(source: SourceFile, { container, origin }: MediaInfo, seek: Ticks): string[] {
  const nearStart = seek < origin + TICKS_PER_SECOND / 2
  if (nearStart && container === 'avi') return [...inputArgs(source), ...(seek > 0 ? ['-ss', secondsDown(seek)] : [])]
  if (nearStart && container === 'flv') return ['-copyts', ...inputArgs(source), '-ss', secondsDown(seek)]
  // Absolute times: without `-seek_timestamp` FFmpeg adds the file's own start, which is its earliest stream's.
  return ['-seek_timestamp', '1', '-ss', secondsDown(seek), ...inputArgs(source)]
}

function videoArgs({ video }: MediaInfo, plan: RenderPlan['video']): string[] {
  if (video === null) return ['-vn']
  const { crf, preset, pixelFormat } =
    plan.action === 'encode' ? plan : { crf: 18, preset: 'veryfast', pixelFormat: 'yuv420p' as const }
  return [
    '-map',
    `0:${video.streamIndex}`,
    // 4:2:0 wants even sizes; a single line or column is doubled.
    '-vf',
    `${evenSize(video)}format=${pixelFormat}`,
    '-c:v',
    'libx264',
    '-preset',
    preset,
    '-crf',
    String(crf),
    // Decoded a little earlier than shown, also where no picture is reordered: `alignTracks` needs offsets to move.
    '-bsf:v',
    'setts=dts=DTS-1',
  ]
}

function evenSize({ codedWidth, codedHeight }: NonNullable<MediaInfo['video']>): string {
  if (codedWidth % 2 === 0 && codedHeight % 2 === 0) return ''
  return codedWidth > 1 && codedHeight > 1 ? 'crop=trunc(iw/2)*2:trunc(ih/2)*2:0:0,' : 'pad=ceil(iw/2)*2:ceil(ih/2)*2,'
}
