import { TICKS_PER_SECOND, type Ticks } from '../../../src-shared/domain/time.ts'
import type { DecoderSettings } from './decoder-settings.ts'
import type { Core } from './find-peaks.ts'

export interface Span {
  readonly start: Ticks
  readonly end: Ticks
  readonly peak: Ticks
}

/** Where a clip may begin well: picture cuts, and how quiet each slot is (lower is quieter; NaN where unknown). */
export interface Landmarks {
  /** In order. */
  readonly cuts: readonly Ticks[]
  readonly noise: Float32Array
}

/** A pause is this much quieter than the slot where the clip would begin otherwise, in z-scores. */
const pauseDepth = 0.5

/**
 * Gives each core its span on the timeline, best first: padded, begun at a cut or a pause, kept within the recording
 * and within the shortest and longest length, and never over a better one's span (it is trimmed, or undefined where
 * too little would be left).
 */
export function shapeSpans(
  cores: readonly Core[],
  duration: Ticks,
  landmarks: Landmarks,
  settings: DecoderSettings,
): (Span | undefined)[] {
  const taken: Span[] = []
  return cores.map((core) => {
    const span = trim(shapeSpan(core, duration, landmarks, settings), taken, duration, settings)
    if (span) taken.push(span)
    return span
  })
}

function shapeSpan(core: Core, duration: Ticks, landmarks: Landmarks, settings: DecoderSettings): Span {
  const slot = TICKS_PER_SECOND / settings.rate
  const seconds = (value: number): Ticks => Math.round(value * TICKS_PER_SECOND)
  const peak = Math.min(core.peak * slot + slot / 2, duration)
  const [coreStart, coreEnd] = [core.from * slot, (core.to + 1) * slot]
  let start = snapStart(coreStart - seconds(settings.padBefore), peak, landmarks, settings)
  let end = coreEnd + seconds(settings.padAfter)
  const missing = seconds(settings.shortest) - (end - start)
  if (missing > 0) {
    // Two thirds before: what leads to a moment explains it.
    start -= Math.round((missing * 2) / 3)
    end = start + seconds(settings.shortest)
  }
  if (end - start > seconds(settings.longest)) {
    // Around the peak, with what leads to it the longer part.
    start = Math.max(start, peak - seconds((settings.longest * 2) / 3))
    end = Math.min(end, start + seconds(settings.longest))
    start = Math.max(start, end - seconds(settings.longest))
  }
  // A clip at an edge of the recording keeps its length by reaching further inward.
  const length = Math.min(duration, end - start)
  if (end > duration) [start, end] = [duration - length, duration]
  if (start < 0) [start, end] = [0, length]
  return { start, end, peak }
}

/** The cut nearest to `start`, else the quietest slot near it if that is a pause, else `start`. */
function snapStart(start: Ticks, peak: Ticks, { cuts, noise }: Landmarks, settings: DecoderSettings): Ticks {
  const slot = TICKS_PER_SECOND / settings.rate
  const earliest = start - settings.snapEarlier * TICKS_PER_SECOND
  const latest = Math.min(start + settings.snapLater * TICKS_PER_SECOND, peak - settings.leadIn * TICKS_PER_SECOND)
  const near = (time: Ticks): number => Math.abs(time - start)
  const cut = cuts.filter((t) => t >= earliest && t <= latest).toSorted((a, b) => near(a) - near(b) || a - b)[0]
  if (cut !== undefined) return cut
  const here = noise[Math.floor(start / slot)]
  if (here === undefined || !Number.isFinite(here)) return start
  let best = { time: start, noise: here - pauseDepth }
  for (let i = Math.max(0, Math.ceil(earliest / slot)); i * slot <= latest; i++) {
    const value = noise[i]
    if (value === undefined || !Number.isFinite(value) || value > best.noise) continue
    if (value < best.noise || near(i * slot) < near(best.time)) best = { time: i * slot, noise: value }
  }
  return best.time
}

/** Cuts off what better spans cover. Undefined when that leaves less than the shortest clip, or not the peak. */
function trim(span: Span, taken: readonly Span[], duration: Ticks, settings: DecoderSettings): Span | undefined {
  let { start, end } = span
  for (const other of taken) {
    if (other.end <= start || other.start >= end) continue
    if (span.peak >= other.end) start = Math.max(start, other.end)
    else if (span.peak <= other.start) end = Math.min(end, other.start)
    else return undefined
  }
  const shortest = Math.min(settings.shortest * TICKS_PER_SECOND, duration)
  return end > start && end - start >= shortest ? { ...span, start, end } : undefined
}
