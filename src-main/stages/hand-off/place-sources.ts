import type { Rational } from '../../../src-shared/domain/time.ts'
import { frameFromTicks, nominalRate, parseTimecode, usesDropFrame } from '../../../src-shared/domain/timecode.ts'
import { formatRate, sameRate, timelineRate } from './frame-rates.ts'
import type { HandOff, HandOffSource, HandOffTrack } from './hand-off.ts'

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

interface PlacedSources {
  /** By path. */
  sources: ReadonlyMap<string, TimelineSource>
  /** Of the timeline: the first picture's, at most 60 frames a second. */
  rate: Rational
  /** What a person should know of them. */
  notes: readonly string[]
}

/** The recordings of a hand-off, each once. One without a picture is counted at the timeline's rate; alone, at 25. */
export function placeSources({ clips, dropFrame = true }: HandOff): PlacedSources {
  const first = clips.find(({ source }) => source.video !== null)?.source.video
  const rate = timelineRate(first ? nominalRate(first.fps).rate : { num: 25, den: 1 })
  const sources = new Map<string, TimelineSource>()
  const notes: string[] = []
  for (const { source, end } of clips) {
    const known = sources.get(source.path)
    if (known !== undefined) {
      if (source.duration === null) known.frames = Math.max(known.frames, frameFromTicks(end, known.rate))
      continue
    }
    const counted = source.video ? nominalRate(source.video.fps) : { rate, even: true }
    const placed: TimelineSource = {
      number: sources.size + 1,
      path: source.path,
      name: source.path.split(/[/\\]/).at(-1) ?? source.path,
      rate: counted.rate,
      ...timecodeOf(source, counted.rate, dropFrame),
      frames: Math.max(1, frameFromTicks(source.duration ?? end, counted.rate)),
      size: source.video && { width: source.video.width, height: source.video.height },
      audio: mutedUnderMix(source.audio),
    }
    sources.set(source.path, placed)
    notes.push(...notesOn(placed, rate, source.video !== null && (source.video.variableFrameRate || !counted.even)))
  }
  return { sources, rate, notes }
}

function notesOn(source: TimelineSource, timeline: Rational, uneven: boolean): string[] {
  const rate = formatRate(source.rate)
  return [
    ...(uneven
      ? [
          `“${source.name}” has a variable frame rate. Its times are counted at ${rate} frames a second; an editor may show a neighbouring frame.`,
        ]
      : []),
    ...(sameRate(source.rate, timeline)
      ? []
      : [
          `“${source.name}” runs at ${rate} frames a second, the timeline at ${formatRate(timeline)}: its cuts fall on the timeline’s frames.`,
        ]),
  ]
}

function timecodeOf({ timecode }: HandOffSource, rate: Rational, wanted: boolean) {
  if (timecode === null) return { origin: 0, dropFrame: wanted && usesDropFrame(rate) }
  const dropFrame = timecode.includes(';') && usesDropFrame(rate)
  return { origin: parseTimecode(timecode, rate, dropFrame) ?? 0, dropFrame }
}

/** Where one track already is the mix of the others, playing all of them would double every voice. */
function mutedUnderMix(tracks: readonly HandOffTrack[]): (HandOffTrack & { muted: boolean })[] {
  const hasMix = tracks.some(({ role }) => role === 'mix')
  return tracks.map((track) => ({ ...track, muted: hasMix && track.role !== 'mix' }))
}
