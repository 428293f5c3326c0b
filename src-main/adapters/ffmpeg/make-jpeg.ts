import type { Readable } from 'node:stream'
import type { MediaInfo } from '../../../src-shared/contract/media-info.ts'
import { ClutchcutError } from '../../../src-shared/contract/errors.ts'
import { secondsFromTicks, TICKS_PER_SECOND, type Ticks } from '../../../src-shared/domain/time.ts'
import { FfmpegError } from './ffmpeg-error.ts'
import type { FfmpegRunner } from './runner.ts'
import { inputArgs, type SourceFile } from './source-file.ts'

export interface PictureSize {
  readonly width: number
  readonly height: number
}

type Runner = Pick<FfmpegRunner, 'spawn'>

/** No picture of ours comes near. */
const largestJpeg = 32 * 1024 * 1024

/** JPEG's colours, whatever the source's. 3 and 4 of 2 to 31 are hardly seen. */
const jpegArgs = (quality: number): string[] => [
  ...['-frames:v', '1', '-an', '-sn', '-dn', '-c:v', 'mjpeg', '-q:v', String(quality)],
  ...['-f', 'image2pipe', 'pipe:3'],
]
const toJpegColours = 'out_range=pc:out_color_matrix=bt601'

/** A picture (I420, full range, `size`) as JPEG, scaled to `scaled`. @throws FfmpegError; the signal's reason. */
export async function encodeJpeg(
  runner: Runner,
  i420: Uint8Array,
  size: PictureSize,
  scaled: PictureSize,
  { signal }: { signal: AbortSignal },
): Promise<Buffer> {
  const isSame = size.width === scaled.width && size.height === scaled.height
  const argv = [
    ...['-f', 'rawvideo', '-pix_fmt', 'yuvj420p', '-s', `${size.width}x${size.height}`, '-i', 'pipe:0'],
    ...(isSame ? [] : ['-vf', `scale=${scaled.width}:${scaled.height}:flags=area`]),
    ...jpegArgs(4),
  ]
  return readJpeg(runner, argv, { signal, input: i420 })
}

/**
 * The frame of a recording that is shown at `time` (recording ticks) as JPEG within `box`: upright, square pixels, never
 * larger than it is. HDR is brought down to what a JPEG can show where this FFmpeg can do that (zimg); else it looks
 * flat. Decodes from the keyframe before it: none but this one where it is a keyframe itself.
 * @throws FfmpegError; `input/truncated` where no frame is left; the signal's reason.
 */
export async function grabJpeg(
  runner: Runner,
  source: SourceFile,
  media: MediaInfo,
  time: Ticks,
  box: PictureSize,
  { signal }: { signal: AbortSignal },
): Promise<{ jpeg: Buffer; size: PictureSize }> {
  const { video } = media
  if (video === null) throw new RangeError('no video')
  const size = fit(video, box)
  const grab = (toned: boolean): Promise<Buffer> =>
    readJpeg(runner, grabArgs(inputArgs(source), media, time, size, toned), { signal })
  if (video.hdr === 'none') return { jpeg: await grab(false), size }
  const jpeg = await grab(true).catch((thrown: unknown) => {
    signal.throwIfAborted()
    if (thrown instanceof FfmpegError) return grab(false)
    throw thrown
  })
  return { jpeg, size }
}

/** FFmpeg's arguments; pure. */
export function grabArgs(
  input: readonly string[],
  { origin, video }: Pick<MediaInfo, 'origin' | 'video'>,
  time: Ticks,
  { width, height }: PictureSize,
  toned: boolean,
): string[] {
  const at = time + origin
  const halfMillisecond = TICKS_PER_SECOND / 2000
  // To the keyframe at or before it, not to the one before that: containers round. AVI and FLV have nothing to seek to
  // at their beginning.
  const seek = ['-seek_timestamp', '1', '-noaccurate_seek', '-ss', secondsFromTicks(at + halfMillisecond).toFixed(6)]
  const scale = `scale=${width}:${height}:flags=area`
  const filters = [
    `select='gte(t,${secondsFromTicks(at - halfMillisecond).toFixed(6)})'`,
    ...(toned
      ? [
          scale,
          'zscale=t=linear:npl=203,format=gbrpf32le,zscale=p=bt709,tonemap=mobius:desat=0,zscale=t=bt709:m=bt709:r=tv',
          `format=yuv420p,scale=${toJpegColours}`,
        ]
      : [`${scale}:${toJpegColours}`]),
    'format=yuvj420p,setsar=1',
  ]
  return [
    ...['-copyts', '-max_error_rate', '1', '-threads:v', '2'],
    ...(time < TICKS_PER_SECOND / 2 ? [] : seek),
    ...input,
    ...['-map', `0:${video?.streamIndex ?? 'v:0'}`, '-vf', filters.join(',')],
    ...jpegArgs(3),
  ]
}

/** As shown, made to fit into a box; even, because colours have half the size. */
export function fit({ width, height }: PictureSize, box: PictureSize): PictureSize {
  const scale = Math.min(1, box.width / width, box.height / height)
  const even = (length: number): number => Math.max(2, 2 * Math.round((length * scale) / 2))
  return { width: even(width), height: even(height) }
}

async function readJpeg(
  runner: Runner,
  argv: readonly string[],
  options: { signal: AbortSignal; input?: Uint8Array },
): Promise<Buffer> {
  const running = runner.spawn(argv, { ...options, pipes: 1 })
  const [ended, read] = await Promise.allSettled([running.done, readAll(running.pipes[0]!)])
  if (ended.status === 'rejected') throw ended.reason
  if (read.status === 'rejected') throw read.reason
  if (read.value.length === 0) {
    throw new ClutchcutError('input/truncated', 'The recording has no picture there.', { data: { argv } })
  }
  return read.value
}

/** Reads to the end whatever comes, or FFmpeg would wait; keeps what is not too much. */
async function readAll(pipe: Readable): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of pipe) {
    size += (chunk as Buffer).length
    if (size <= largestJpeg) chunks.push(chunk as Buffer)
  }
  if (size > largestJpeg) throw new RangeError(`a picture of ${size} bytes`)
  return Buffer.concat(chunks)
}
