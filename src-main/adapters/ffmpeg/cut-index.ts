import type { MediaInfo } from '../../../src-shared/contract/media-info.ts'
import type { CutIndex } from '../../../src-shared/domain/render-plan.ts'
import { TICKS_PER_SECOND, ticksPerFrame, type Ticks } from '../../../src-shared/domain/time.ts'
import { readPackets, type Packet } from './read-packets.ts'
import type { FfmpegRunner } from './runner.ts'
import type { SourceFile } from './source-file.ts'

/**
 * Reads the packets of a span: by seeking, its cost grows with the span and not with the file. Null where the container
 * does not say when pictures are due (AVI), or nothing is shown in the span.
 */
export async function readCutIndex(
  runner: FfmpegRunner,
  source: SourceFile,
  media: MediaInfo,
  span: { start: Ticks; end: Ticks },
  options: { signal?: AbortSignal | undefined } = {},
): Promise<CutIndex | null> {
  const { video, origin } = media
  if (video === null) return null
  // Some demuxers land behind the time (TS), or behind a keyframe that an edit list hides (MP4).
  for (const margin of [1, 12, null]) {
    const from = span.start - (margin ?? 0) * TICKS_PER_SECOND
    const query = {
      streams: String(video.streamIndex),
      ...(margin === null || from < TICKS_PER_SECOND ? {} : { from: from + origin }),
      to: span.end + origin + TICKS_PER_SECOND,
    }
    const { packets } = await readPackets(runner, source, query, options)
    const shifted = packets.map((packet) => ({ ...packet, pts: packet.pts === null ? null : packet.pts - origin }))
    const reachesBack = shifted.some(({ pts }) => pts !== null && pts <= span.start)
    if (reachesBack || query.from === undefined) {
      return findCuts(shifted, span, ticksPerFrame(video.fps), video.codec === 'hevc')
    }
  }
  return null
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
  if (shown.length === 0) return null
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
