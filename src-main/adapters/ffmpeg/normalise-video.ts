import type { VideoStream } from '../../../src-shared/contract/media-info.ts'
import type { Rational } from '../../../src-shared/domain/time.ts'
import { parseRational, timebaseOf, type FfprobeStream } from './ffprobe-json.ts'

/** The stream that holds the recording's picture: never cover art or thumbnails. */
export function pickVideo(streams: readonly FfprobeStream[]): FfprobeStream | undefined {
  return streams.find(
    (stream) =>
      stream.codec_type === 'video' &&
      stream.codec_name !== undefined &&
      (stream.width ?? 0) > 0 &&
      (stream.height ?? 0) > 0 &&
      stream.disposition?.['attached_pic'] !== 1 &&
      stream.disposition?.['timed_thumbnails'] !== 1 &&
      stream.nb_frames !== '0',
  )
}

/** `stream` as `pickVideo` gave it; `uneven` when its first frames were seen to be. Oddities that a person may want to know of are added to `warnings`. */
export function normaliseVideo(stream: FfprobeStream, uneven: boolean, warnings: string[]): VideoStream {
  const [codedWidth, codedHeight] = [stream.width ?? 1, stream.height ?? 1]
  const rotation = rotationOf(stream, warnings)
  const sampleAspectRatio = saneAspect(parseRational(stream.sample_aspect_ratio))
  // Square pixels, as a player shows them: the width gives way.
  const squareWidth = Math.max(1, Math.round((codedWidth * sampleAspectRatio.num) / sampleAspectRatio.den))
  const turned = rotation === 90 || rotation === 270
  const { fps, variable } = frameRate(stream, warnings)
  return {
    streamIndex: stream.index,
    codec: stream.codec_name ?? 'unknown',
    profile: stream.profile ?? null,
    level: stream.level !== undefined && Number.isInteger(stream.level) && stream.level > 0 ? stream.level : null,
    pixelFormat: stream.pix_fmt ?? null,
    bitDepth: bitDepth(stream),
    codedWidth,
    codedHeight,
    width: turned ? codedHeight : squareWidth,
    height: turned ? squareWidth : codedHeight,
    rotation,
    sampleAspectRatio,
    fps,
    variableFrameRate: variable || uneven,
    timebase: timebaseOf(stream),
    bFrames: (stream.has_b_frames ?? 0) > 0,
    hdr: hdrOf(stream),
    colour: {
      range: known(stream.color_range),
      space: known(stream.color_space),
      transfer: known(stream.color_transfer),
      primaries: known(stream.color_primaries),
    },
  }
}

/**
 * FFmpeg's display matrix says how far the picture is turned counter-clockwise (`av_display_rotation_get`; a phone held
 * upright gives -90); ours is the clockwise turn that shows it right. The old `rotate` tag was clockwise already.
 */
function rotationOf(stream: FfprobeStream, warnings: string[]): VideoStream['rotation'] {
  const matrix = stream.side_data_list?.find((data) => data.side_data_type === 'Display Matrix')
  const degrees = matrix?.rotation === undefined ? Number(stream.tags?.['rotate'] ?? 0) : -matrix.rotation
  if (!Number.isFinite(degrees)) return 0
  if (matrix?.displaymatrix !== undefined && isMirrored(matrix.displaymatrix))
    warnings.push('The picture is stored mirrored.')
  const quarter = Math.round(degrees / 90)
  if (Math.abs(degrees - quarter * 90) > 1) warnings.push(`The picture is turned by ${degrees} degrees; shown upright.`)
  return ((((quarter % 4) + 4) % 4) * 90) as VideoStream['rotation']
}

/** The determinant of the matrix's upper left 2x2 part (`00000000:  a b u` / `00000001:  c d v`) is negative. */
export function isMirrored(matrix: string): boolean {
  const rows = matrix.split('\n').flatMap((line) => {
    const match = /^\s*\d+:\s*(-?\d+)\s+(-?\d+)\s+(-?\d+)\s*$/.exec(line)
    return match === null ? [] : [[Number(match[1]), Number(match[2])] as const]
  })
  const [first, second] = rows
  return first !== undefined && second !== undefined && first[0] * second[1] - first[1] * second[0] < 0
}

/** Missing, or so skewed that it can only be broken. */
function saneAspect(ratio: Rational | null): Rational {
  if (ratio === null || ratio.num > ratio.den * 10 || ratio.den > ratio.num * 10) return { num: 1, den: 1 }
  return ratio
}

/** Beyond this it is a timebase, not a frame rate (`90000/1`). */
const maxFps = 1000

/**
 * Average rate, and whether frames come at uneven distances: then the smallest rate that fits all timestamps
 * (`r_frame_rate`) is higher than the average. Half of one percent is what a recording that lost its last frames shows;
 * exactly twice is interlaced video counted in fields.
 */
function frameRate(stream: FfprobeStream, warnings: string[]): { fps: Rational; variable: boolean } {
  const average = saneRate(parseRational(stream.avg_frame_rate))
  const base = saneRate(parseRational(stream.r_frame_rate))
  const fps = average ?? base
  if (fps === null) {
    if (stream.nb_frames !== '1') warnings.push('The frame rate is not known; 30 is assumed.')
    return { fps: { num: 30, den: 1 }, variable: false }
  }
  if (average === null || base === null)
    return { fps, variable: parseRational(stream.r_frame_rate) !== null && base === null }
  const ratio = base.num / base.den / (average.num / average.den)
  const interlaced = stream.field_order !== undefined && /^(tt|bb|tb|bt)$/.test(stream.field_order)
  const even = Math.abs(ratio - 1) <= 0.005 || (interlaced && Math.abs(ratio - 2) <= 0.01)
  return { fps, variable: !even }
}

function saneRate(rate: Rational | null): Rational | null {
  return rate === null || rate.num > rate.den * maxFps ? null : rate
}

function bitDepth(stream: FfprobeStream): number {
  const raw = Number(stream.bits_per_raw_sample)
  if (Number.isInteger(raw) && raw >= 1 && raw <= 32) return raw
  // yuv420p10le, gbrp12, p010le, gray16be
  const named = /(?:p|gray|^p0|^p2|^p4)(9|10|12|14|16)(?:le|be)?$/.exec(stream.pix_fmt ?? '')?.[1]
  return named === undefined ? 8 : Number(named)
}

function hdrOf(stream: FfprobeStream): VideoStream['hdr'] {
  if (stream.side_data_list?.some((data) => /^DOVI configuration/i.test(data.side_data_type ?? '')))
    return 'dolby-vision'
  if (stream.color_transfer === 'smpte2084') return 'pq'
  return stream.color_transfer === 'arib-std-b67' ? 'hlg' : 'none'
}

function known(value: string | undefined): string | null {
  return value === undefined || /^(unknown|unspecified|reserved)$/.test(value) ? null : value
}
