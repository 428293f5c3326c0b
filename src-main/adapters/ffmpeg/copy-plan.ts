import type { Ticks } from '../../../src-shared/domain/time.ts'
import type { Packet } from './read-packets.ts'

/** Which packets a copy takes. Times in the file's clock. */
export interface CopyPlan {
  /** The keyframe that it begins with. */
  readonly start: Ticks
  /** End of the last picture. */
  readonly end: Ticks
  /** How many packets of the video stream: an exact count ends a copy where a time cannot. */
  readonly packets: number
}

/**
 * Chooses the packets of a copy that begins with the last clean keyframe at or before `start` and ends as early as it
 * can at or after `end`. Frames are stored in decoding order, so it may only end where everything decoded so far is
 * shown before everything that follows; anywhere else, pictures would be missing near the end. Pure; null when no
 * keyframe fits. `frame` is the length of a frame whose packet does not say.
 */
export function planCopy(packets: readonly Packet[], start: Ticks, end: Ticks, frame: Ticks): CopyPlan | null {
  const timed = packets.flatMap((packet) => {
    const time = packet.pts ?? packet.dts
    return time === null ? [] : [{ ...packet, time }]
  })
  const first = lastCleanKeyframe(timed, start)
  if (first === null) return null
  const taken = timed.slice(first)
  // The earliest picture among those from each packet on.
  const earliestFrom: number[] = []
  let earliest = Number.POSITIVE_INFINITY
  for (let i = taken.length - 1; i >= 0; i -= 1) {
    earliest = Math.min(earliest, taken[i]?.time ?? earliest)
    earliestFrom[i] = earliest
  }
  let shownUntil = Number.NEGATIVE_INFINITY
  for (const [index, packet] of taken.entries()) {
    shownUntil = Math.max(shownUntil, packet.time + (packet.duration > 0 ? packet.duration : frame))
    const next = earliestFrom[index + 1] ?? Number.POSITIVE_INFINITY
    // Half a frame of tolerance: containers with milliseconds round durations up and times down.
    if (shownUntil + frame / 2 >= end && next > shownUntil - frame) {
      return { start: taken[0]?.time ?? start, end: shownUntil, packets: index + 1 }
    }
  }
  return { start: taken[0]?.time ?? start, end: shownUntil, packets: taken.length }
}

function lastCleanKeyframe(packets: readonly (Packet & { time: Ticks })[], start: Ticks): number | null {
  let best: number | null = null
  let candidate: number | null = null
  for (const [index, packet] of packets.entries()) {
    if (packet.keyframe) {
      if (candidate !== null) best = candidate
      candidate = packet.time <= start && !packet.discarded ? index : null
      if (packet.time > start) break
    } else if (candidate !== null && packet.time < (packets[candidate]?.time ?? 0)) {
      candidate = null
    }
  }
  return candidate ?? best
}
