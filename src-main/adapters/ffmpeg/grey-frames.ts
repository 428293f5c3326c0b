import type { MediaInfo } from '../../../src-shared/contract/media-info.ts'
import { TICKS_PER_SECOND, type Ticks } from '../../../src-shared/domain/time.ts'
import { beginInput, seekOf } from './begin-input.ts'
import { secondsDown } from './output-args.ts'
import type { FfmpegRunner } from './runner.ts'
import type { SourceFile } from './source-file.ts'

/** Small grey pictures of a span at an even rate, on the recording's timeline. */
export interface GreyFrames {
  readonly width: number
  readonly height: number
  readonly times: Ticks[]
  readonly frames: Uint8Array[]
}

/** So small that games' details are gone and movement is left; ten a second are what a path has keys for. */
const size = { width: 96, height: 54, rate: 10 }
/** Ten minutes of them: 31 MB. */
const mostFrames = 6000

/**
 * Decodes a span to small grey pictures, each stretched from the picture as it is shown.
 * @throws FfmpegError
 */
export async function readGreyFrames(
  runner: Pick<FfmpegRunner, 'spawn'>,
  source: SourceFile,
  media: MediaInfo,
  span: { start: Ticks; end: Ticks },
  { signal }: { signal?: AbortSignal | undefined } = {},
): Promise<GreyFrames> {
  const { width, height, rate } = size
  const running = runner.spawn(greyFramesArgs(source, media, span), { signal, pipes: 1 })
  const bytes = width * height
  const frames: Uint8Array[] = []
  let rest = Buffer.alloc(0)
  for await (const chunk of running.pipes[0]!) {
    rest = Buffer.concat([rest, chunk as Buffer])
    for (; rest.length >= bytes; rest = rest.subarray(bytes)) {
      if (frames.length < mostFrames) frames.push(Uint8Array.from(rest.subarray(0, bytes)))
    }
  }
  await running.done
  const times = frames.map((_, i) => span.start + Math.round((i * TICKS_PER_SECOND) / rate))
  return { width, height, times, frames }
}

/** Pure. */
export function greyFramesArgs(
  source: SourceFile,
  media: MediaInfo,
  { start, end }: { start: Ticks; end: Ticks },
): string[] {
  const from = start + media.origin
  const { args, clock } = beginInput(source, media, seekOf(from))
  const at = secondsDown(from - clock)
  const filters = [
    `trim=start=${secondsDown(seekOf(from) - clock)}:end=${secondsDown(seekOf(end + media.origin) - clock)}`,
    `setpts=PTS-${at}/TB`,
    `fps=${size.rate}:start_time=0`,
    `scale=${size.width}:${size.height}:flags=area`,
    'format=gray',
  ]
  return [
    // What is lost without it does not show at this size.
    ...['-skip_loop_filter:v', 'all'],
    ...args,
    ...['-map', `0:${media.video?.streamIndex ?? 'V:0'}`, '-an', '-sn', '-dn', '-vf', filters.join(',')],
    ...['-c:v', 'rawvideo', '-f', 'rawvideo', 'pipe:3'],
  ]
}
