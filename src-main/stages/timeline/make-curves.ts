import type { Curves, CurvesRequest } from '../../../src-shared/contract/curves.ts'
import { curveGroup, curveName, signalName, type NamedTrack } from '../../../src-shared/domain/signal-names.ts'
import { slotOf, startOfSlot, slotsOf, TICKS_PER_SLOT, type SignalCurve } from '../../../src-shared/domain/signal.ts'

export interface CurvesInput {
  /** Two values a second; empty where there are none. */
  readonly scores: ArrayLike<number>
  readonly threshold: number
  readonly curves: readonly SignalCurve[]
  readonly tracks: readonly NamedTrack[]
}

/** Lowest and highest value of each bucket, null where nothing is known. */
interface Buckets {
  readonly low: (number | null)[]
  readonly high: (number | null)[]
}

/** A stretch of a recording's curves in at most so many buckets. Pure. */
export function makeCurves(
  { scores, threshold, curves, tracks }: CurvesInput,
  { from, to, points, signals, as }: Pick<CurvesRequest, 'from' | 'to' | 'points' | 'signals' | 'as'>,
): Curves {
  const first = Math.max(0, slotOf(from))
  const slots = Math.max(1, slotsOf(to) - first)
  const each = Math.ceil(slots / points)
  const count = Math.ceil(slots / each)
  const gather = (valueAt: (slot: number) => number | null): Buckets => gatherBuckets(valueAt, first, each, count)
  const wanted = signals && new Set(signals)
  return {
    from: startOfSlot(first),
    step: each * TICKS_PER_SLOT,
    score: scores.length === 0 ? { low: [], high: [] } : gather((slot) => scores[slot] ?? null),
    threshold,
    curves: curves.flatMap((curve) => {
      const { id, track, unit, valid } = curve
      const signal = signalName(id, track)
      if (wanted?.has(signal) === false) return []
      const values = as === 'unusual' ? curve.z : curve.values
      const known = gather((slot) => (valid[slot] === 1 ? (values[slot] ?? null) : null))
      const about = { signal, name: curveName(id, track, tracks), group: curveGroup(id), track }
      return [{ ...about, unit: as === 'unusual' ? 'spreads' : unit, ...known }]
    }),
  }
}

function gatherBuckets(valueAt: (slot: number) => number | null, first: number, each: number, count: number): Buckets {
  const low: (number | null)[] = []
  const high: (number | null)[] = []
  for (let bucket = 0; bucket < count; bucket += 1) {
    let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
    const start = first + bucket * each
    for (let slot = start; slot < start + each; slot += 1) {
      const value = valueAt(slot)
      if (value === null || !Number.isFinite(value)) continue
      if (value < least) least = value
      if (value > most) most = value
    }
    const known = most >= least
    low.push(known ? short(least) : null)
    high.push(known ? short(most) : null)
  }
  return { low, high }
}

/** Four digits are more than can be drawn, and short in JSON. */
function short(value: number): number {
  return Number(value.toPrecision(4))
}
