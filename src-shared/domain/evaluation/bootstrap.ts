import { averagePrecision, type Ranking } from './average-precision.ts'
import { mulberry32 } from './random.ts'

/** A mean with its 95 % percentile interval. */
export interface Interval {
  readonly mean: number
  readonly low: number
  readonly high: number
}

const resamples = 10_000
const within = [0.025, 0.975] as const

/**
 * Mean and interval over independent values (one a match), by resampling them. Values that are not defined (NaN) are left
 * out. With `groups`, whole groups are resampled: matches on one map resemble each other.
 */
export function bootstrap(values: readonly number[], groups?: readonly string[], seed = 1): Interval {
  const known = values.flatMap((value, i) =>
    Number.isFinite(value) ? [{ value, group: groups?.[i] ?? String(i) }] : [],
  )
  const units = [...Map.groupBy(known, ({ group }) => group).values()].map((members) => ({
    sum: members.reduce((sum, { value }) => sum + value, 0),
    count: members.length,
  }))
  const random = mulberry32(seed)
  const means = new Float64Array(units.length === 0 ? 0 : resamples)
  for (let i = 0; i < means.length; i++) {
    let [sum, count] = [0, 0]
    for (let k = 0; k < units.length; k++) {
      const unit = units[Math.floor(random() * units.length)]!
      sum += unit.sum
      count += unit.count
    }
    means[i] = sum / count
  }
  const mean = known.reduce((sum, { value }) => sum + value, 0) / known.length
  return { mean, ...percentiles(means) }
}

/** Paired: the interval of the mean of `a - b`, match by match. A pair of which one is not defined is left out. */
export function bootstrapDifference(
  a: readonly number[],
  b: readonly number[],
  groups?: readonly string[],
  seed = 1,
): Interval {
  return bootstrap(
    a.map((value, i) => value - b[i]!),
    groups,
    seed,
  )
}

const blockSeconds = 30
const blockResamples = 1000

/**
 * Average precision within one recording, with an interval: its pieces of 30 s are resampled, for neighbouring seconds are
 * not independent. Rough, and too narrow where moments are few.
 */
export function bootstrapSeconds(ranking: Ranking, positive: readonly boolean[], seed = 1): Interval {
  const blocks = Math.max(1, Math.ceil(positive.length / blockSeconds))
  const random = mulberry32(seed)
  const weights = new Uint32Array(positive.length)
  const drawn = new Uint32Array(blocks)
  const found: number[] = []
  for (let i = 0; i < blockResamples; i++) {
    drawn.fill(0)
    for (let k = 0; k < blocks; k++) drawn[Math.floor(random() * blocks)]! += 1
    for (let s = 0; s < weights.length; s++) weights[s] = drawn[Math.floor(s / blockSeconds)]!
    const value = averagePrecision(ranking, positive, weights)
    if (Number.isFinite(value)) found.push(value)
  }
  return { mean: averagePrecision(ranking, positive), ...percentiles(Float64Array.from(found)) }
}

function percentiles(values: Float64Array): { low: number; high: number } {
  const sorted = values.toSorted()
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN
  return { low: at(within[0]), high: at(within[1]) }
}

/** Wilson's 95 % interval of a share, `hits` of `count`. NaN where there is nothing to count. */
export function shareInterval(hits: number, count: number): Interval {
  const z = 1.959964
  const share = hits / count
  const centre = (share + (z * z) / (2 * count)) / (1 + (z * z) / count)
  const half = (z / (1 + (z * z) / count)) * Math.sqrt((share * (1 - share)) / count + (z * z) / (4 * count * count))
  return { mean: share, low: Math.max(0, centre - half), high: Math.min(1, centre + half) }
}
