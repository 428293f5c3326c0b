import {
  pictureCurves,
  slotOf,
  startOfSlot,
  TICKS_PER_SLOT,
  type PictureCurveId,
} from '../../../src-shared/domain/signal.ts'
import { TICKS_PER_SECOND, type Ticks } from '../../../src-shared/domain/time.ts'
import type { MeasuredCurve } from './measured-curve.ts'
import { createPictureMeter, type PictureFacts } from './picture.ts'

/** Between keyframes up to this far apart the picture is taken to change evenly: OBS's automatic
 * interval is 8.3 s at 30 fps, and ten seconds are the longest that recorders offer (with half a second for what muxers
 * do to it).
 */
export const LONGEST_NORMAL_GAP: Ticks = 10.5 * TICKS_PER_SECOND
/** In a longer gap a picture still speaks for so much to either side. */
const reach = LONGEST_NORMAL_GAP / 2

export interface PictureRecord extends PictureFacts {
  readonly time: Ticks
}

/** Finds out where in (from, to] the scene changed, when something finer than the pictures knows; else null. */
export type CutLocator = (from: Ticks, to: Ticks) => Ticks | null

/** Keeps what was measured of each picture: a few numbers for at most four pictures a second. */
export class PictureTrack {
  private readonly meter = createPictureMeter()
  private readonly records: PictureRecord[] = []

  /** False where the picture's time is not believed. */
  push(time: Ticks, rgb: Uint8Array): boolean {
    const facts = this.meter.measure(rgb)
    // Frames out of a decoder are in order; a file whose clock was set back says otherwise, and is not believed.
    const last = this.records.at(-1)
    if (last !== undefined && time <= last.time) return false
    this.records.push({ time, ...facts })
    return true
  }

  /** Pictures decoded afterwards, a run of them; the first one only serves the others as the picture before. */
  insert(run: readonly PictureRecord[]): void {
    const known = new Set(this.records.map(({ time }) => time))
    for (const record of run.slice(1)) if (!known.has(record.time)) this.records.push(record)
    this.records.sort((a, b) => a.time - b.time)
  }

  get all(): readonly PictureRecord[] {
    return this.records
  }

  cuts(locate: CutLocator): Ticks[] {
    return findCuts(this.records, locate)
  }

  curves(slots: number, cuts: readonly Ticks[]): Record<PictureCurveId, MeasuredCurve> {
    return spreadPictures(this.records, slots, cuts)
  }
}

/** Pictures to either side among which a change must stand out. */
const neighbours = 30

/**
 * A scene changes where the histogram's distance is large, and at least twice as large as usual around here: in a fast
 * game every keyframe differs from the one before.
 */
export function findCuts(records: readonly PictureRecord[], locate: CutLocator): Ticks[] {
  const cuts: Ticks[] = []
  for (let i = 1; i < records.length; i++) {
    const { time, histogram, blocks } = records[i]!
    if (!(histogram >= 0.4) || !(blocks >= 0.04)) continue
    const around = records
      .slice(Math.max(1, i - neighbours), i + neighbours + 1)
      .map((record) => record.histogram)
      .toSorted((a, b) => a - b)
    // With fewer there is no "usual".
    const usual = around.length < 5 ? 0 : around[around.length >> 1]!
    if (histogram >= 2 * usual) cuts.push(locate(records[i - 1]!.time, time) ?? time)
  }
  return cuts
}

const levels = ['luma', 'variance', 'saturation', 'red'] as const
const changes = ['histogram', 'blocks'] as const

/**
 * Puts the pictures on the 2 Hz grid. Levels run straight from one picture to the next; changes happened somewhere since
 * the picture before and hold for all that time. Several pictures in a slot: the strongest counts, except for
 * brightness, contrast and saturation, where it is the mean.
 */
export function spreadPictures(
  records: readonly PictureRecord[],
  slots: number,
  cuts: readonly Ticks[],
): Record<PictureCurveId, MeasuredCurve> {
  const curves = Object.fromEntries(
    pictureCurves.map(({ id }) => [id, { values: new Float32Array(slots), valid: new Uint8Array(slots) }]),
  ) as Record<PictureCurveId, MeasuredCurve>
  const middle = (slot: number): Ticks => startOfSlot(slot) + TICKS_PER_SLOT / 2

  let next = 0
  for (let slot = 0; slot < slots; slot++) {
    const first = next
    while (next < records.length && slotOf(records[next]!.time) <= slot) next += 1
    const before = records[first - 1]
    const after = records[next]
    if (next > first) {
      for (const name of levels) put(curves[`picture.${name}`], slot, inSlot(records, first, next, name))
      continue
    }
    const time = middle(slot)
    if (before !== undefined && after !== undefined && after.time - before.time <= LONGEST_NORMAL_GAP) {
      const share = (time - before.time) / (after.time - before.time)
      for (const name of levels) {
        put(curves[`picture.${name}`], slot, before[name] + share * (after[name] - before[name]))
      }
      continue
    }
    const held =
      before !== undefined && time - before.time <= reach
        ? before
        : after !== undefined && after.time - time <= reach
          ? after
          : undefined
    if (held) for (const name of levels) put(curves[`picture.${name}`], slot, held[name])
  }

  for (let i = 1; i < records.length; i++) {
    const [from, to] = [records[i - 1]!, records[i]!]
    if (to.time - from.time > LONGEST_NORMAL_GAP) continue
    const last = Math.min(slots - 1, slotOf(to.time))
    for (let slot = Math.max(0, slotOf(from.time) + (i === 1 ? 0 : 1)); slot <= last; slot++) {
      for (const name of changes) put(curves[`picture.${name}`], slot, to[name])
    }
    // Two pictures within one slot: the larger change counts.
    if (last === slotOf(from.time) && last >= 0) {
      for (const name of changes) {
        const curve = curves[`picture.${name}`]
        put(curve, last, Math.max(curve.values[last]!, to[name]))
      }
    }
  }

  const cut = curves['picture.cut']
  cut.valid.set(curves['picture.histogram'].valid)
  for (const time of cuts) {
    const slot = slotOf(time)
    if (slot >= 0 && slot < slots) put(cut, slot, 1)
  }
  return curves
}

/** The mean, or for red the strongest, of the pictures from `first` up to `next`. */
function inSlot(records: readonly PictureRecord[], first: number, next: number, name: (typeof levels)[number]): number {
  let sum = 0
  let most = 0
  for (let i = first; i < next; i++) {
    const value = records[i]![name]
    sum += value
    if (value > most) most = value
  }
  return name === 'red' ? most : sum / (next - first)
}

function put(curve: MeasuredCurve, slot: number, value: number): void {
  if (!Number.isFinite(value)) return
  curve.values[slot] = value
  curve.valid[slot] = 1
}
