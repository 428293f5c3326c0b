import type { MediaInfo } from '../../../src-shared/contract/media-info.ts'
import { formatSeconds, secondsFromTicks, type Ticks } from '../../../src-shared/domain/time.ts'
import { pictureArgs, teeArgs } from './analysis-args.ts'
import type { FfmpegRunner } from './runner.ts'
import { inputArgs, type SourceFile } from './source-file.ts'
import { pairUp } from './stream-analysis.ts'

export interface ExtraFramesRequest {
  /** Time of a keyframe. */
  readonly from: Ticks
  readonly to: Ticks
  readonly every: Ticks
}

/** FFmpeg's arguments; pure. Writes pictures to fd 3 and their times to fd 4. */
export function extraFramesArgs(
  input: readonly string[],
  media: MediaInfo,
  request: ExtraFramesRequest,
  version: string,
): string[] {
  if (media.video === null) throw new RangeError('no video')
  // Input seeking takes the file's own times when told so, and lands on the keyframe at or before: half a
  // millisecond later, since containers round.
  const from = request.from + media.origin
  const at = secondsFromTicks(from) + 0.0005
  return [
    ...['-copyts', '-max_error_rate', '1', '-seek_timestamp', '1', '-noaccurate_seek', '-ss', at.toFixed(6)],
    ...['-threads:v', '2', '-skip_loop_filter:v', 'all'],
    ...input,
    // With `-copyts` the end is a time of the file, and not a length from the seek point.
    ...['-map', `0:${media.video.streamIndex}`, '-t', formatSeconds(request.to + media.origin)],
    ...pictureArgs(secondsFromTicks(request.every) - 0.001, version),
    ...teeArgs('rawvideo', 'pipe:3', 'pipe:4'),
  ]
}

/**
 * Decodes every frame from a keyframe up to `to` and shows the keyframe and one picture every `every`.
 * @throws FfmpegError; the signal's reason when aborted.
 */
export async function decodeExtraFrames(
  runner: Pick<FfmpegRunner, 'spawn' | 'tools'>,
  source: SourceFile,
  media: MediaInfo,
  request: ExtraFramesRequest,
  onFrame: (time: Ticks, rgb: Uint8Array) => void | Promise<void>,
  options: { signal: AbortSignal },
): Promise<void> {
  const running = runner.spawn(extraFramesArgs(inputArgs(source), media, request, runner.tools.version), {
    pipes: 2,
    signal: options.signal,
  })
  const [frames, times] = running.pipes
  const pictures = pairUp(frames!, times!, (time, rgb) => {
    if (time !== null && time < request.to + media.origin) return onFrame(time - media.origin, rgb)
  })
  const [ended] = await Promise.allSettled([running.done, ...pictures])
  if (ended.status === 'rejected') throw ended.reason
  await Promise.all(pictures)
}
