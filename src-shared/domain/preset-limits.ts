import type { CutMode } from '../contract/clip.ts'
import type { MediaInfo, VideoStream } from '../contract/media-info.ts'
import type { PlatformLimits, Preset } from '../contract/preset.ts'
import { formatClock, secondsFromTicks, ticksFromSeconds, type Rational, type Ticks } from './time.ts'

/** What is about to be rendered. */
export interface PlannedClip {
  readonly start: Ticks
  readonly end: Ticks
  /** `copy` and `smart` keep the recording's codec, pixels and rate; a frame of its own is always encoded. */
  readonly cut: CutMode
}

/** What an encoder must keep to, so that a platform takes the file. */
export interface EncodeLimits {
  readonly width: number
  readonly height: number
  /** null: the recording's own. */
  readonly fps: Rational | null
  /** Bits a second of the video at most; null where nothing limits it. */
  readonly bitRate: number | null
  /** Hz; null: the tracks' own. */
  readonly sampleRate: number | null
  readonly moovFirst: boolean
  readonly editLists: boolean
}

/** Sound and container, bits a second: two AAC tracks at most in a share. */
const besidesVideo = 400_000
/** So much of the size is not planned with: a rate is kept on average, not to the byte. */
const reserve = 0.95
/**
 * The most that H.264 has at level 5.2 (ITU-T H.264, table A-1, High profile): nothing is encoded at more. A short clip
 * would be allowed more than FFmpeg takes for a number.
 */
const MOST_BIT_RATE = 300_000_000
/** Below this, bits a pixel and frame of H.264, moving game footage falls apart into blocks. */
const worstBitsPerPixel = 0.02

/**
 * The frame, rate and bits a second that a render for a platform gets. Too many or too few frames a second are brought
 * inside by halving and doubling, so that every frame that is shown is one of the recording's.
 */
export function encodeLimits(
  preset: Preset,
  platform: PlatformLimits | null,
  { start, end }: Pick<PlannedClip, 'start' | 'end'>,
  video: VideoStream,
): EncodeLimits {
  const seconds = secondsFromTicks(end - start)
  const bySize = platform?.mostBytes == null ? Infinity : (platform.mostBytes * 8 * reserve) / seconds - besidesVideo
  const bitRate = Math.floor(Math.min(bySize, platform?.mostBitRate ?? Infinity))
  return {
    ...frameOf(preset, video, platform),
    fps: bringInside(video.fps, {
      least: platform?.fps?.least ?? 0,
      most: Math.min(preset.mostFps ?? Infinity, platform?.fps?.most ?? Infinity),
    }),
    bitRate: bitRate < MOST_BIT_RATE ? bitRate : null,
    sampleRate: platform?.mostSampleRate ?? null,
    moovFirst: platform?.moovFirst ?? true,
    editLists: platform?.editLists ?? true,
  }
}

/**
 * Why a platform would not take a clip that is rendered by a preset, in plain sentences, before anything is rendered.
 * Empty where it would. What an encode sets right by itself (`encodeLimits`) is no problem.
 */
export function checkLimits(
  preset: Preset,
  platform: PlatformLimits,
  clip: PlannedClip,
  { video }: Pick<MediaInfo, 'video'>,
): string[] {
  if (video === null) return ['The recording has no picture.']
  const kept = preset.frame === null && clip.cut !== 'encode'
  return [
    ...lengthProblems(platform, clip),
    ...shapeProblems(preset, platform, video, kept),
    ...(kept ? keptProblems(platform, video) : squeezeProblems(preset, platform, clip, video)),
  ]
}

function lengthProblems({ name, seconds }: PlatformLimits, { start, end }: PlannedClip): string[] {
  const length = end - start
  if (seconds.most !== null && length > ticksFromSeconds(seconds.most)) {
    return [
      `${name} takes at most ${clock(seconds.most)}; this clip lasts ${formatClock(length)}. Make it shorter or post it elsewhere.`,
    ]
  }
  if (seconds.least !== null && length < ticksFromSeconds(seconds.least)) {
    const lasts = secondsFromTicks(length).toFixed(1)
    return [`${name} takes no clip under ${seconds.least} s; this one lasts ${lasts} s. Make it longer.`]
  }
  return []
}

function shapeProblems(preset: Preset, platform: PlatformLimits, video: VideoStream, kept: boolean): string[] {
  const { name, side, mostWidth, uprightOnly } = platform
  const { width, height } = kept ? { width: video.width, height: video.height } : frameOf(preset, video, platform)
  const size = `${width}×${height}`
  const problems: string[] = []
  if (uprightOnly && width > height) {
    problems.push(`${name} shows vertical and square clips; this one is ${size}. Choose the vertical or square preset.`)
  }
  if (side.least !== null && Math.min(width, height) < side.least) {
    problems.push(`${name} takes pictures from ${side.least} pixels a side; this clip is ${size}.`)
  }
  // An encode makes it smaller by itself.
  if (mostWidth !== null && width > mostWidth) {
    problems.push(
      `${name} takes pictures up to ${mostWidth} pixels wide; this clip is ${size}. Let it be encoded (--cut encode).`,
    )
  }
  if (side.most !== null && Math.max(width, height) > side.most) {
    problems.push(
      `${name} takes pictures up to ${side.most} pixels a side; this clip is ${size}. Let it be encoded (--cut encode).`,
    )
  }
  return problems
}

/** What a copy would hand on that a platform does not take. */
function keptProblems({ name, videoCodecs, only420, fps }: PlatformLimits, video: VideoStream): string[] {
  const encode = 'Let the clip be encoded (--cut encode).'
  const rate = video.fps.num / video.fps.den
  const problems: string[] = []
  if (videoCodecs !== null && !videoCodecs.includes(video.codec)) {
    problems.push(`${name} does not take ${video.codec} video. ${encode}`)
  }
  if (only420 && video.pixelFormat !== null && !/^(?:yuvj?420p|nv12|p010)/.test(video.pixelFormat)) {
    problems.push(`${name} takes 4:2:0 colour only; this recording has ${video.pixelFormat}. ${encode}`)
  }
  if (fps !== null && (rate > fps.most + 0.01 || rate < fps.least - 0.01)) {
    const has = Number(rate.toFixed(2))
    problems.push(`${name} takes ${fps.least} to ${fps.most} frames a second; this recording has ${has}. ${encode}`)
  }
  return problems
}

function squeezeProblems(preset: Preset, platform: PlatformLimits, clip: PlannedClip, video: VideoStream): string[] {
  const { width, height, fps, bitRate } = encodeLimits(preset, platform, clip, video)
  if (bitRate === null || platform.mostBytes === null) return []
  const { num, den } = fps ?? video.fps
  if (bitRate / (width * height * (num / den)) >= worstBitsPerPixel) return []
  const megabytes = Math.round(platform.mostBytes / 1e6)
  return [
    `${platform.name} takes at most ${megabytes} MB, too little for ${formatClock(clip.end - clip.start)} of ${width}×${height}. Make the clip shorter.`,
  ]
}

/** The preset's frame, or the recording's own made no larger than the platform takes; even sides. */
function frameOf({ frame }: Preset, { width, height }: VideoStream, platform: PlatformLimits | null) {
  if (frame !== null) return { width: frame.width, height: frame.height }
  const most = platform?.side.most ?? Infinity
  const scale = Math.min(1, Math.min(most, platform?.mostWidth ?? Infinity) / width, most / height)
  // A product that is a hair short of a whole number is that number.
  const even = (length: number): number => Math.max(2, 2 * Math.floor((length * scale) / 2 + 1e-6))
  return { width: even(width), height: even(height) }
}

/** null: it lies inside already, or cannot be brought there. */
function bringInside(fps: Rational, { least, most }: { least: number; most: number }): Rational | null {
  // Rates as measured are a little off: 60.02 is 60.
  const [low, high] = [least * 0.999, most * 1.001]
  let { num, den } = fps
  if (num <= 0) return null
  for (let halvings = 0; num / den > high && halvings < 8; halvings += 1) den *= 2
  for (let doublings = 0; num / den < low && doublings < 8; doublings += 1) num *= 2
  const changed = num !== fps.num || den !== fps.den
  return changed && num / den <= high ? { num, den } : null
}

function clock(seconds: number): string {
  return seconds < 60 ? `${seconds} s` : formatClock(ticksFromSeconds(seconds))
}
