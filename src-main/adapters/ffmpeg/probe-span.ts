import { ClutchcutError } from '../../../src-shared/contract/errors.ts'
import type { Ticks } from '../../../src-shared/domain/time.ts'
import { readMp4 } from './read-mp4.ts'
import type { Packet, PacketStream } from './read-packets.ts'

export interface StreamSpan {
  readonly streamIndex: number
  /** First picture or sample. */
  readonly start: Ticks
  /** End of the last one. */
  readonly end: Ticks
  readonly packets: number
}

/** What a written file holds, in its own clock. */
export interface HeldSpan {
  readonly video: StreamSpan | null
  readonly audio: readonly StreamSpan[]
  /** The video's, else the earliest audio's. */
  readonly start: Ticks
  readonly end: Ticks
}

/**
 * Reads back what a clip really holds, packet by packet.
 * @throws ClutchcutError `ffmpeg/failed` when it holds nothing.
 */
export async function probeSpan(file: string): Promise<HeldSpan> {
  const { streams, packets } = await readMp4(file)
  const held = spanOf(streams, packets)
  if (held === null)
    throw new ClutchcutError('ffmpeg/failed', 'FFmpeg wrote a clip without a picture or sound.', { data: { file } })
  return held
}

/** Pure; null when there is nothing to see or hear. */
export function spanOf(streams: readonly PacketStream[], packets: readonly Packet[]): HeldSpan | null {
  const spans = streams.flatMap((stream) => {
    const span = streamSpan(stream.index, packets)
    return span === null ? [] : [{ type: stream.type, span }]
  })
  const video = spans.find(({ type }) => type === 'video')?.span ?? null
  const audio = spans.filter(({ type }) => type === 'audio').map(({ span }) => span)
  const all = video === null ? audio : [video]
  if (all.length === 0) return null
  return {
    video,
    audio,
    start: Math.min(...all.map((span) => span.start)),
    end: Math.max(...all.map((span) => span.end)),
  }
}

function streamSpan(streamIndex: number, packets: readonly Packet[]): StreamSpan | null {
  let start = Number.POSITIVE_INFINITY
  let end = Number.NEGATIVE_INFINITY
  let count = 0
  for (const packet of packets) {
    const time = packet.pts ?? packet.dts
    if (packet.streamIndex !== streamIndex || time === null || packet.discarded) continue
    start = Math.min(start, time)
    end = Math.max(end, time + packet.duration)
    count += 1
  }
  return count === 0 ? null : { streamIndex, start, end, packets: count }
}
