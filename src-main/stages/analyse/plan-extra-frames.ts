import type { MediaInfo } from '../../../src-shared/contract/media-info.ts'
import { secondsFromTicks, TICKS_PER_SECOND, type Ticks } from '../../../src-shared/domain/time.ts'
import type { ExtraFramesRequest } from './deps.ts'
import type { KeyframeGap } from './packet-track.ts'
import { LONGEST_NORMAL_GAP } from './picture-track.ts'

/**
 * CPU seconds on an ordinary core, as measured by `npm run bench`. Only their ratios matter: they turn "at most twice
 * the cost of the bare pass" into a number of frames, so that the same recording gives the same bytes on any machine,
 * however busy it is. The floor is estimated low and the extra work high.
 */
const cost = {
  audioSecond: 0.8e-3,
  packet: 4e-6,
  keyPixel: 4e-9,
  extraPixel: 2e-9,
  /** Starting FFmpeg and seeking in a long file. */
  run: 0.12,
} as const

/** An extra picture is taken so often. */
const every: Ticks = LONGEST_NORMAL_GAP / 4
/** Decoding what leaves the recording as blind as it was is not worth doubling the time. */
const leastGain = 0.1

export interface ExtraFramesInput {
  readonly media: MediaInfo
  readonly duration: Ticks
  readonly packets: number
  readonly keyframes: number
  /** Longer than normal, in time order. */
  readonly gaps: readonly KeyframeGap[]
}

/**
 * Which stretches to decode in full where keyframes are too far apart to know the picture between them. A picture inside
 * a gap can only be had by decoding everything since its keyframe, so the shortest gaps come first (most is gained for
 * the least), and the last one may be covered in part. Nothing when the budget would clear less than a tenth of what is
 * unknown: then packets and sound must do.
 */
export function planExtraFrames(input: ExtraFramesInput): ExtraFramesRequest[] {
  const { media, gaps } = input
  if (media.video === null || gaps.length === 0) return []
  const pixels = media.video.codedWidth * media.video.codedHeight
  const seconds = secondsFromTicks(input.duration)
  const fps = seconds > 0 ? input.packets / seconds : 0
  if (fps === 0) return []
  const floor =
    seconds * media.audio.length * cost.audioSecond +
    input.packets * cost.packet +
    input.keyframes * pixels * cost.keyPixel
  const perTick = (fps * pixels * cost.extraPixel) / TICKS_PER_SECOND

  let budget = floor
  let [gained, unknown] = [0, 0]
  const requests: ExtraFramesRequest[] = []
  for (const gap of gaps) unknown += gap.to - gap.from - LONGEST_NORMAL_GAP
  for (const gap of gaps.toSorted((a, b) => a.to - a.from - (b.to - b.from) || a.from - b.from)) {
    // From the last extra picture to the next keyframe is a normal gap again.
    const wanted = gap.to - gap.from - LONGEST_NORMAL_GAP + every
    const affordable = Math.floor((budget - cost.run) / perTick)
    const length = Math.min(wanted, affordable)
    if (length < every) break
    requests.push({ from: gap.from, to: gap.from + length + 1, every })
    budget -= cost.run + length * perTick
    gained += Math.min(length, gap.to - gap.from - LONGEST_NORMAL_GAP)
  }
  return gained < leastGain * unknown ? [] : requests.toSorted((a, b) => a.from - b.from)
}
