import { TICKS_PER_SECOND, type Ticks } from '../../../src-shared/domain/time.ts'
import type { HashedPacket } from './read-frame-hashes.ts'

/** Milliseconds in Matroska round every time, and those of two files are rounded apart. */
const ROUNDING: Ticks = 0.0021 * TICKS_PER_SECOND

/**
 * Holds a joined file against the files that it was made of: of each stream the last packets of the first file, all of
 * those between, and the first of the last, none missing and none twice, at times that only grow. `clocks`: where each
 * file's clock was to begin. Returns by how much the times of each file's pictures were moved; null where something is
 * wrong. Pure.
 */
export function checkJoined(
  made: readonly (readonly HashedPacket[])[],
  files: readonly (readonly (readonly HashedPacket[])[])[],
  clocks: readonly Ticks[],
): Ticks[] | null {
  let moved: Ticks[] | null = null
  for (const [stream, packets] of made.entries()) {
    const own = split(
      packets,
      files.map((file) => file[stream] ?? []),
      clocks,
    )
    if (own === null) return null
    // The first is the picture, and sound is put back to it by less than a packet.
    moved ??= own
    if (stream > 0 && !goesOn(packets)) return null
  }
  return moved
}

/** By how much each file's packets are later here, where they are all there in turn. */
function split(
  packets: readonly HashedPacket[],
  files: readonly (readonly HashedPacket[])[],
  clocks: readonly Ticks[],
): Ticks[] | null {
  const [first, ...others] = files
  if (first === undefined) return null
  const rest = others.slice(0, -1).reduce((sum, list) => sum + list.length, 0)
  const fits = (list: readonly HashedPacket[], at: number, from: number, count: number): boolean => {
    for (let i = 0; i < count; i += 1) if (packets[at + i]?.hash !== list[from + i]?.hash) return false
    return true
  }
  let best: { moved: Ticks[]; off: Ticks } | null = null
  // How many are the first file's; a stream of silence allows many answers, and the clocks say which it is.
  for (let count = 0; count <= Math.min(first.length, packets.length); count += 1) {
    const left = packets.length - count - rest
    const last = others.at(-1) ?? []
    if (left < 0 || left > last.length || !fits(first, 0, first.length - count, count)) continue
    let at = count
    const begins: number[] = [0]
    const isWhole = others.every((list, i) => {
      const length = i === others.length - 1 ? left : list.length
      const fitting = fits(list, at, 0, length)
      begins.push(at)
      at += length
      return fitting
    })
    if (!isWhole || count === 0 || left === 0) continue
    const moved = files.map((list, i) => {
      const from = i === 0 ? first.length - count : 0
      return packets[begins[i]!]!.pts - list[from]!.pts
    })
    const off = moved.reduce((sum, by, i) => sum + Math.abs(by - moved[0]! - (clocks[i]! - clocks[0]!)), 0)
    if (best === null || off < best.off) best = { moved, off }
  }
  if (best === null) return null
  return best.off <= files.length * MOST_MOVED ? best.moved : null
}

/** A packet of sound, and what rounding adds. */
const MOST_MOVED: Ticks = 0.05 * TICKS_PER_SECOND

/** One packet after the other: where the files join, as everywhere else, none is over the one before. */
function goesOn(packets: readonly HashedPacket[]): boolean {
  return packets.every((packet, i) => {
    const before = packets[i - 1]
    return before === undefined || packet.pts - before.pts > before.duration / 2 - ROUNDING
  })
}
