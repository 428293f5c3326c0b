import type { MediaInfo } from '../../../src-shared/contract/media-info.ts'
import { secondsFromTicks, TICKS_PER_SECOND, type Ticks } from '../../../src-shared/domain/time.ts'
import { encoderArgs, evenSize, type VideoEncoder } from './encoder-args.ts'
import { secondsDown } from './output-args.ts'
import { passthroughArgs } from './passthrough.ts'
import { inputArgs, type SourceFile } from './source-file.ts'

/**
 * Added to all times of a proxy, because an MP4's decoding times cannot be negative and those of reordered pictures lie
 * before the first picture. The player takes it off again.
 */
export const PROXY_LEAD_SECONDS = 10
/** Units of a second in the proxy's pictures. */
export const VIDEO_TIMESCALE = 90_000
/** Samples of a second in the proxy's sound. */
export const AUDIO_RATE = 48_000
/** Samples of one FLAC frame; a whole number of them makes a piece. */
const FLAC_FRAME = 2400
/** Larger pictures are made smaller: for looking at, that is enough, and twice as quick. */
const LARGEST = { long: 1920, short: 1080 }

export interface ProxySpan {
  /** On the recording's timeline. */
  readonly start: Ticks
  readonly end: Ticks
  /** Length of a piece; a keyframe begins each. */
  readonly piece: Ticks
}

/** What all have in common: fragments on a pipe, times as they are. */
const fragmented = [
  '-sn',
  '-dn',
  '-map_metadata',
  '-1',
  '-map_chapters',
  '-1',
  '-avoid_negative_ts',
  'disabled',
  '-use_editlist',
  '0',
] as const

const output = (flags: string): string[] => [
  '-movflags',
  `${flags}+empty_moov+default_base_moof+frag_discont`,
  '-flush_packets',
  '1',
  '-f',
  'mp4',
  'pipe:3',
]

/** The recording's pictures as they are: from the keyframe before `start` to the end, a fragment for each GOP. Pure. */
export function copyProxyArgs(source: SourceFile, media: MediaInfo, { start }: Pick<ProxySpan, 'start'>): string[] {
  const { video, origin, container } = withVideo(media)
  // TS lands where the time is, and a copy begins with the next keyframe there. FLV is lost near its beginning.
  const seek = start + origin - (container === 'mpegts' ? TICKS_PER_SECOND : TICKS_PER_SECOND / 1000)
  const fromStart = container === 'flv' && start < TICKS_PER_SECOND / 2
  return [
    '-copyts',
    ...(fromStart ? [] : ['-seek_timestamp', '1', '-ss', secondsDown(seek)]),
    ...inputArgs(source),
    '-map',
    `0:${video.streamIndex}`,
    '-c',
    'copy',
    '-output_ts_offset',
    secondsDown(PROXY_LEAD_SECONDS * TICKS_PER_SECOND - origin),
    '-video_track_timescale',
    String(VIDEO_TIMESCALE),
    ...fragmented,
    ...output('frag_keyframe'),
  ]
}

/** The recording's pictures from `start` to `end` as H.264, one fragment for each piece. Pure. */
export function encodeProxyArgs(
  source: SourceFile,
  media: MediaInfo,
  { start, end, piece }: ProxySpan,
  encoder: VideoEncoder,
  version: string,
): string[] {
  const { video, origin } = withVideo(media)
  const {
    input,
    filter,
    output: codec,
  } = encoderArgs(encoder, { crf: 23, preset: 'ultrafast', pixelFormat: 'yuv420p' })
  // Half a millisecond early, so that rounding never loses the first picture: what is too early becomes a fragment of
  // the piece before.
  const from = start + origin - TICKS_PER_SECOND / 2000
  const keyframes: string[] = []
  for (let time = start; time < end; time += piece) keyframes.push(secondsDown(time))
  return [
    ...input,
    '-copyts',
    ...seekArgs(media, from),
    ...inputArgs(source),
    '-map',
    `0:${video.streamIndex}`,
    '-vf',
    [
      `trim=start=${secondsDown(from)}:end=${secondsDown(end + origin)}`,
      `setpts=PTS-(${secondsFromTicks(origin)})/TB`,
      ...scaleFilter(video),
      `${evenSize(video)}${filter}`,
    ].join(','),
    ...passthroughArgs(version),
    '-enc_time_base',
    `1:${VIDEO_TIMESCALE}`,
    ...codec,
    // Decoded in the order in which they are shown: pieces then follow each other without overlapping.
    '-bf',
    '0',
    '-g',
    '600',
    '-force_key_frames',
    keyframes.join(','),
    ...idrArgs(encoder),
    '-output_ts_offset',
    String(PROXY_LEAD_SECONDS),
    '-video_track_timescale',
    String(VIDEO_TIMESCALE),
    ...fragmented,
    ...output('frag_keyframe'),
  ]
}

/**
 * One audio track from `start` to `end` as FLAC, stereo, one fragment for each piece, exact to the sample: FLAC has no
 * priming, so pieces made apart join without a gap. What is missing at the start or between is silence. Pure.
 */
export function audioProxyArgs(source: SourceFile, media: MediaInfo, track: number, span: ProxySpan): string[] {
  const { start, end, piece } = span
  const stream = media.audio.find(({ index }) => index === track)
  if (stream === undefined) throw new RangeError(`no audio track ${track}`)
  const [first, last] = [start, end].map((time) => Math.round(secondsFromTicks(time) * AUDIO_RATE))
  // From further back: the first frame after a seek lacks the one before it.
  const from = start + media.origin - TICKS_PER_SECOND
  return [
    '-copyts',
    ...seekArgs({ ...media, container: media.container === 'mpegts' ? 'mp4' : media.container }, from),
    ...inputArgs(source),
    '-map',
    `0:${stream.streamIndex}`,
    '-af',
    [
      `asetpts=PTS-(${secondsFromTicks(media.origin)})/TB`,
      `aresample=${AUDIO_RATE}:async=1:first_pts=${first}`,
      'aformat=sample_fmts=s16:channel_layouts=stereo',
      `atrim=end_pts=${last}`,
    ].join(','),
    '-c:a',
    'flac',
    '-strict',
    '-2',
    '-compression_level',
    '2',
    '-frame_size',
    String(FLAC_FRAME),
    '-output_ts_offset',
    String(PROXY_LEAD_SECONDS),
    '-frag_duration',
    String(Math.round(secondsFromTicks(piece) * 1_000_000)),
    ...fragmented,
    ...output('dash'),
  ]
}

/** AVI and FLV are not sought near their beginning, where FFmpeg gets lost; TS is sought far enough back for a keyframe. */
function seekArgs({ container, origin }: Pick<MediaInfo, 'container' | 'origin'>, from: Ticks): string[] {
  const seek = from - (container === 'mpegts' ? 12 * TICKS_PER_SECOND : 0)
  const margin = container === 'avi' || container === 'flv' ? TICKS_PER_SECOND / 2 : 0
  if (seek <= origin + margin) return []
  return ['-seek_timestamp', '1', '-noaccurate_seek', '-ss', secondsDown(seek)]
}

/** Where a keyframe is asked for, decoding must be able to begin. */
function idrArgs(encoder: VideoEncoder): string[] {
  switch (encoder) {
    case 'libx264':
    case 'h264_nvenc':
      return ['-forced-idr', '1']
    case 'h264_amf':
    case 'h264_qsv':
      return ['-forced_idr', '1']
    case 'h264_vaapi':
    case 'h264_videotoolbox':
      return []
  }
}

function scaleFilter({ width, height }: Pick<NonNullable<MediaInfo['video']>, 'width' | 'height'>): string[] {
  const [long, short] = width >= height ? [width, height] : [height, width]
  const factor = Math.min(1, LARGEST.long / long, LARGEST.short / short)
  if (factor === 1) return []
  return [`scale=w=trunc(iw*${factor.toFixed(6)}/2)*2:h=trunc(ih*${factor.toFixed(6)}/2)*2:flags=bilinear`]
}

function withVideo(media: MediaInfo): MediaInfo & { video: NonNullable<MediaInfo['video']> } {
  if (media.video === null) throw new RangeError('no video')
  return { ...media, video: media.video }
}
