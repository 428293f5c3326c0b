/**
 * Where clips lie in a montage. All lengths and times are whole pictures at the montage's one rate, so that nothing is
 * rounded behind here.
 */
export interface TimelineClip {
  readonly title: string
  readonly frames: number
  /** What it was taken for, among its pictures; null where it is not shown. */
  readonly peak: number | null
  /** Pictures of its title card; 0 for none. */
  readonly card: number
  /** Pictures of the cross-fade that leads to it; 0: it is cut to. Of the first clip nothing is asked. */
  readonly fade: number
}

/** A run of pictures out of a card or a clip, counted in its own. */
export interface Shot {
  readonly kind: 'card' | 'clip'
  /** Which clip's. */
  readonly clip: number
  readonly from: number
  readonly to: number
}

/** What follows without a gap, in order: one shot, or one that turns into another of the same length. */
export interface TimelinePiece {
  readonly at: number
  readonly frames: number
  readonly shot: Shot
  readonly into: Shot | null
}

/** What of a clip is heard, from where on. Fades lie inside it. */
export interface TimelineSound {
  readonly clip: number
  readonly from: number
  readonly to: number
  readonly at: number
  readonly fadeIn: number
  readonly fadeOut: number
}

export interface MontageTimeline {
  readonly frames: number
  readonly pieces: readonly TimelinePiece[]
  readonly sounds: readonly TimelineSound[]
  readonly chapters: readonly { readonly at: number; readonly title: string }[]
  /** Where one clip gives way to the next. */
  readonly cuts: readonly { readonly at: number; readonly onBeat: boolean }[]
  /** What is otherwise than asked for, in sentences. */
  readonly notes: readonly string[]
}

export interface BeatWish {
  /** Pictures, as fractions: when beats are heard. In order. */
  readonly beats: readonly number[]
  /** So many pictures may be taken from an end of a clip at most. */
  readonly most: number
  /** Around its peak nothing is taken; pictures before and behind it. */
  readonly aroundPeak: number
  /** What is left of a clip at least, where it was longer. */
  readonly least: number
}

/** A cross-fade of one picture is a cut. */
const SHORTEST_FADE = 2

/**
 * Lays clips one behind the other. A cross-fade shows the end of one and the beginning of the other at once, so the
 * montage is shorter by it; where a clip or card is too short for its cross-fades, they are made shorter. With `wish`,
 * ends (then beginnings) of clips are trimmed so that each cut, or middle of a cross-fade, falls on a beat, as far as
 * that takes nothing of what a clip is about; cards are made a little longer or shorter instead. Pure.
 */
export function placeMontage(clips: readonly TimelineClip[], wish: BeatWish | null): MontageTimeline {
  const fades = fittingFades(clips)
  const notes = clips.flatMap(({ title, fade }, i) => {
    if (i === 0 || fades[i] === fade) return []
    return [
      fades[i] === 0
        ? `“${title}” is cut to: it, or what is before it, is too short for a cross-fade.`
        : shortened(title),
    ]
  })
  const pieces: TimelinePiece[] = []
  const sounds: TimelineSound[] = []
  const chapters: { at: number; title: string }[] = []
  const cuts: { at: number; onBeat: boolean }[] = []
  let at = 0
  // What of the last shot turns into the next.
  let ending: Shot | null = null
  for (const [i, clip] of clips.entries()) {
    const fade = fades[i]!
    const next = fades[i + 1] ?? 0
    const isLast = i === clips.length - 1
    const card = wish === null || clip.card === 0 ? clip.card : cardOnBeat(clip.card, at, fade + 1, wish)
    const begin = at + card
    const into = card > 0 ? 0 : fade
    const trim = wish === null || isLast ? noTrim : trimToBeat(clip, { begin, into, out: next }, wish)
    const [from, to] = [trim.head, clip.frames - trim.tail]
    chapters.push({ at, title: clip.title })
    const first: Shot = card > 0 ? { kind: 'card', clip: i, from: 0, to: card } : { kind: 'clip', clip: i, from, to }
    if (ending !== null) pieces.push({ at, frames: fade, shot: ending, into: { ...first, to: first.from + fade } })
    const rest = { ...first, from: first.from + fade }
    const end = begin + to - from
    if (card > 0) {
      pieces.push({ at: at + fade, frames: card - fade, shot: rest, into: null })
      pieces.push({
        at: begin,
        frames: to - from - next,
        shot: { kind: 'clip', clip: i, from, to: to - next },
        into: null,
      })
    } else {
      const frames = to - from - fade - next
      pieces.push({ at: at + fade, frames, shot: { ...rest, to: to - next }, into: null })
    }
    sounds.push({ clip: i, from, to, at: begin, fadeIn: into, fadeOut: next })
    ending = next > 0 ? { kind: 'clip', clip: i, from: to - next, to } : null
    if (!isLast) {
      const cut = end - next / 2
      cuts.push({ at: cut, onBeat: wish !== null && wish.beats.some((beat) => Math.abs(beat - cut) <= 1) })
    }
    at = end - next
  }
  return { frames: at, pieces, sounds, chapters, cuts, notes }
}

function shortened(title: string): string {
  return `The cross-fade to “${title}” is shorter than asked for: it, or what is before it, is too short.`
}

/** Each shot keeps a picture of its own between its cross-fades. */
function fittingFades(clips: readonly TimelineClip[]): number[] {
  const wanted = clips.map(({ fade }, i) => (i === 0 ? 0 : fade))
  return wanted.map((fade, i) => {
    if (fade === 0) return 0
    const [before, own] = [clips[i - 1]!, clips[i]!]
    const hasTwo = (first: boolean, last: number): number => (first && last > 0 ? 2 : 1)
    const roomBefore = (before.frames - 1) / hasTwo(before.card === 0 && wanted[i - 1]! > 0, fade)
    const roomOwn = own.card > 0 ? own.card - 1 : (own.frames - 1) / hasTwo(true, wanted[i + 1] ?? 0)
    const fitting = Math.floor(Math.min(fade, roomBefore, roomOwn))
    return fitting < SHORTEST_FADE ? 0 : fitting
  })
}

const noTrim = { head: 0, tail: 0 }

/** The card's length with which what follows begins on the nearest beat, if that is not far. */
function cardOnBeat(card: number, at: number, least: number, { beats, most }: BeatWish): number {
  const end = at + card
  const nearest = beats.reduce<number | null>(
    (best, beat) => (best === null || Math.abs(beat - end) < Math.abs(best - end) ? beat : best),
    null,
  )
  if (nearest === null || Math.abs(nearest - end) > most) return card
  const length = Math.round(nearest) - at
  return length < Math.max(least, card / 2) ? card : length
}

function trimToBeat(
  { frames, peak }: TimelineClip,
  { begin, into, out }: { begin: number; into: number; out: number },
  { beats, most, aroundPeak, least }: BeatWish,
): { head: number; tail: number } {
  const spare = Math.max(0, frames - Math.max(least, into + out + 1))
  // What of it is shown while it fades does not count as shown.
  const tailMost = Math.min(most, spare, peak === null ? most : frames - out - 1 - peak - aroundPeak)
  const headMost = Math.min(most, spare, peak === null ? 0 : peak - into - aroundPeak)
  const [tailRoom, headRoom] = [Math.max(0, tailMost), Math.max(0, headMost)]
  const room = Math.min(spare, tailRoom + headRoom)
  const cut = begin + frames - out / 2
  const beat = beats.findLast((time) => Math.round(cut - time) >= 0)
  if (beat === undefined) return noTrim
  const wanted = Math.round(cut - beat)
  if (wanted > room) return noTrim
  const tail = Math.min(wanted, tailRoom)
  return { tail, head: wanted - tail }
}
