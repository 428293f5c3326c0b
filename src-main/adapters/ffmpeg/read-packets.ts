import { secondsFromTicks, ticksFromPts, type Rational, type Ticks } from '../../../src-shared/domain/time.ts'
import { parseRational } from './ffprobe-json.ts'
import type { FfmpegRunner, ProbeOptions } from './runner.ts'
import { inputArgs, type SourceFile } from './source-file.ts'

/** One packet as the demuxer gives it; times in the file's clock. */
export interface Packet {
  readonly streamIndex: number
  /** null where the container keeps none (AVI). */
  readonly pts: Ticks | null
  readonly dts: Ticks | null
  readonly duration: Ticks
  readonly keyframe: boolean
  /** Feeds the decoder but is not shown (before an edit list's start, encoder priming). */
  readonly discarded: boolean
}

export interface PacketStream {
  readonly index: number
  readonly type: string
  readonly timebase: Rational
}

export interface PacketQuery {
  /** ffprobe's stream specifier: `V:0`, `a`, or an index. Default all. */
  readonly streams?: string
  /** In the file's clock, in ticks. The demuxer seeks to a keyframe at or before it. Default the start. */
  readonly from?: Ticks
  /** In the file's clock, in ticks. Default the end. */
  readonly to?: Ticks
  /** Only so many packets, from the start; then `from` and `to` do not count. */
  readonly first?: number
}

/**
 * Reads packet times by seeking, not by scanning: cost grows with the span, not with the file. In decoding order.
 */
export async function readPackets(
  runner: FfmpegRunner,
  source: SourceFile,
  query: PacketQuery = {},
  options: ProbeOptions = {},
): Promise<{ streams: PacketStream[]; packets: Packet[] }> {
  const { streams, from, to, first } = query
  const span = from === undefined && to === undefined ? null : `${secondsOf(from)}%${secondsOf(to)}`
  const interval = first === undefined ? span : `%+#${first}`
  const args = [
    ...(streams === undefined ? [] : ['-select_streams', streams]),
    ...(interval === null ? [] : ['-read_intervals', interval]),
    '-show_entries',
    'stream=index,codec_type,time_base:packet=stream_index,pts,dts,duration,flags',
    '-of',
    'compact',
  ]
  return parsePackets(await runner.probe([...args, ...inputArgs(source)], options))
}

/** ffprobe takes a plain decimal, negative ones included; never an exponent. */
function secondsOf(ticks: Ticks | undefined): string {
  return ticks === undefined ? '' : secondsFromTicks(ticks).toFixed(6)
}

/** Reads `-of compact`: `packet|stream_index=0|pts=1024|…`, then `stream|index=0|…`. Pure; unknown lines are skipped. */
export function parsePackets(text: string): { streams: PacketStream[]; packets: Packet[] } {
  const streams = new Map<number, PacketStream>()
  const raw: Record<string, string>[] = []
  for (const line of text.split('\n')) {
    const [section, ...pairs] = line.trim().split('|')
    const fields: Record<string, string> = {}
    for (const pair of pairs) {
      const at = pair.indexOf('=')
      if (at > 0) fields[pair.slice(0, at)] ??= pair.slice(at + 1)
    }
    if (section === 'packet') raw.push(fields)
    if (section !== 'stream') continue
    const index = Number(fields['index'])
    const timebase = parseRational(fields['time_base'])
    if (Number.isInteger(index) && timebase !== null)
      streams.set(index, { index, type: fields['codec_type'] ?? '', timebase })
  }
  const packets = raw.flatMap((fields): Packet[] => {
    const stream = streams.get(Number(fields['stream_index']))
    if (stream === undefined) return []
    const ticks = (key: string): Ticks | null => {
      const value = Number(fields[key])
      return fields[key] === undefined || !Number.isSafeInteger(value) ? null : ticksFromPts(value, stream.timebase)
    }
    const flags = fields['flags'] ?? ''
    return [
      {
        streamIndex: stream.index,
        pts: ticks('pts'),
        dts: ticks('dts'),
        duration: ticks('duration') ?? 0,
        keyframe: flags.startsWith('K'),
        discarded: flags.includes('D'),
      },
    ]
  })
  return { streams: [...streams.values()], packets }
}
