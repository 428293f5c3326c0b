import { z } from 'zod'
import type { MediaInfo } from '../../../src-shared/contract/media-info.ts'
import { audioFitsMp4 } from '../../../src-shared/domain/render-plan.ts'
import { TICKS_PER_SECOND, ticksFromSeconds, ticksPerFrame, type Ticks } from '../../../src-shared/domain/time.ts'
import { demuxers } from './containers/sniff.ts'
import { keyframeBefore } from './keyframes-near.ts'
import { secondsDown } from './output-args.ts'
import { readFrameHashes } from './read-frame-hashes.ts'
import { readPackets, type Packet } from './read-packets.ts'
import type { FfmpegRunner } from './runner.ts'
import { fileUrl, inputArgs, type SourceFile } from './source-file.ts'
import { checkJoined } from './verify-joined.ts'

export interface FileToJoin {
  readonly source: SourceFile
  readonly media: MediaInfo
}

export type JoinResult =
  /** `time in the joined file = time in file i + offsets[i]`, each on its own timeline. */
  | { readonly kind: 'joined'; readonly offsets: readonly Ticks[] }
  /** `reason` is a sentence. */
  | { readonly kind: 'cannot'; readonly reason: string }

/** Sound is decoded from a second before a clip, and a keyframe lies before its first picture. */
const LEAD: Ticks = 3 * TICKS_PER_SECOND
/** What joins lies on the disk for as long as the clip is made. */
const MOST_JOINED: Ticks = 1800 * TICKS_PER_SECOND

/**
 * Joins files of which each goes on where the one before ends: their packets as they are, one after the other, in a file
 * of their own, as if the recorder had never begun a new one. (Sound that was decoded file by file would lack the first
 * packet of each: it needs the one before.) From a keyframe before `from`, in the first file, to behind `to`, in the
 * last. Every packet of the result is held against those of the files.
 * @throws FfmpegError
 */
export async function joinFiles(
  runner: FfmpegRunner,
  files: readonly FileToJoin[],
  { from, to }: { from: Ticks; to: Ticks },
  output: string,
  options: { signal?: AbortSignal | undefined },
): Promise<JoinResult> {
  const [first, last] = [files[0], files.at(-1)]
  if (first?.media.video == null || last === undefined) return cannot('There is no picture to join.')
  if (files.some(({ source }) => /[\r\n]/.test(source.path))) return cannot('The name of a file has several lines.')
  const whole = files.slice(0, -1).reduce((sum, { media }) => sum + (media.duration ?? 0), 0) - from + to
  if (whole > MOST_JOINED) return cannot('What lies between its parts is too long.')
  const headers = await Promise.all(files.map((file) => readHeaders(runner, file, options)))
  if (headers.some(({ formats }) => formats !== headers[0]!.formats)) {
    return cannot('The two files were encoded in different ways.')
  }
  const key = await keyframeBefore(runner, first.source, first.media, from - LEAD, options)
  const begin = key === null || key <= 0 ? null : key + first.media.origin + TICKS_PER_SECOND / 1000
  const end = to + last.media.origin + 2 * TICKS_PER_SECOND
  // Where each file's clock begins in the clock of the joined one.
  const clocks = [begin === null ? -headers[0]!.start : -begin]
  const lengths: Ticks[] = []
  const late: Later[] = []
  for (const [i, file] of files.slice(1).entries()) {
    const before = files[i]!
    const tail = await readTail(runner, before, options)
    const head = await readHead(runner, file, options)
    const clock = clocks[i]! + tail.pictures - file.media.origin
    // FFmpeg lets a file begin where the one before is said to end, with the earliest of its streams.
    lengths.push(clock + headers[i + 1]!.start - (i === 0 && begin !== null ? 0 : clocks[i]! + headers[i]!.start))
    clocks.push(clock)
    late.push(...file.media.audio.flatMap((_, n) => laterAt(n, tail.sound[n], head[n], [clocks[i]!, clock])))
  }
  const list = concatList(files, { begin, end, lengths })
  const argv = joinArgs(files, late, output)
  await runner.run(argv, { ...options, input: Buffer.from(list) })
  const hashes = await Promise.all(
    files.map(({ source, media }, i) =>
      readFrameHashes(runner, inputArgs(source), streamsOf(media), {
        ...(i === 0 && begin !== null && { from: begin - 15 * TICKS_PER_SECOND }),
        ...(i === files.length - 1 && { to: end + 15 * TICKS_PER_SECOND }),
        ...options,
      }),
    ),
  )
  const made = await readFrameHashes(
    runner,
    ['-protocol_whitelist', 'file', '-i', fileUrl(output)],
    streamsOf(first.media).map((_, i) => i),
    options,
  )
  const moved = checkJoined(made, hashes, clocks)
  if (moved === null) return cannot('The joined file does not hold what its parts hold.')
  const origin = Math.min(...made[0]!.map(({ pts }) => pts))
  const offsets = moved.map((by, i) => by + files[i]!.media.origin - origin)
  if (offsets[0]! + from < 0) return cannot('There is no keyframe before its beginning.')
  return { kind: 'joined', offsets }
}

function cannot(reason: string): JoinResult {
  return { kind: 'cannot', reason }
}

/** FFmpeg's script for joining: what it is told goes by the files' own clocks, but for `lengths`. Pure. */
export function concatList(
  files: readonly Pick<FileToJoin, 'source'>[],
  { begin, end, lengths }: { begin: Ticks | null; end: Ticks; lengths: readonly Ticks[] },
): string {
  const lines = files.flatMap(({ source }, i) => [
    `file '${fileUrl(source.path).replaceAll("'", String.raw`'\''`)}'`,
    ...(i === 0 && begin !== null ? [`inpoint ${secondsDown(begin)}`] : []),
    ...(lengths[i] === undefined ? [`outpoint ${secondsDown(end)}`] : [`duration ${secondsDown(lengths[i])}`]),
  ])
  return ['ffconcat version 1.0', ...lines, ''].join('\n')
}

/** FFmpeg's arguments; the script comes through `pipe:0`. Pure. */
export function joinArgs(files: readonly FileToJoin[], late: readonly Later[], output: string): string[] {
  const { media, source } = files[0]!
  const isMatroska = media.container === 'matroska' || media.container === 'webm'
  // MOV holds what MP4 does not: PCM.
  const muxer = isMatroska ? 'matroska' : media.audio.every(audioFitsMp4) ? 'mp4' : 'mov'
  return [
    // Packets as they are: the parameter sets are the same in all files.
    ...['-copyts', '-f', 'concat', '-safe', '0', '-auto_convert', '0'],
    // What the files may be was looked at before; FFmpeg is to take them for nothing else.
    ...['-protocol_whitelist', 'file,pipe', '-format_whitelist', `concat,${demuxers[source.format]}`, '-i', 'pipe:0'],
    ...streamsOf(media).flatMap((index) => ['-map', `0:${index}`]),
    ...['-c', 'copy', '-copyinkf'],
    ...media.audio.flatMap((_, n) => laterArgs(n, late)),
    ...['-map_metadata', '-1', '-map_chapters', '-1', '-fflags', '+bitexact', '-strict', '-2'],
    ...['-avoid_negative_ts', 'make_zero', '-f', muxer, '-y', fileUrl(output)],
  ]
}

/** The track's packets from then on, in the joined file's clock, are to be so much later. */
interface Later {
  readonly track: number
  readonly from: Ticks
  readonly by: Ticks
}

function laterArgs(track: number, late: readonly Later[]): string[] {
  const steps = late.filter((step) => step.track === track)
  if (steps.length === 0) return []
  const seconds = (ticks: Ticks): string => (ticks / TICKS_PER_SECOND).toFixed(6)
  const sum = steps.map(({ from, by }) => `if(gte(PTS*TB\\,${seconds(from)})\\,${seconds(by)}/TB\\,0)`).join('+')
  return [`-bsf:a:${track}`, `setts=ts=PTS+round(${sum})`]
}

function streamsOf({ video, audio }: MediaInfo): number[] {
  return [...(video === null ? [] : [video.streamIndex]), ...audio.map(({ streamIndex }) => streamIndex)]
}

/** A track's first or last packet, in its file's clock. */
interface Sound {
  readonly at: Ticks
  readonly length: Ticks
}

/**
 * A recorder may count each track of a file from that track's own first packet: what is less than a packet off is put
 * back to where it goes on at once. Where more is missing, it is missing.
 */
function laterAt(
  track: number,
  last: Sound | undefined,
  first: Sound | undefined,
  [before, clock]: readonly [Ticks, Ticks],
): Later[] {
  if (last === undefined || first === undefined) return []
  const by = last.at + last.length + before - (first.at + clock)
  if (Math.abs(by) < TICKS_PER_SECOND / 1000 || Math.abs(by) > 0.9 * last.length) return []
  return [{ track, from: Math.round((last.at + before + first.at + clock) / 2), by }]
}

/** Where the pictures of a file end, and the last packet of each track. In the file's clock. */
async function readTail(
  runner: FfmpegRunner,
  { source, media }: FileToJoin,
  options: { signal?: AbortSignal | undefined },
): Promise<{ pictures: Ticks; sound: (Sound | undefined)[] }> {
  const { packets } = await readPackets(
    runner,
    source,
    { from: (media.duration ?? 0) + media.origin - 2 * TICKS_PER_SECOND },
    options,
  )
  const video = media.video!
  const times = timesOf(packets, video.streamIndex)
  const last = times.at(-1) ?? media.origin
  // What a container says of its last packet's length is often wrong.
  const frame = video.variableFrameRate ? last - (times.at(-2) ?? last) : ticksPerFrame(video.fps)
  return { pictures: last + frame, sound: media.audio.map((track) => soundOf(packets, track.streamIndex, 'last')) }
}

async function readHead(
  runner: FfmpegRunner,
  { source, media }: FileToJoin,
  options: { signal?: AbortSignal | undefined },
): Promise<(Sound | undefined)[]> {
  const { packets } = await readPackets(runner, source, { first: 100 * (1 + media.audio.length) }, options)
  return media.audio.map((track) => soundOf(packets, track.streamIndex, 'first'))
}

/** Packets of a track are equally long, and milliseconds round each of them. */
function soundOf(packets: readonly Packet[], stream: number, which: 'first' | 'last'): Sound | undefined {
  const times = timesOf(packets, stream)
  const [first, last] = [times[0], times.at(-1)]
  if (first === undefined || last === undefined || times.length < 2) return undefined
  return { at: which === 'first' ? first : last, length: (last - first) / (times.length - 1) }
}

function timesOf(packets: readonly Packet[], stream: number): Ticks[] {
  return packets
    .flatMap(({ streamIndex, pts }) => (streamIndex === stream && pts !== null ? [pts] : []))
    .toSorted((a, b) => a - b)
}

const headersSchema = z.object({
  streams: z.array(z.object({ index: z.number(), extradata_hash: z.string().optional() })),
  format: z.object({ start_time: z.string().optional() }),
})

/** How the streams were encoded, and the time of the earliest of them as FFmpeg sees it. */
async function readHeaders(
  runner: FfmpegRunner,
  { source, media }: FileToJoin,
  options: { signal?: AbortSignal | undefined },
): Promise<{ formats: string; start: Ticks }> {
  const show = ['-show_data_hash', 'sha256', '-show_entries', 'stream=index,extradata_hash:format=start_time']
  const text = await runner.probe([...show, '-of', 'json', ...inputArgs(source)], options)
  const { streams, format } = headersSchema.parse(JSON.parse(text))
  const wanted = streamsOf(media)
  const formats = streams.flatMap(({ index, extradata_hash: hash }) => (wanted.includes(index) ? [hash ?? ''] : []))
  return { formats: formats.join(), start: ticksFromSeconds(Number(format.start_time ?? 0)) }
}
