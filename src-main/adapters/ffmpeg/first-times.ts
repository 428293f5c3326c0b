import { z } from 'zod'
import { TICKS_PER_SECOND, ticksFromPts, type Ticks } from '../../../src-shared/domain/time.ts'
import { FfmpegError } from './ffmpeg-error.ts'
import { parseRational } from './ffprobe-json.ts'
import { readPackets, type Packet } from './read-packets.ts'
import type { FfmpegRunner } from './runner.ts'
import { inputArgs, type SourceFile } from './source-file.ts'

/** How the video stream begins, in the file's clock. */
export interface VideoTimes {
  /** Its first picture as the decoder gives it; null when there is none, or it carries no time. */
  readonly frame: Ticks | null
  /** Its first packets: to fall back on, and to see whether they come evenly. */
  readonly packets: readonly Packet[]
}

/** Some seconds: enough to see uneven distances, little enough to be read in no time. */
const samplePackets = 240

export async function readVideoTimes(
  runner: FfmpegRunner,
  source: SourceFile,
  options: { signal?: AbortSignal | undefined },
): Promise<VideoTimes> {
  const [frame, packets] = await Promise.all([
    // AVI frames carry no time: what the decoder makes up for the first one depends on its delay.
    source.format === 'avi' ? null : firstFrame(runner, source, options),
    readPackets(runner, source, { streams: 'V:0', first: samplePackets }, options).then(
      (read) => read.packets,
      noneIfUnreadable,
    ),
  ])
  return { frame, packets: packets ?? [] }
}

const framesSchema = z.object({
  streams: z.array(z.object({ time_base: z.string() })).default([]),
  frames: z.array(z.object({ pts: z.number().optional(), best_effort_timestamp: z.number().optional() })).default([]),
})

/**
 * PTS of the first frame that comes out of the decoder: edit lists, leading pictures and reordering are accounted for,
 * which `start_time` is not (a Matroska file's is its audio's, an open GOP's is of a frame nobody sees).
 */
async function firstFrame(
  runner: FfmpegRunner,
  source: SourceFile,
  options: { signal?: AbortSignal | undefined },
): Promise<Ticks | null> {
  const entries = 'stream=time_base:frame=pts,best_effort_timestamp'
  const args = ['-select_streams', 'V:0', '-read_intervals', '%+#1', '-show_entries', entries, '-of', 'json']
  const json = await runner.probe([...args, ...inputArgs(source)], options).catch(noneIfUnreadable)
  if (json === null) return null
  const { streams, frames } = framesSchema.parse(JSON.parse(json))
  const timebase = parseRational(streams[0]?.time_base)
  const pts = frames[0]?.pts ?? frames[0]?.best_effort_timestamp
  return timebase === null || pts === undefined ? null : ticksFromPts(pts, timebase)
}

/** A codec that this build cannot decode, or a broken first frame; when it is more, the headers' probe says so too. */
function noneIfUnreadable(error: unknown): null {
  if (error instanceof FfmpegError && error.code === 'ffmpeg/failed') return null
  throw error
}

/**
 * Where video begins whose first picture is not known: its earliest packet, or, when packets carry no time, what
 * ffprobe says (for AVI the right one). Null when there is no packet at all. Pure.
 */
export function firstPacketTime(packets: readonly Packet[], said: Ticks | null): Ticks | null {
  if (packets.length === 0) return null
  const shown = packets.flatMap(({ pts, dts, discarded }) => {
    const time = pts ?? dts
    return time === null || discarded ? [] : [time]
  })
  return shown.length === 0 ? (said ?? 0) : Math.min(...shown)
}

/** The earliest time of each stream, by index. Packets that only feed the decoder do not count. Pure. */
export function earliestTimes(packets: readonly Packet[]): Map<number, Ticks> {
  const earliest = new Map<number, Ticks>()
  for (const { streamIndex, pts, dts, discarded } of packets) {
    const time = pts ?? dts
    if (time === null || discarded) continue
    earliest.set(streamIndex, Math.min(time, earliest.get(streamIndex) ?? time))
  }
  return earliest
}

/**
 * Whether pictures come at uneven distances: more than one in twenty is off the usual distance by more than a quarter
 * (and by more than the 2 ms that containers with milliseconds round by). Pure; false when there is too little to see.
 */
export function isUneven(packets: readonly Packet[]): boolean {
  const times = packets.flatMap(({ pts }) => (pts === null ? [] : [pts])).sort((a, b) => a - b)
  // The last ones may lack a neighbour that is decoded later.
  const steps = times.slice(1, -4).map((time, i) => time - (times[i] ?? time))
  if (steps.length < 8) return false
  const usual = steps.toSorted((a, b) => a - b)[Math.floor(steps.length / 2)] ?? 0
  const tolerance = Math.max(usual / 4, TICKS_PER_SECOND / 500)
  return steps.filter((step) => Math.abs(step - usual) > tolerance).length * 20 > steps.length
}
