import type { MediaInfo } from '../../../src-shared/contract/media-info.ts'
import type { CutIndex } from '../../../src-shared/domain/render-plan.ts'
import { TICKS_PER_SECOND, ticksPerFrame, type Ticks } from '../../../src-shared/domain/time.ts'
import { readPackets, type Packet } from './read-packets.ts'
import type { FfmpegRunner } from './runner.ts'
import type { SourceFile } from './source-file.ts'

/** A decoder holds no more pictures back than this (H.264 and HEVC). */
const MOST_REORDERED = 16

/** How much more is read to either side, where less was not enough; null is all there is. */
const MARGINS = [1, 12, 60, null] as const

/**
 * Reads the packets of a span: by seeking, its cost grows with the span and not with the file. Null where the container
 * does not say when pictures are due (AVI), or there are none anywhere near.
 */
export async function readCutIndex(
  runner: FfmpegRunner,
  source: SourceFile,
  media: MediaInfo,
  span: { start: Ticks; end: Ticks },
  options: { signal?: AbortSignal | undefined } = {},
): Promise<CutIndex | null> {
  const { video, origin, duration } = media
  if (video === null) return null
  const frame = ticksPerFrame(video.fps)
  const marginAt = (step: number): Ticks => {
    const seconds = MARGINS[step]
    const least = (MOST_REORDERED + 1) * frame
    return seconds == null ? Number.POSITIVE_INFINITY : Math.max(seconds * TICKS_PER_SECOND, least)
  }
  let [before, after] = [0, 0]
  for (;;) {
    const [from, to] = [span.start - marginAt(before), span.end + marginAt(after)]
    const query = {
      streams: String(video.streamIndex),
      ...(from < TICKS_PER_SECOND ? {} : { from: from + origin }),
      ...(Number.isFinite(to) && { to: to + origin }),
    }
    const { packets } = await readPackets(runner, source, query, options)
    const shift = (time: Ticks | null): Ticks | null => (time === null ? null : time - origin)
    const shifted = packets.map((packet) => ({ ...packet, pts: shift(packet.pts), dts: shift(packet.dts) }))
    const isTimed = packets.length === 0 || packets.some(({ pts }) => pts !== null)
    // Some demuxers land behind the time (TS), or behind a keyframe that an edit list hides (MP4).
    const lacksStart = isTimed && query.from !== undefined && !holdsAllFrom(shifted, span.start)
    const isToEnd = query.to === undefined || (duration !== null && to > duration + frame)
    const lacksEnd = isTimed && !isToEnd && !holdsAllUpTo(shifted, span.end)
    if (!lacksStart && !lacksEnd) return findCuts(shifted, span, frame, video.codec === 'hevc')
    before += lacksStart ? 1 : 0
    after += lacksEnd ? 1 : 0
  }
}

/**
 * Whether packets, read from somewhere on, are all that is shown from `start` on. At a keyframe none before it is shown
 * behind it. Elsewhere (TS lands anywhere) a picture may have been decoded before and be shown only now: those left out
 * are shown no later after they were decoded than the others. Pure.
 */
export function holdsAllFrom(packets: readonly Packet[], start: Ticks): boolean {
  const [first] = packets
  if (first === undefined || first.pts === null) return false
  if (first.keyframe) return first.pts <= start
  if (first.dts === null) return false
  const delay = packets.reduce((most, { pts, dts }) => Math.max(most, pts === null || dts === null ? 0 : pts - dts), 0)
  return first.dts + delay <= start
}

/**
 * Whether packets, read up to somewhere, are all that is shown before `end`: what comes behind them is decoded later than
 * the last, and shown later still. ffprobe ends with the first one that is shown late enough, others may follow. Pure.
 */
export function holdsAllUpTo(packets: readonly Packet[], end: Ticks): boolean {
  const last = packets.findLast(({ dts }) => dts !== null)
  return last?.dts != null && last.dts >= end
}

/**
 * Pure. `packets` of one video stream in decoding order, times on the recording's timeline; `frame` is the length of a
 * picture whose packet does not say. `leading`: a copy may begin with a keyframe whose leading pictures are left out,
 * which HEVC allows (nothing behind them needs them) and H.264 does not.
 */
export function findCuts(
  packets: readonly Packet[],
  span: { start: Ticks; end: Ticks },
  frame: Ticks,
  leading: boolean,
): CutIndex | null {
  // Milliseconds in Matroska and FLV: a picture may be written down half a unit before its time.
  const tolerance = Math.min(TICKS_PER_SECOND / 1000, frame / 4)
  const [start, end] = [span.start - tolerance, span.end - tolerance]
  const timed: (Packet & { pts: Ticks })[] = []
  for (const packet of packets) {
    if (packet.pts === null) return null
    if (!packet.discarded) timed.push({ ...packet, pts: packet.pts })
  }
  const shown = timed.filter(({ pts }) => pts >= start && pts < end).sort((a, b) => a.pts - b.pts)
  // One picture is held while the clip goes by.
  if (shown.length === 0) return timed.length === 0 ? null : { frames: [], entries: [], exits: [] }
  const frames = shown.map(({ pts, duration }, i) => ({
    time: pts,
    end: shown[i + 1]?.pts ?? pts + (duration > 0 ? duration : frame),
  }))
  const lastEnd = frames.at(-1)!.end
  // The earliest picture from each packet on.
  const earliest: number[] = []
  for (let i = timed.length - 1; i >= 0; i -= 1) {
    earliest[i] = Math.min(timed[i]!.pts, earliest[i + 1] ?? Number.POSITIVE_INFINITY)
  }
  const entries: Ticks[] = []
  const exits: Ticks[] = []
  let latest = Number.NEGATIVE_INFINITY
  for (const [i, { pts, keyframe }] of timed.entries()) {
    const rest = earliest[i]!
    if (keyframe && pts >= start && pts < end && (leading || rest === pts)) entries.push(pts)
    if (latest < rest && latest >= start && rest <= lastEnd + tolerance) exits.push(Math.min(rest, lastEnd))
    latest = Math.max(latest, pts)
  }
  if (latest < end && exits.at(-1) !== lastEnd) exits.push(lastEnd)
  return { frames, entries, exits }
}
