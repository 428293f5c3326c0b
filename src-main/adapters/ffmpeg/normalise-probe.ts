import { ClutchcutError } from '../../../src-shared/contract/errors.ts'
import type { AudioTrack, Container, MediaInfo } from '../../../src-shared/contract/media-info.ts'
import { TICKS_PER_SECOND, ticksFromPts, ticksPerFrame, type Ticks } from '../../../src-shared/domain/time.ts'
import type { FileEnd } from './containers/inspect-end.ts'
import type { SniffedFormat } from './containers/sniff.ts'
import {
  parseRational,
  parseSeconds,
  streamStart,
  timebaseOf,
  type FfprobeJson,
  type FfprobeStream,
} from './ffprobe-json.ts'
import { normaliseVideo, pickVideo } from './normalise-video.ts'
import { trackRole, trackTitle } from './track-name.ts'

/** Everything that `normaliseProbe` decides from; all of it was read beforehand. */
export interface ProbeFacts {
  readonly probe: FfprobeJson
  readonly format: SniffedFormat
  /** All bytes of the recording, segments included. */
  readonly totalSize: number
  readonly end: FileEnd
  /** First frame that a player shows, in the file's clock; null when none could be found. */
  readonly firstVideo: Ticks | null
  /** The first seconds' frames come at uneven distances, which Matroska's and FLV's declared rates do not tell. */
  readonly unevenFrames: boolean
  /** First packets of streams, by stream index, in the file's clock; only for those that ffprobe gives no start. */
  readonly firstPackets: ReadonlyMap<number, Ticks>
  /** For messages. */
  readonly name: string
}

/**
 * ffprobe's answer as MediaInfo. Pure.
 * @throws ClutchcutError `input/no-streams` when there is neither video nor audio to be had.
 */
export function normaliseProbe(facts: ProbeFacts): MediaInfo {
  const { probe, format, end } = facts
  const warnings: string[] = []
  const videoStream = pickVideo(probe.streams)
  // A video track without a single picture is none.
  const hasVideo = videoStream !== undefined && facts.firstVideo !== null
  if (videoStream !== undefined && !hasVideo) warnings.push('The video track holds no picture; only the sound is used.')
  const video = hasVideo ? normaliseVideo(videoStream, facts.unevenFrames, warnings) : null
  const audioStreams = probe.streams.filter((stream) => stream.codec_type === 'audio')
  const startOf = (stream: FfprobeStream): Ticks | null => facts.firstPackets.get(stream.index) ?? streamStart(stream)
  const usable = audioStreams.map((stream, index) => ({ stream, index })).filter(({ stream }) => isUsableAudio(stream))
  if (usable.length < audioStreams.length) warnings.push('An audio track is empty or broken and is left out.')
  const fileStart = parseSeconds(probe.format?.start_time) ?? 0
  const origin = (hasVideo ? facts.firstVideo : firstOf(usable.map(({ stream }) => startOf(stream)))) ?? fileStart
  const audio = usable.map(({ stream, index }): AudioTrack => {
    const title = trackTitle(stream.tags)
    return {
      index,
      streamIndex: stream.index,
      codec: stream.codec_name ?? 'unknown',
      sampleRate: Number(stream.sample_rate),
      channels: stream.channels ?? 1,
      layout: stream.channel_layout === undefined || stream.channel_layout === 'unknown' ? null : stream.channel_layout,
      title,
      language: languageOf(stream),
      role: trackRole(title, audioStreams.length),
      timebase: timebaseOf(stream),
      start: (startOf(stream) ?? origin) - origin,
    }
  })
  if (video === null && audio.length === 0) {
    throw new ClutchcutError('input/no-streams', `${facts.name} holds neither video nor audio that can be used.`, {
      data: {
        streams: probe.streams.map((stream) => ({ type: stream.codec_type ?? null, codec: stream.codec_name ?? null })),
      },
    })
  }
  const truncated = end.cut || end.unfinished
  if (end.cut) warnings.push('The end of the file is missing; what is there is used.')
  else if (end.unfinished) warnings.push('The recorder did not finish this file; what is there is used.')
  const lastFrames = video === null ? 0 : ticksPerFrame(video.fps) * (1 + (videoStream?.has_b_frames ?? 0))
  const duration = durationOf(facts, origin, lastFrames)
  if (duration === null && !truncated) warnings.push('The file does not say how long it is.')
  return {
    container: containerOf(format, probe),
    duration,
    origin,
    bitRate: bitRateOf(facts, duration),
    video,
    audio,
    chapters: chaptersOf(probe, origin),
    recordedAt: recordedAt(probe),
    truncated,
    warnings,
  }
}

function firstOf(times: readonly (Ticks | null)[]): Ticks | null {
  const known = times.filter((time) => time !== null)
  return known.length === 0 ? null : Math.min(...known)
}

function isUsableAudio(stream: FfprobeStream): boolean {
  const rate = Number(stream.sample_rate)
  return (
    stream.codec_name !== undefined &&
    Number.isInteger(rate) &&
    rate > 0 &&
    (stream.channels ?? 0) > 0 &&
    stream.nb_frames !== '0'
  )
}

/**
 * From time zero to where the last stream ends; null where the file lies or does not say. What the formats mean by
 * "duration" differs: MP4, TS and AVI count it per stream from that stream's start, Matroska counts its one from the
 * clock's zero, FLV's metadata follows the muxer's mood, so its last tag is asked: that one is timed by decoding order,
 * which is behind presentation by the frames held back for reordering (`lastFrames`, the last one's own length included).
 */
function durationOf(facts: ProbeFacts, origin: Ticks, lastFrames: Ticks): Ticks | null {
  const { probe, format, end } = facts
  // ffprobe estimates a TS from its last packets, so a cut one is right all the same.
  if ((end.cut || end.unfinished) && format !== 'mpegts') return null
  const whole = parseSeconds(probe.format?.duration)
  const start = parseSeconds(probe.format?.start_time)
  let until: Ticks | null
  if (format === 'flv') {
    until = end.lastTimestampMs === null ? null : (end.lastTimestampMs * TICKS_PER_SECOND) / 1000 + lastFrames
  } else if (format === 'matroska' || format === 'webm') {
    until = whole
  } else {
    until = lastEnd(probe.streams) ?? (whole === null ? null : whole + (start ?? 0))
  }
  return until === null || until <= origin ? null : until - origin
}

function lastEnd(streams: readonly FfprobeStream[]): Ticks | null {
  const ends = streams.flatMap((stream) => {
    if (stream.codec_type !== 'video' && stream.codec_type !== 'audio') return []
    if (stream.disposition?.['attached_pic'] === 1) return []
    const start = streamStart(stream)
    const length =
      stream.duration_ts === undefined
        ? parseSeconds(stream.duration)
        : ticksFromPts(stream.duration_ts, timebaseOf(stream))
    return start === null || length === null || length <= 0 ? [] : [start + length]
  })
  return ends.length === 0 ? null : Math.max(...ends)
}

function bitRateOf({ probe, format, totalSize }: ProbeFacts, duration: Ticks | null): number | null {
  const said = Number(probe.format?.bit_rate)
  // For DASH ffprobe divides the manifest's size.
  if (format !== 'dash' && Number.isSafeInteger(said) && said > 0) return said
  if (duration === null) return null
  const rate = Math.round((totalSize * 8 * TICKS_PER_SECOND) / duration)
  return Number.isSafeInteger(rate) && rate > 0 ? rate : null
}

function containerOf(format: SniffedFormat, probe: FfprobeJson): Container {
  switch (format) {
    case 'mp4':
      return probe.format?.tags?.['major_brand']?.startsWith('qt') === true ? 'mov' : 'mp4'
    case 'mp3':
    case 'aac':
    case 'flac':
    case 'ogg':
    case 'wav':
      return 'audio'
    default:
      return format
  }
}

function languageOf(stream: FfprobeStream): string | null {
  const language = stream.tags?.['language'] ?? stream.tags?.['LANGUAGE']
  return language === undefined || !/^[A-Za-z]{2,3}(-[\w-]{1,20})?$/.test(language) || language === 'und'
    ? null
    : language
}

function chaptersOf(probe: FfprobeJson, origin: Ticks): MediaInfo['chapters'] {
  return (probe.chapters ?? []).slice(0, 10_000).flatMap(({ start, end, time_base, tags }) => {
    const timebase = parseRational(time_base)
    if (timebase === null || start === undefined || end === undefined) return []
    const [from, to] = [ticksFromPts(start, timebase) - origin, ticksFromPts(end, timebase) - origin]
    return to < from ? [] : [{ start: from, end: to, title: trackTitle(tags) }]
  })
}

/** Recorders that do not know the time write the epoch of their format: 1904, 1970 or 2001. */
const earliestRecording = Date.UTC(2001, 0, 2)

function recordedAt(probe: FfprobeJson): string | null {
  const tags = new Map(Object.entries(probe.format?.tags ?? {}).map(([key, value]) => [key.toLowerCase(), value]))
  for (const key of ['com.apple.quicktime.creationdate', 'creation_time', 'date_utc']) {
    const text = tags.get(key)
    // A date without a time zone would be read in ours.
    if (text === undefined || !/T.*(Z|[+-]\d\d:?\d\d)$/.test(text)) continue
    const time = Date.parse(text)
    if (Number.isFinite(time) && time > earliestRecording) return new Date(time).toISOString()
  }
  return null
}
