import type { Reason } from '../../../src-shared/contract/segment.ts'
import type { Rational, Ticks } from '../../../src-shared/domain/time.ts'
import { frameFromTicks, parseTimecode, usesDropFrame } from '../../../src-shared/domain/timecode.ts'
import { atSpeed, changeRate } from './frame-rates.ts'
import type { HandOff, HandOffClip } from './hand-off.ts'
import { placeCaptions, placeMarkers, placeReframe } from './place-inside.ts'
import { placeSources, type TimelineSource } from './place-sources.ts'

export type { TimelineSource } from './place-sources.ts'

/**
 * One cut. `in`, `out` (exclusive) and everything inside count frames of the source from its first one; `start` and
 * `end` (exclusive) frames of the timeline from its first one.
 */
export interface TimelineClip {
  source: TimelineSource
  isFirstOfSource: boolean
  title: string
  in: number
  out: number
  start: number
  end: number
  /** How fast it passes. */
  speed: number
  /** The clip's own times, before they were put on frames. */
  asked: { start: Ticks; end: Ticks; peak: Ticks | null }
  score: number
  reasons: readonly Reason[]
  tags: readonly string[]
  markers: readonly { at: number; name: string; note: string }[]
  captions: readonly { from: number; to: number; text: string }[]
  reframe: readonly { at: number; x: number; y: number; scale: number }[]
}

export interface Timeline {
  title: string
  platform: NodeJS.Platform
  /** At most 60 frames a second: what every editor's timeline can be set to. */
  rate: Rational
  dropFrame: boolean
  /** Timecode 01:00:00:00, where timelines begin, as a frame number. */
  origin: number
  length: number
  size: { width: number; height: number }
  sampleRate: number
  language: string
  sources: readonly TimelineSource[]
  clips: readonly TimelineClip[]
  /** What a person should know before trusting every frame. */
  notes: readonly string[]
}

/**
 * Puts the clips end to end on a timeline at the first recording's rate, everything in whole frames. A cut begins and
 * ends at the frame nearest to the clip's time, lasts at least one frame, and stays inside its recording.
 */
export function placeOnTimeline(handOff: HandOff): Timeline {
  const { sources, rate, notes } = placeSources(handOff)
  const dropFrame = (handOff.dropFrame ?? true) && usesDropFrame(rate)
  const clips: TimelineClip[] = []
  const shown = new Set<TimelineSource>()
  let end = 0
  for (const clip of handOff.clips) {
    const source = sources.get(clip.source.path)
    if (source === undefined) continue
    const placed = { ...placeClip(clip, source, { rate, start: end }), isFirstOfSource: !shown.has(source) }
    clips.push(placed)
    shown.add(source)
    end = placed.end
  }
  const all = [...sources.values()]
  return {
    title: handOff.title,
    platform: handOff.platform,
    rate,
    dropFrame,
    origin: parseTimecode('01:00:00:00', rate, dropFrame) ?? 0,
    length: end,
    size: handOff.frame ?? all.find(({ size }) => size !== null)?.size ?? { width: 1920, height: 1080 },
    sampleRate: all.flatMap(({ audio }) => audio)[0]?.sampleRate ?? 48_000,
    language: handOff.language ?? 'en',
    sources: all,
    clips,
    notes: [...(handOff.notes ?? []), ...notes],
  }
}

function placeClip(clip: HandOffClip, source: TimelineSource, at: { rate: Rational; start: number }) {
  const { speed = 1 } = clip
  const pace = atSpeed(source.rate, speed)
  // A frame of the timeline shows at least this many of a faster source.
  const least = changeRate(1, at.rate, pace, 'up')
  const from = Math.max(0, Math.min(frameFromTicks(clip.start, source.rate), source.frames - least))
  const to = Math.max(from + 1, Math.min(frameFromTicks(clip.end, source.rate), source.frames))
  const left = changeRate(source.frames - from, pace, at.rate, 'down')
  const length = Math.max(1, Math.min(changeRate(to - from, pace, at.rate), left))
  const within = { rate: source.rate, from, to }
  return {
    source,
    title: clip.title,
    in: from,
    out: to,
    start: at.start,
    end: at.start + length,
    speed,
    asked: { start: clip.start, end: clip.end, peak: clip.peak },
    score: clip.score,
    reasons: clip.reasons,
    tags: clip.tags,
    markers: placeMarkers(clip, within),
    captions: placeCaptions(clip.captions ?? [], within),
    reframe: placeReframe(clip.reframe ?? [], within),
  }
}

/** The timeline's frame that shows frame `at` of the clip's source. */
export function onTimeline(clip: TimelineClip, at: number, { rate }: Pick<Timeline, 'rate'>): number {
  const pace = atSpeed(clip.source.rate, clip.speed)
  return clip.start + Math.min(changeRate(at - clip.in, pace, rate), clip.end - clip.start)
}
