import type { MediaInfo } from '../../../src-shared/contract/media-info.ts'
import { TICKS_PER_SECOND, type Ticks } from '../../../src-shared/domain/time.ts'
import { readPackets, type Packet } from './read-packets.ts'
import type { FfmpegRunner } from './runner.ts'
import type { SourceFile } from './source-file.ts'

/** A keyframe's time on the recording's timeline. */
export interface Keyframe {
  readonly time: Ticks
  /**
   * A copy may begin here: no picture that is decoded after this one is shown before it (an open GOP's leading pictures
   * need frames that the copy would not have).
   */
  readonly clean: boolean
}

/** OBS's default gap is 4 to 8 s; the wider ones are for files that hardly have any. null: from the start. */
const windows = [12, 60, 300, null] as const

/** Beyond the wanted time, for the leading pictures of a keyframe that lies exactly there, and for rounding. */
const lookAhead: Ticks = TICKS_PER_SECOND

/**
 * The last keyframe at or before `time` (recording ticks) from which a stream copy can begin; null when there is none,
 * or the container (AVI) does not keep the times that a copy of reordered frames needs.
 */
export async function keyframeBefore(
  runner: FfmpegRunner,
  source: SourceFile,
  media: MediaInfo,
  time: Ticks,
  options: { signal?: AbortSignal | undefined } = {},
): Promise<Ticks | null> {
  const found = await keyframesNear(runner, source, media, time, options)
  return found.findLast((keyframe) => keyframe.clean && keyframe.time <= time)?.time ?? null
}

/**
 * Keyframes around `time` (recording ticks), in order: at least the nearest clean one at or before it, if the file has
 * one. Seeks; only a file with few keyframes is read further back.
 */
export async function keyframesNear(
  runner: FfmpegRunner,
  source: SourceFile,
  media: MediaInfo,
  time: Ticks,
  options: { signal?: AbortSignal | undefined } = {},
): Promise<Keyframe[]> {
  if (media.video === null || (media.container === 'avi' && media.video.bFrames)) return []
  const streams = String(media.video.streamIndex)
  let keyframes: Keyframe[] = []
  for (const seconds of windows) {
    const start = seconds === null ? null : time - seconds * TICKS_PER_SECOND
    const fromStart = start === null || start <= 0
    const query = { streams, to: time + media.origin + lookAhead, ...(fromStart ? {} : { from: start + media.origin }) }
    const { packets } = await readPackets(runner, source, query, options)
    keyframes = findKeyframes(packets, media.origin)
    if (fromStart || keyframes.some((keyframe) => keyframe.clean && keyframe.time <= time)) break
  }
  return keyframes
}

/** Pure. `packets` of one video stream, in decoding order. */
export function findKeyframes(packets: readonly Packet[], origin: Ticks): Keyframe[] {
  const keyframes: { time: Ticks; clean: boolean }[] = []
  for (const packet of packets) {
    const time = packet.pts ?? packet.dts
    if (time === null) continue
    if (packet.keyframe && !packet.discarded) keyframes.push({ time: time - origin, clean: true })
    const last = keyframes.at(-1)
    if (last !== undefined && time - origin < last.time) last.clean = false
  }
  return keyframes
}
