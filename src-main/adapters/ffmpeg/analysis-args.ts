import type { MediaInfo } from '../../../src-shared/contract/media-info.ts'
import { PICTURE_HEIGHT, PICTURE_WIDTH } from '../../../src-shared/domain/signal.ts'

export interface AnalysisArgs {
  readonly argv: string[]
  /** How many extra pipes it writes to, from fd 3. */
  readonly pipes: number
  /** Index among these pipes; null where the recording has none. */
  readonly video: { readonly frames: number; readonly frameTimes: number; readonly packets: number } | null
  readonly audio: readonly { readonly samples: number; readonly times: number }[]
}

export interface DecoderChoice {
  /** Of the video decoder; see `chooseThreads`. */
  readonly threads: number
  /** A GPU decoder that was checked (see `chooseHwaccel`); null for the CPU. */
  readonly hwaccel?: string | null
  /** FFmpeg's, such as `5.1.9-0+deb12u1`. */
  readonly version?: string
}

/** Pictures closer together than this say nothing new; recordings made of keyframes only have sixty a second. */
const leastPictureDistance = 0.24

/**
 * One FFmpeg pass for a whole analysis. Every sound track, the keyframes and the packets are outputs of their own, so
 * that a stream without data holds nobody up. `tee` writes sound and pictures once as bare data and once as framecrc
 * lines: the n-th line is, by construction, about the n-th piece of data, and says when it is. Gaps are filled by us
 * and not by `aresample=async`, which keeps a whole gap in memory and would not tell silence from nothing.
 *
 * - `-copyts`: times stay the file's own; subtract `media.origin`.
 * - `threads`: see `chooseThreads`.
 * - `-skip_loop_filter all`: deblocking is hardly visible at 160×90, and a fifth of the decoding.
 * - `-enc_time_base`: otherwise times are rounded to the nominal frame rate.
 * - `-max_error_rate 1`: a recording full of damage is analysed as far as it goes.
 */
export function analysisArgs(
  input: readonly string[],
  media: MediaInfo,
  { threads, hwaccel = null, version = '' }: DecoderChoice,
): AnalysisArgs {
  const { video, audio } = media
  let pipes = 0
  const pipe = (): number => pipes++
  const url = (index: number): string => `pipe:${index + 3}`
  const videoPipes = video === null ? null : { frames: pipe(), frameTimes: pipe(), packets: pipe() }
  const audioPipes = audio.map(() => ({ samples: pipe(), times: pipe() }))
  const argv = ['-copyts', '-max_error_rate', '1']
  if (video !== null && hwaccel !== null) argv.push('-hwaccel', hwaccel)
  if (video !== null) argv.push('-threads:v', String(threads), '-skip_frame:v', 'nokey', '-skip_loop_filter:v', 'all')
  argv.push(...input)
  if (video !== null && videoPipes !== null) {
    const map = ['-map', `0:${video.streamIndex}`]
    argv.push(
      ...map,
      ...pictureArgs(leastPictureDistance, version),
      ...teeArgs('rawvideo', url(videoPipes.frames), url(videoPipes.frameTimes)),
      ...map,
      ...['-c', 'copy', '-copyinkf', '-flush_packets', '0', '-f', 'framecrc', url(videoPipes.packets)],
    )
  }
  for (const [i, { samples, times }] of audioPipes.entries()) {
    argv.push(
      ...['-map', `0:${audio[i]!.streamIndex}`, '-ac', '1', '-ar', '16000', '-c:a', 'pcm_s16le'],
      ...teeArgs('s16le', url(samples), url(times)),
    )
  }
  return { argv, pipes, video: videoPipes, audio: audioPipes }
}

/** Filters and encoder for RGB24 pictures at least `distance` seconds apart, with exact times. */
export function pictureArgs(
  distance: number,
  version = '',
  { width, height } = { width: PICTURE_WIDTH, height: PICTURE_HEIGHT },
): string[] {
  // Without passthrough a keyframe-only pass duplicates frames to keep the frame rate (27 became 3,239).
  // The option got its present name in 5.1.
  const passthrough = /^n?5\.0(\D|$)/.test(version) ? '-vsync' : '-fps_mode'
  return [
    '-vf',
    `select='isnan(prev_selected_t)+gte(t-prev_selected_t,${distance})',scale=${width}:${height}:flags=area,format=rgb24`,
    ...[passthrough, 'passthrough', '-enc_time_base', '1:90000', '-c:v', 'rawvideo'],
  ]
}

/**
 * The same packets to two pipes. Lines about pictures are rare and must not wait in a buffer for their successors;
 * everything else comes in full buffers, because FFmpeg would otherwise write 150 times a second of recording, which
 * took a third of all the time.
 */
export function teeArgs(format: 'rawvideo' | 's16le', data: string, lines: string): string[] {
  const flush = `:flush_packets=${format === 'rawvideo' ? 1 : 0}`
  return ['-f', 'tee', `[f=${format}${flush}]${data}|[f=framecrc${flush}]${lines}`]
}
