import type { KeptPictures } from '../../../src-shared/domain/score.ts'
import { PICTURE_BYTES } from '../../../src-shared/domain/signal.ts'
import { TICKS_PER_SECOND, type Ticks } from '../../../src-shared/domain/time.ts'
import { isDissolve, measurePicture, scorePicture } from './measure-picture.ts'

/** A moment: a segment or a clip. */
export interface Moment {
  readonly start: Ticks
  readonly end: Ticks
  readonly peak: Ticks
}

export interface FrameDeps {
  readonly pictures: KeptPictures
  /** Scene changes. */
  readonly cuts: readonly Ticks[]
  /**
   * Decodes from `from` (exclusive `to`) and shows a picture (I420 of 160×90) every so often; what is passed is
   * overwritten afterwards. May show earlier ones too. null: nothing may be decoded.
   */
  readonly decode:
    | ((
        range: { from: Ticks; to: Ticks; every: Ticks },
        onFrame: (time: Ticks, i420: Uint8Array) => void,
        options: { signal: AbortSignal },
      ) => Promise<void>)
    | null
}

export interface ChosenFrame {
  readonly time: Ticks
  /** 0 to 1. */
  readonly score: number
  readonly from: 'kept' | 'decoded'
}

/** So far from the peak a picture counts half. */
const halfDistance = 6 * TICKS_PER_SECOND
/**
 * A kept picture that is this good at its distance needs no competition: decoding others costs several times as much
 * as fetching one keyframe does. Recorders write a keyframe every four or eight seconds, so one is near enough.
 */
const goodEnough = 0.25
/** Pictures beside each other, for what is said of one to hold for the other. */
const near = 3 * TICKS_PER_SECOND
/** Pictures this near to the peak are decoded otherwise, eight a second. */
const decodedAround = 1.5 * TICKS_PER_SECOND
const every = TICKS_PER_SECOND / 8
/** Recorders and editors need some frames for a transition, and viewers to see what is new. */
const cutDistance = 0.25 * TICKS_PER_SECOND
const atCut = 0.4
/** Beside a black or white one it may be half faded. */
const besideBlank = 0.2
/** Looked at on either side of the peak: two minutes of keyframes are enough for the longest moment. */
const mostKept = 60
/** Files whose keyframes are minutes apart are not worth the wait. */
const decodeLimitMs = 10_000

/**
 * The frame of a moment that shows it best: sharp and colourful, near the peak, not black or white, not in a
 * transition. The pictures that the analysis kept come first, because they cost nothing; only where none of them is good
 * and near are some frames around the peak decoded. null where there is no picture at all, or only blank ones.
 * @throws the signal's reason; what `pictures` throws.
 */
export async function chooseFrame(
  deps: FrameDeps,
  moment: Moment,
  { signal }: { signal: AbortSignal },
): Promise<ChosenFrame | null> {
  const kept = await bestKept(deps, moment, signal)
  if ((kept !== null && kept.score >= goodEnough) || deps.decode === null) return kept
  const decoded = await bestDecoded(deps, moment, signal)
  return decoded !== null && (kept === null || decoded.score > kept.score) ? decoded : kept
}

async function bestKept(deps: FrameDeps, moment: Moment, signal: AbortSignal): Promise<ChosenFrame | null> {
  const { times } = deps.pictures
  const inside = times.flatMap((time, i) => (time >= moment.start && time < moment.end ? [i] : []))
  const nearest = inside.toSorted((a, b) => Math.abs(times[a]! - moment.peak) - Math.abs(times[b]! - moment.peak))
  let best: ChosenFrame | null = null
  for (const i of nearest.slice(0, mostKept)) {
    signal.throwIfAborted()
    const time = times[i]!
    // Sorted by distance: no farther one can be better than this.
    if (best !== null && nearness(time, moment) <= best.score) break
    const score = scoreAt(deps, moment, time, await deps.pictures.read(i, 1))
    if (score <= (best?.score ?? 0)) continue
    const share = (await isBesideBlank(deps.pictures, i)) ? besideBlank : 1
    best = better(best, { time, score: share * score, from: 'kept' })
  }
  return best
}

async function isBesideBlank({ times, read }: KeptPictures, index: number): Promise<boolean> {
  for (const other of [index - 1, index + 1]) {
    const time = times[other]
    if (time === undefined || Math.abs(time - times[index]!) > near) continue
    if (scorePicture(measurePicture(await read(other, 1))) === 0) return true
  }
  return false
}

async function bestDecoded(deps: FrameDeps, moment: Moment, signal: AbortSignal): Promise<ChosenFrame | null> {
  const from = Math.max(moment.start, moment.peak - decodedAround)
  const to = Math.min(moment.end, moment.peak + decodedAround)
  // The last three, to know a transition from what is on either side of it.
  const recent: { time: Ticks; picture: Uint8Array }[] = []
  let best: ChosenFrame | null = null
  const judge = (index: number): void => {
    const at = recent[index]
    if (at === undefined) return
    const [before, after] = [recent[index - 1], recent[index + 1]]
    if (before && after && isDissolve(before.picture, at.picture, after.picture)) return
    best = better(best, { time: at.time, score: scoreAt(deps, moment, at.time, at.picture), from: 'decoded' })
  }
  const onFrame = (time: Ticks, i420: Uint8Array): void => {
    if (time < from || time >= to) return
    const reused = recent.length === 3 ? recent.shift()!.picture : new Uint8Array(PICTURE_BYTES)
    reused.set(i420)
    recent.push({ time, picture: reused })
    judge(recent.length - 2)
  }
  const limit = AbortSignal.timeout(decodeLimitMs)
  await deps.decode!({ from, to, every }, onFrame, { signal: AbortSignal.any([signal, limit]) }).catch(() => {
    // What was seen until then is good enough; whoever fetches the frame hears of a recording that cannot be read.
    signal.throwIfAborted()
  })
  judge(recent.length - 1)
  return best
}

function scoreAt({ cuts }: FrameDeps, moment: Moment, time: Ticks, picture: Uint8Array): number {
  const score = scorePicture(measurePicture(picture)) * nearness(time, moment)
  return cuts.some((cut) => Math.abs(cut - time) < cutDistance) ? atCut * score : score
}

function nearness(time: Ticks, { peak }: Moment): number {
  return 1 / (1 + ((time - peak) / halfDistance) ** 2)
}

function better(best: ChosenFrame | null, one: ChosenFrame): ChosenFrame | null {
  return one.score > (best?.score ?? 0) ? one : best
}
