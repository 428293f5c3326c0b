import type { MediaInfo } from '../../../src-shared/contract/media-info.ts'
import { ptsFromTicks, TICKS_PER_SECOND, type Ticks } from '../../../src-shared/domain/time.ts'
import { splitAnnexB, type NalCodec } from './bitstream/nal-units.ts'
import { secondsDown } from './output-args.ts'
import { inputArgs, type SourceFile } from './source-file.ts'
import { passthroughArgs } from './passthrough.ts'
import { sampleFilter, type SampleSize } from './picture-samples.ts'

/** Visually lossless even beside the copied pictures; edges are short, so it costs little. */
const EDGE_QUALITY = '15'

/** x264's names of the profiles whose streams we join; others (10 bits, 4:2:2, 4:4:4) are encoded as a whole. */
const h264Profiles: Readonly<Record<string, string>> = {
  Baseline: 'baseline',
  'Constrained Baseline': 'baseline',
  Main: 'main',
  High: 'high',
}

/**
 * FFmpeg's arguments, without the output, for the pictures with `first` ≤ time < `end` (recording ticks) encoded so
 * that they can stand beside the source's own packets: same profile, level, size, pixel format and colours, timestamps
 * in the source's units, in H.264 B-frames where it has some. `[samples]` are the same pictures for `sampleOutput`. Pure.
 * `seek`: where to begin to read; null is the beginning.
 */
export function edgeArgs(
  source: SourceFile,
  { video, origin }: { video: NonNullable<MediaInfo['video']>; origin: Ticks },
  span: { first: Ticks; end: Ticks },
  { seek, samples, version }: { seek: Ticks | null; samples: SampleSize; version: string },
): string[] {
  const { timebase } = video
  // Half a unit before each time, so that rounding decides nothing.
  const [from, to] = [span.first, span.end].map((time) => ptsFromTicks(time + origin, timebase, 'nearest'))
  return [
    '-copyts',
    // The filter drops what comes before, to the unit; FFmpeg's own way adds the file's start to absolute times.
    '-noaccurate_seek',
    '-noautorotate',
    ...(seek === null ? [] : ['-seek_timestamp', '1', '-ss', secondsDown(seek + origin)]),
    ...inputArgs(source),
    '-filter_complex',
    `[0:${video.streamIndex}]trim=start_pts=${from}:end_pts=${to},format=${video.pixelFormat ?? 'yuv420p'},split[picture][own];[own]${sampleFilter(samples)}[samples]`,
    ...['-map', '[picture]'],
    ...passthroughArgs(version),
    '-enc_time_base',
    '-1',
    ...matchArgs(video),
  ]
}

/** Encoders' options for pictures that are to stand beside these: same codec, profile, level and colours. Pure. */
export function matchArgs(video: NonNullable<MediaInfo['video']>): string[] {
  const { colour } = video
  const tags = [
    ['-colorspace', colour.space],
    ['-color_trc', colour.transfer],
    ['-color_primaries', colour.primaries],
    ['-color_range', colour.range],
  ].flatMap(([name, value]) => (value == null ? [] : [name!, value]))
  return [...((video.codec as NalCodec) === 'h264' ? h264Args(video) : hevcArgs(video)), ...tags]
}

function h264Args({ profile, level, bFrames }: NonNullable<MediaInfo['video']>): string[] {
  const name = h264Profiles[profile ?? '']
  return [
    ...['-c:v', 'libx264', '-preset', 'veryfast', '-crf', EDGE_QUALITY],
    ...(name === undefined ? [] : ['-profile:v', name]),
    // 9 is level 1b, which has no number of its own.
    ...(level === null || level < 10 ? [] : ['-level', (level / 10).toFixed(1)]),
    ...['-bf', bFrames && name !== 'baseline' ? '2' : '0'],
  ]
}

function hevcArgs({ level }: NonNullable<MediaInfo['video']>): string[] {
  const params = [
    'log-level=error',
    'repeat-headers=1',
    'open-gop=0',
    // Pictures that wait for their turn are thrown away where a CRA picture begins a new sequence (H.265, C.5.2.2).
    'bframes=0',
    // general_level_idc is thirty times the level.
    ...(level === null ? [] : [`level-idc=${Math.round(level / 3)}`, 'high-tier=1']),
  ]
  return ['-c:v', 'libx265', '-preset', 'veryfast', '-crf', EDGE_QUALITY, '-x265-params', params.join(':')]
}

/** Codecs whose edges an FFmpeg with these encoders can encode: by x264 and x265, whatever else it was built with. Pure. */
export function edgeCodecs(builtIn: readonly string[]): ReadonlySet<string> {
  return new Set([...(builtIn.includes('libx264') ? ['h264'] : []), ...(builtIn.includes('libx265') ? ['hevc'] : [])])
}

/** The units of an encoder's packet. */
export const edgeUnits = splitAnnexB

/** Where to begin to read for a time: most demuxers land on the keyframe before it; TS lands between keyframes. */
export function seekAttempts(time: Ticks, container: MediaInfo['container']): (Ticks | null)[] {
  const times = (container === 'mpegts' ? [12, 60] : [0, 12, 60]).map(
    (seconds) => time - seconds * TICKS_PER_SECOND - TICKS_PER_SECOND / 1000,
  )
  // FLV has no index entry before its beginning, and FFmpeg seeks a little early where frames are reordered.
  const least = container === 'flv' ? TICKS_PER_SECOND / 2 : 0
  return [...times.filter((at) => at >= least), null]
}
