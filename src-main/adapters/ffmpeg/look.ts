import type { Readable } from 'node:stream'
import { secondsFromTicks, TICKS_PER_SECOND, type Ticks } from '../../../src-shared/domain/time.ts'
import type { MediaInfo } from '../../../src-shared/contract/media-info.ts'
import { FfmpegError } from './ffmpeg-error.ts'
import { passthroughArgs } from './passthrough.ts'
import type { FfmpegRunner } from './runner.ts'
import { inputArgs, type SourceFile } from './source-file.ts'

export interface LookSize {
  readonly width: number
  readonly height: number
  /** Pictures at most. */
  readonly count: number
}

/** Seeks in one process: its start costs as much as three of them, and each keeps a decoder. */
const together = 6
/** What is read behind a moment in search of a keyframe. */
const searchSeconds = 30
/** Up to here a recording with few keyframes is decoded as a whole. */
const shortSeconds = 90
/** Then what there is must do. */
const timeLimitMs = 60_000

/**
 * Grey pictures from moments spread evenly over a recording, in time order, each stretched to `size` from the picture
 * as it is shown. Reads keyframes by seeking; a short recording without enough of them is decoded as a whole. Fewer
 * where there are fewer, where parts are damaged, or when the time is up; none alike to the byte. Throws the signal's
 * reason when aborted, and nothing else of FFmpeg's.
 */
export async function look(
  runner: Pick<FfmpegRunner, 'spawn' | 'tools'>,
  source: SourceFile,
  media: Pick<MediaInfo, 'video'>,
  duration: Ticks,
  size: LookSize,
  { signal }: { signal: AbortSignal },
): Promise<Uint8Array[]> {
  const { video } = media
  if (video === null || duration <= 0) return []
  const limited = AbortSignal.any([signal, AbortSignal.timeout(timeLimitMs)])
  const stream = { input: inputArgs(source), index: video.streamIndex }
  const moments = Array.from({ length: size.count }, (_, i) => (duration * (i + 0.5)) / size.count)
  const found: Uint8Array[] = []
  for (let i = 0; i < moments.length && !limited.aborted; i += together) {
    const argv = seekArgs(stream, moments.slice(i, i + together), size)
    found.push(...(await picturesOf(runner, argv, Math.min(together, moments.length - i), size, { signal, limited })))
  }
  signal.throwIfAborted()
  const keyframes = withoutTwins(found)
  if (keyframes.length >= size.count || duration > shortSeconds * TICKS_PER_SECOND || limited.aborted) return keyframes
  const argv = wholeArgs(stream, duration, size, runner.tools.version)
  const all = withoutTwins(await picturesOf(runner, argv, 1, size, { signal, limited }))
  return all.length > keyframes.length ? all : keyframes
}

interface Stream {
  readonly input: readonly string[]
  readonly index: number
}

/** FFmpeg's arguments: the keyframe near each moment, each to a pipe of its own. Pure. */
export function seekArgs({ input, index }: Stream, moments: readonly Ticks[], size: LookSize): string[] {
  return [
    ...['-max_error_rate', '1'],
    ...moments.flatMap((moment) => [
      ...['-threads:v', '1', '-skip_frame:v', 'nokey', '-skip_loop_filter:v', 'all'],
      ...['-noaccurate_seek', '-ss', secondsFromTicks(moment).toFixed(3), '-t', String(searchSeconds), ...input],
    ]),
    ...moments.flatMap((_, i) => [
      ...['-map', `${i}:${index}`, '-frames:v', '1', ...greyArgs(`scale=${scaled(size)}`), `pipe:${i + 3}`],
    ]),
  ]
}

/** FFmpeg's arguments: every frame decoded, `count` of them shown. Pure. */
export function wholeArgs({ input, index }: Stream, duration: Ticks, size: LookSize, version: string): string[] {
  const distance = secondsFromTicks(duration) / size.count
  const select = `select='isnan(prev_selected_t)+gte(t-prev_selected_t,${(distance - 0.001).toFixed(3)})'`
  return [
    ...['-max_error_rate', '1', '-threads:v', '2', '-skip_loop_filter:v', 'all', ...input],
    ...['-map', `0:${index}`, '-frames:v', String(size.count), ...passthroughArgs(version)],
    ...[...greyArgs(`${select},scale=${scaled(size)}`), 'pipe:3'],
  ]
}

function scaled({ width, height }: LookSize): string {
  return `${width}:${height}:flags=area`
}

function greyArgs(filters: string): string[] {
  return ['-an', '-sn', '-dn', '-vf', `${filters},format=gray`, '-c:v', 'rawvideo', '-f', 'rawvideo']
}

/** What came whole, in the order of the pipes; what FFmpeg could not do is missing. */
async function picturesOf(
  runner: Pick<FfmpegRunner, 'spawn'>,
  argv: readonly string[],
  pipes: number,
  size: LookSize,
  { signal, limited }: { signal: AbortSignal; limited: AbortSignal },
): Promise<Uint8Array[]> {
  const running = runner.spawn(argv, { signal: limited, pipes })
  const read = await Promise.all(running.pipes.map((pipe) => readPictures(pipe, size)))
  await running.done.catch((thrown: unknown) => {
    signal.throwIfAborted()
    if (!limited.aborted && !(thrown instanceof FfmpegError)) throw thrown
  })
  return read.flat()
}

async function readPictures(pipe: Readable, { width, height, count }: LookSize): Promise<Uint8Array[]> {
  const whole = Buffer.alloc(width * height * count)
  let length = 0
  for await (const chunk of pipe) length += (chunk as Buffer).copy(whole, length)
  const pictures = Math.floor(length / (width * height))
  return Array.from({ length: pictures }, (_, i) => whole.subarray(i * width * height, (i + 1) * width * height))
}

/** Seeks that came out at the same keyframe. */
function withoutTwins(pictures: readonly Uint8Array[]): Uint8Array[] {
  return pictures.filter((picture, i) => i === 0 || Buffer.compare(picture, pictures[i - 1]!) !== 0)
}
