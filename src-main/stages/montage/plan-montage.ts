import { ClutchcutError } from '../../../src-shared/contract/errors.ts'
import type { VideoStream } from '../../../src-shared/contract/media-info.ts'
import type { Montage, MontageKind } from '../../../src-shared/contract/montage.ts'
import { placeMontage, type BeatWish, type MontageTimeline } from '../../../src-shared/domain/montage-timeline.ts'
import { presets } from '../../../src-shared/domain/preset.ts'
import { secondsFromTicks, type Rational, type Ticks } from '../../../src-shared/domain/time.ts'

/** A clip of a montage, as far as its place in it depends on it. */
export interface PlannableClip {
  readonly title: string
  readonly video: Pick<VideoStream, 'width' | 'height' | 'fps'>
  /** Of what it plays, as edited. */
  readonly length: Ticks
  /** Where that shows what it was taken for; null where it was cut out. */
  readonly peak: Ticks | null
  /** null: its packets cannot stand in another file as they are. Those of equal streams can stand beside each other. */
  readonly copy: { readonly stream: string; readonly frames: number } | null
}

/** Beats of the music, which begins with the montage and begins anew after `loop` seconds. */
export interface MusicBeats {
  readonly times: readonly number[]
  readonly loop: number
}

/** How a picture of another size is put into the frame. */
export type Fit = 'as-is' | 'scale' | 'blur'

export interface MontagePlan {
  readonly kind: MontageKind
  readonly fps: Rational
  readonly frame: { readonly width: number; readonly height: number }
  readonly clips: readonly {
    readonly fit: Fit
    /** Its pictures are copied wherever they are shown as they are. */
    readonly copies: boolean
  }[]
  /** The clip whose stream all of it fits to; null: all of it is encoded. */
  readonly match: number | null
  readonly timeline: MontageTimeline
}

/** An hour of sound is 1.4 GB of scratch files. */
const MOST_SECONDS = 3600
/** So much of an end of a clip may go for the sake of a beat: a little more than there is between beats. */
const MOST_TRIMMED_SECONDS = 1
/** Before and behind a peak nothing is taken; and so much of a clip stays in any case. */
const [AROUND_PEAK_SECONDS, LEAST_SECONDS] = [0.75, 1.5]
/** Shapes that differ less than that are the same to the eye. */
const SAME_SHAPE = 0.01

/**
 * Decides how clips become one file: its frame and rate (landscape: those of the largest picture and the fastest clip),
 * which stream everything is made to fit to, so that as much as possible is copied, and where each clip lies. Pure.
 * @throws ClutchcutError `usage` where it would be too long.
 */
export function planMontage(
  { clips: asked, music }: Pick<Montage, 'clips' | 'music'>,
  clips: readonly PlannableClip[],
  kind: MontageKind,
  beats: MusicBeats | null,
): MontagePlan {
  const preset = presets[kind]
  const fps = fastest(clips, preset.mostFps ?? Number.POSITIVE_INFINITY)
  const frame = preset.frame ?? largest(clips)
  const copyable = clips.map(({ copy, video }) => {
    const fits = preset.frame === null && isSameSize(video, frame) && isSameRate(video.fps, fps)
    return fits ? copy : null
  })
  const stream = commonest(copyable)
  const rate = fps.num / fps.den
  const placed = clips.map(({ title, length, peak, copy }, i) => {
    const copies = stream !== null && copyable[i]?.stream === stream
    const frames = copies && copy !== null ? copy.frames : Math.max(1, Math.round(secondsFromTicks(length) * rate))
    const { card, transition } = asked[i]!
    return {
      title,
      frames,
      peak: peak === null ? null : Math.min(frames - 1, Math.floor(secondsFromTicks(peak) * rate)),
      card: card === null ? 0 : Math.max(1, Math.round(card.seconds * rate)),
      fade: transition.kind === 'cut' ? 0 : Math.round(transition.seconds * rate),
    }
  })
  const most = placed.reduce((sum, { frames, card }) => sum + frames + card, 0)
  if (most / rate > MOST_SECONDS) {
    throw new ClutchcutError(
      'usage',
      `These clips last ${Math.ceil(most / rate / 60)} minutes in all; a montage may be an hour long. Take fewer of them.`,
    )
  }
  const wish = music?.alignBeats === true && beats !== null ? wishOf(beats, rate, most) : null
  return {
    kind,
    fps,
    frame,
    clips: clips.map(({ video }, i) => ({
      fit: isSameSize(video, frame) ? 'as-is' : isSameShape(video, frame) ? 'scale' : 'blur',
      copies: stream !== null && copyable[i]?.stream === stream,
    })),
    match: stream === null ? null : copyable.findIndex((copy) => copy?.stream === stream),
    timeline: placeMontage(placed, wish),
  }
}

function wishOf({ times, loop }: MusicBeats, rate: number, frames: number): BeatWish {
  const rounds = loop > 0 ? Math.ceil(frames / rate / loop) : 1
  const all = Array.from({ length: rounds }, (_, round) => times.map((time) => (time + round * loop) * rate)).flat()
  const inPictures = (seconds: number): number => Math.round(seconds * rate)
  return {
    beats: all.filter((beat) => beat <= frames),
    most: inPictures(MOST_TRIMMED_SECONDS),
    aroundPeak: inPictures(AROUND_PEAK_SECONDS),
    least: inPictures(LEAST_SECONDS),
  }
}

/** What recorders and cameras write; measured rates are a little off. */
const rates: readonly Rational[] = [
  ...[24, 25, 30, 48, 50, 60, 72, 75, 90, 100, 120, 144].map((num) => ({ num, den: 1 })),
  ...[24_000, 30_000, 60_000, 120_000].map((num) => ({ num, den: 1001 })),
]

function fastest(clips: readonly PlannableClip[], most: number): Rational {
  const wanted = Math.min(most, Math.max(...clips.map(({ video: { fps } }) => fps.num / fps.den)))
  const off = ({ num, den }: Rational): number => Math.abs(Math.log(num / den / wanted))
  const usual = rates.filter(({ num, den }) => num / den <= most)
  return usual.reduce((best, one) => (off(one) < off(best) ? one : best), usual[0]!)
}

function largest(clips: readonly PlannableClip[]): { width: number; height: number } {
  const { width, height } = clips
    .map(({ video }) => video)
    .reduce((best, one) => (one.width * one.height > best.width * best.height ? one : best))
  const even = (length: number): number => Math.max(2, 2 * Math.floor(length / 2))
  return { width: even(width), height: even(height) }
}

/** Which of the streams most pictures could be copied from. */
function commonest(copyable: readonly PlannableClip['copy'][]): string | null {
  const frames = new Map<string, number>()
  for (const copy of copyable) if (copy !== null) frames.set(copy.stream, (frames.get(copy.stream) ?? 0) + copy.frames)
  return (
    [...frames].reduce<[string, number] | null>(
      (most, one) => (most === null || one[1] > most[1] ? one : most),
      null,
    )?.[0] ?? null
  )
}

function isSameSize(a: { width: number; height: number }, b: { width: number; height: number }): boolean {
  return a.width === b.width && a.height === b.height
}

function isSameShape(a: { width: number; height: number }, b: { width: number; height: number }): boolean {
  return Math.abs(Math.log((a.width * b.height) / (a.height * b.width))) <= SAME_SHAPE
}

function isSameRate(a: Rational, b: Rational): boolean {
  return Math.abs((a.num * b.den) / (a.den * b.num) - 1) < 0.0005
}
