import type { Reason } from '../../../src-shared/contract/segment.ts'
import { rescale, type Rational, type Ticks } from '../../../src-shared/domain/time.ts'
import { frameFromTicks, nominalRate, parseTimecode, usesDropFrame } from '../../../src-shared/domain/timecode.ts'
import type { HandOff, HandOffClip, HandOffSource, HandOffTrack } from './hand-off.ts'
import { placeCaptions, placeMarkers, placeReframe } from './place-inside.ts'

/** A recording, counted in frames of its own rate. */
export interface TimelineSource {
  /** From 1. */
  number: number
  path: string
  /** File name with its ending: what editors relink by. */
  name: string
  rate: Rational
  dropFrame: boolean
  /** Timecode of its first frame, as a frame number. */
  origin: number
  /** Frames that it has, or that the clips need where nobody knows. */
  frames: number
  size: { width: number; height: number } | null
  audio: readonly (HandOffTrack & { muted: boolean })[]
}

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
  /** The clip's own times, before they were put on frames. */
  asked: { start: Ticks; end: Ticks; peak: Ticks }
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

/** Used where no recording has a picture. */
const SOUND_ONLY = { rate: { num: 25, den: 1 }, size: { width: 1920, height: 1080 } }

/**
 * Puts the clips end to end on a timeline at the first recording's rate, everything in whole frames. A cut begins and
 * ends at the frame nearest to the clip's time, lasts at least one frame, and stays inside its recording.
 */
export function placeOnTimeline(handOff: HandOff): Timeline {
  const notes: string[] = []
  const sources = placeSources(handOff.clips, notes)
  const pictured = [...sources.values()].find(({ size }) => size !== null)
  const rate = timelineRate(pictured?.rate ?? SOUND_ONLY.rate)
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
  for (const source of sources.values()) {
    if (source.size === null || sameRate(source.rate, rate)) continue
    notes.push(
      `“${source.name}” runs at ${fps(source.rate)} frames a second, the timeline at ${fps(rate)}: its cuts fall on the timeline’s frames.`,
    )
  }
  return {
    title: handOff.title,
    platform: handOff.platform,
    rate,
    dropFrame,
    origin: parseTimecode('01:00:00:00', rate, dropFrame) ?? 0,
    length: end,
    size: handOff.frame ?? pictured?.size ?? SOUND_ONLY.size,
    sampleRate: [...sources.values()].flatMap(({ audio }) => audio)[0]?.sampleRate ?? 48_000,
    language: handOff.language ?? 'en',
    sources: [...sources.values()],
    clips,
    notes,
  }
}

function placeClip(clip: HandOffClip, source: TimelineSource, at: { rate: Rational; start: number }) {
  const from = Math.min(frameFromTicks(clip.start, source.rate), source.frames - 1)
  const to = Math.max(from + 1, Math.min(frameFromTicks(clip.end, source.rate), source.frames))
  const length = Math.max(1, changeRate(to - from, source.rate, at.rate))
  const within = { rate: source.rate, from, to }
  return {
    source,
    title: clip.title,
    in: from,
    out: to,
    start: at.start,
    end: at.start + length,
    asked: { start: clip.start, end: clip.end, peak: clip.peak },
    score: clip.score,
    reasons: clip.reasons,
    tags: clip.tags,
    markers: placeMarkers(clip, within),
    captions: placeCaptions(clip.captions ?? [], within),
    reframe: placeReframe(clip.reframe ?? [], within),
  }
}

function placeSources(clips: readonly HandOffClip[], notes: string[]): Map<string, TimelineSource> {
  const placed = new Map<string, TimelineSource>()
  for (const { source } of clips) {
    if (placed.has(source.path)) continue
    const name = source.path.split(/[/\\]/).at(-1) ?? source.path
    const { rate, even } = source.video ? nominalRate(source.video.fps) : { rate: SOUND_ONLY.rate, even: true }
    if (source.video !== null && (source.video.variableFrameRate || !even)) {
      notes.push(
        `“${name}” has a variable frame rate. Its times are counted at ${fps(rate)} frames a second; an editor may show a neighbouring frame.`,
      )
    }
    const needed = Math.max(...clips.filter((clip) => clip.source.path === source.path).map(({ end }) => end))
    const { origin, dropFrame } = timecodeOf(source, rate)
    placed.set(source.path, {
      number: placed.size + 1,
      path: source.path,
      name,
      rate,
      dropFrame,
      origin,
      frames: Math.max(1, frameFromTicks(source.duration ?? needed, rate)),
      size: source.video && { width: source.video.width, height: source.video.height },
      audio: mutedUnderMix(source.audio),
    })
  }
  return placed
}

function timecodeOf({ timecode }: HandOffSource, rate: Rational): { origin: number; dropFrame: boolean } {
  if (timecode === null) return { origin: 0, dropFrame: usesDropFrame(rate) }
  const dropFrame = timecode.includes(';') && usesDropFrame(rate)
  return { origin: parseTimecode(timecode, rate, dropFrame) ?? 0, dropFrame }
}

/** Where one track already is the mix of the others, playing all of them would double every voice. */
function mutedUnderMix(tracks: readonly HandOffTrack[]): (HandOffTrack & { muted: boolean })[] {
  const hasMix = tracks.some(({ role }) => role === 'mix')
  return tracks.map((track) => ({ ...track, muted: hasMix && track.role !== 'mix' }))
}

/** 120, 144 and 240 become 60, 48 and 60: every frame of such a timeline is one of the source. */
function timelineRate({ num, den }: Rational): Rational {
  const share = Math.ceil(num / den / 60)
  return num % share === 0 ? { num: num / share, den } : { num, den: den * share }
}

/** The timeline's frame that shows frame `at` of the clip's source. */
export function onTimeline(clip: TimelineClip, at: number, { rate }: Pick<Timeline, 'rate'>): number {
  return clip.start + Math.min(changeRate(at - clip.in, clip.source.rate, rate), clip.end - clip.start)
}

/** A length or position in frames of one rate, in frames of the other: to the nearest. */
export function changeRate(frames: number, from: Rational, to: Rational): number {
  return rescale(frames, { num: from.den, den: from.num }, { num: to.den, den: to.num })
}

export function sameRate(a: Rational, b: Rational): boolean {
  return a.num * b.den === b.num * a.den
}

function fps({ num, den }: Rational): string {
  return String(Math.round((num / den) * 1000) / 1000)
}
