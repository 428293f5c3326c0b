import { access, constants } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { ClutchcutError } from '../../../src-shared/contract/errors.ts'
import type { MediaInfo } from '../../../src-shared/contract/media-info.ts'
import { ticksFromPts, type Rational, type Ticks } from '../../../src-shared/domain/time.ts'
import { fromSystemError } from './check-source.ts'
import { inspectEnd } from './containers/inspect-end.ts'
import { FfmpegError } from './ffmpeg-error.ts'
import { ffprobeSchema, parseRational, streamStart, timebaseOf, type FfprobeJson } from './ffprobe-json.ts'
import { pickVideo } from './normalise-video.ts'
import { normaliseProbe } from './normalise-probe.ts'
import type { FfmpegRunner } from './runner.ts'
import { inputArgs, totalSize, type SourceFile } from './source-file.ts'

/**
 * What is in a recording. Reads the headers, the first packets and, by a few small reads of our own, the file's end.
 * @throws ClutchcutError `input/truncated` (an MP4 without its index), `input/no-streams`, `input/not-media`,
 *   `input/not-found` (it vanished).
 */
export async function probe(
  runner: FfmpegRunner,
  source: SourceFile,
  options: { signal?: AbortSignal | undefined } = {},
): Promise<MediaInfo> {
  const name = path.basename(source.path)
  try {
    const end = await inspectEnd(source).catch((error: unknown) => {
      throw fromSystemError(error, source.path)
    })
    if (end.indexMissing) throw missingIndex(source)
    const [answer, firstFrame] = await Promise.all([
      runner.probe([...headerArgs, ...inputArgs(source)], options).then(parseHeaders),
      // AVI frames carry no time: what the decoder makes up for the first one depends on its delay.
      source.format === 'avi' ? null : firstVideoFrame(runner, source, options),
    ])
    const video = pickVideo(answer.streams)
    const silent = answer.streams.filter(
      (stream) => (stream.codec_type === 'audio' || stream === video) && streamStart(stream) === null,
    )
    // Then ffprobe's own start is the last resort (for AVI the right one).
    const firstPackets =
      silent.length === 0 ? new Map<number, Ticks>() : await readFirstPackets(runner, source, options)
    const firstVideo =
      firstFrame ??
      (video === undefined
        ? null
        : (firstPackets.get(video.index) ?? (await videoPacketStart(runner, source, answer, options))))
    return normaliseProbe({
      probe: answer,
      format: source.format,
      totalSize: totalSize(source),
      end,
      firstVideo,
      firstPackets,
      name,
    })
  } catch (error) {
    throw await explain(error, source)
  }
}

const headerArgs = ['-show_format', '-show_streams', '-show_chapters', '-of', 'json']

function parseHeaders(json: string): FfprobeJson {
  return ffprobeSchema.parse(JSON.parse(json))
}

const framesSchema = z.object({
  streams: z.array(z.object({ time_base: z.string() })).default([]),
  frames: z.array(z.object({ pts: z.number().optional(), best_effort_timestamp: z.number().optional() })).default([]),
})

/**
 * PTS of the first frame that comes out of the decoder: edit lists, leading pictures and reordering are accounted for,
 * which `start_time` is not (a Matroska file's is its audio's, an open GOP's is of a frame nobody sees). Null when
 * there is none, or it carries no time.
 */
async function firstVideoFrame(
  runner: FfmpegRunner,
  source: SourceFile,
  options: { signal?: AbortSignal | undefined },
): Promise<Ticks | null> {
  const args = [
    '-select_streams',
    'V:0',
    '-read_intervals',
    '%+#1',
    '-show_entries',
    'stream=time_base:frame=pts,best_effort_timestamp',
    '-of',
    'json',
  ]
  try {
    const { streams, frames } = framesSchema.parse(
      JSON.parse(await runner.probe([...args, ...inputArgs(source)], options)),
    )
    const timebase = parseRational(streams[0]?.time_base)
    const pts = frames[0]?.pts ?? frames[0]?.best_effort_timestamp
    return timebase === null || pts === undefined ? null : ticksFromPts(pts, timebase)
  } catch (error) {
    // A codec that this build cannot decode, or a broken first frame: the packets will have to do.
    if (error instanceof FfmpegError && error.code === 'ffmpeg/failed') return null
    throw error
  }
}

const packetsSchema = z.object({
  streams: z.array(z.object({ index: z.int(), time_base: z.string() })).default([]),
  packets: z
    .array(
      z.object({
        stream_index: z.int(),
        pts: z.number().optional(),
        dts: z.number().optional(),
        flags: z.string().default(''),
      }),
    )
    .default([]),
})

/** The earliest time of each stream among the first packets. Packets that only feed the decoder (`D`) do not count. */
async function readFirstPackets(
  runner: FfmpegRunner,
  source: SourceFile,
  options: { signal?: AbortSignal | undefined },
): Promise<Map<number, Ticks>> {
  const args = [
    '-read_intervals',
    '%+#600',
    '-show_entries',
    'stream=index,time_base:packet=stream_index,pts,dts,flags',
    '-of',
    'json',
  ]
  const { streams, packets } = packetsSchema.parse(
    JSON.parse(await runner.probe([...args, ...inputArgs(source)], options)),
  )
  const timebases = new Map<number, Rational>()
  for (const { index, time_base } of streams) {
    const timebase = parseRational(time_base)
    if (timebase !== null) timebases.set(index, timebase)
  }
  const first = new Map<number, Ticks>()
  for (const packet of packets) {
    const timebase = timebases.get(packet.stream_index)
    const time = packet.pts ?? packet.dts
    if (timebase === undefined || time === undefined || packet.flags.includes('D')) continue
    const ticks = ticksFromPts(time, timebase)
    first.set(packet.stream_index, Math.min(ticks, first.get(packet.stream_index) ?? ticks))
  }
  return first
}

/** For video that gave no timed frame: its start as ffprobe says it, provided that there is at least one packet. */
async function videoPacketStart(
  runner: FfmpegRunner,
  source: SourceFile,
  answer: FfprobeJson,
  options: { signal?: AbortSignal | undefined },
): Promise<Ticks | null> {
  const video = pickVideo(answer.streams)
  if (video === undefined) return null
  const args = ['-select_streams', 'V:0', '-read_intervals', '%+#1', '-show_entries', 'packet=pts,dts', '-of', 'json']
  const { packets } = z
    .object({ packets: z.array(z.object({ pts: z.number().optional(), dts: z.number().optional() })).default([]) })
    .parse(JSON.parse(await runner.probe([...args, ...inputArgs(source)], options)))
  const packet = packets[0]
  if (packet === undefined) return null
  const time = packet.pts ?? packet.dts
  return streamStart(video) ?? (time === undefined ? 0 : ticksFromPts(time, timebaseOf(video)))
}

function missingIndex(source: SourceFile): ClutchcutError {
  return new ClutchcutError(
    'input/truncated',
    `${path.basename(source.path)} was never finished: the recorder stopped before it wrote the file's index, so it cannot be read. ` +
      'It can often be repaired with untrunc and a healthy recording made with the same settings. ' +
      'To be safe in future, let OBS record Hybrid MP4 or MKV.',
    { data: { path: source.path, hint: 'untrunc', missing: 'moov' } },
  )
}

/** Says in the input's terms what ffprobe's failure means. */
async function explain(error: unknown, source: SourceFile): Promise<unknown> {
  if (!(error instanceof FfmpegError) || error.code !== 'ffmpeg/failed') return error
  // It may have vanished, or been locked, since it was checked.
  const gone = await access(source.path, constants.R_OK).then(
    () => null,
    (reason: unknown) => fromSystemError(reason, source.path),
  )
  if (gone !== null) return gone
  const text = error.failure.stderr.join('\n')
  const name = path.basename(source.path)
  const options = { data: { path: source.path, ...error.data }, cause: error }
  if (/moov atom not found/.test(text)) return missingIndex(source)
  if (/Cannot allocate memory/.test(text)) {
    return new ClutchcutError('input/refused', `${name} asks for an absurd amount of memory and was refused.`, options)
  }
  return new ClutchcutError(
    'input/not-media',
    `${name} cannot be read as a recording: it is damaged, or cut off near its start.`,
    options,
  )
}
