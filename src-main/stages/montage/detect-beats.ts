import { ONSET_RATE, onsetCurve } from './onset-curve.ts'

export interface Beats {
  /** Beats a minute. */
  readonly tempo: number
  /** Seconds, in order. */
  readonly times: readonly number[]
}

/** Slower is counted twice as fast, faster half as fast. */
const [SLOWEST, FASTEST] = [60, 200]
/** People tap along at about this tempo where several would fit; an octave beside it they do so less. */
const [USUAL, OCTAVES] = [120, 1.2]
const SHORTEST_SECONDS = 4
/** How much of the curve must come back with the beat: noise has next to nothing of it, a drum nearly all. */
const LEAST_PERIODIC = 0.1
/** Curves that are short look periodic by chance. */
const CHANCE = 7
/** How dearly a beat that comes too early or too late is paid for (Ellis 2007 has 100 for a curve like ours). */
const STEADINESS = 120

/**
 * Finds the beat of some music: its tempo from how alike the curve of onsets is to itself some time later, and the
 * beats by dynamic programming, as the steps of that tempo that meet the strongest onsets (D. Ellis, "Beat Tracking by
 * Dynamic Programming", 2007). Null where nothing comes back at an even distance. `samples`: mono at `BEAT_RATE`. Pure.
 */
export function detectBeats(samples: Float32Array): Beats | null {
  const { start, values } = onsetCurve(samples)
  if (values.length < SHORTEST_SECONDS * ONSET_RATE) return null
  const period = findPeriod(values)
  if (period === null) return null
  const rows = trackBeats(values, period)
  if (rows.length < 4) return null
  const times = evened(
    rows.map((row) => peakNear(values, row)),
    values,
  ).map((row) => start + row / ONSET_RATE)
  return { tempo: (60 * (times.length - 1)) / (times.at(-1)! - times[0]!), times }
}

/** Rows from beat to beat. */
function findPeriod(values: Float32Array): number | null {
  const [shortest, longest] = [Math.floor((60 * ONSET_RATE) / FASTEST), Math.ceil((60 * ONSET_RATE) / SLOWEST)]
  const alike = smoothed(
    Float64Array.from({ length: 2 * longest + 2 }, (_, lag) => {
      let sum = 0
      for (let i = lag; i < values.length; i += 1) sum += values[i]! * values[i - lag]!
      return sum / values.length
    }),
  )
  const least = Math.max(LEAST_PERIODIC, CHANCE / Math.sqrt(values.length)) * alike[0]!
  if (!(alike[0]! > 0)) return null
  const wish = (lag: number): number => Math.exp(-0.5 * (Math.log2((60 * ONSET_RATE) / lag / USUAL) / OCTAVES) ** 2)
  let best = 0
  for (let lag = shortest; lag <= longest; lag += 1) {
    const isPeak = alike[lag]! >= alike[lag - 1]! && alike[lag]! >= alike[lag + 1]!
    // What comes back after one beat does so after two.
    const score = (alike[lag]! + 0.5 * alike[2 * lag]!) * wish(lag)
    if (
      isPeak &&
      alike[lag]! >= least &&
      (best === 0 || score > (alike[best]! + 0.5 * alike[2 * best]!) * wish(best))
    ) {
      best = lag
    }
  }
  if (best === 0) return null
  // A beat at every other step of something even is that something's.
  const half = [Math.floor(best / 2), Math.ceil(best / 2)].find(
    (lag) => lag >= shortest && alike[lag]! >= 0.8 * alike[best]!,
  )
  return refined(alike, half ?? best)
}

/** Over three rows: an onset lies between two of them as often as on one. */
function smoothed(values: Float64Array): Float64Array {
  return values.map((value, i) => (value + ((values[i - 1] ?? value) + (values[i + 1] ?? value)) / 2) / 2)
}

/** The top of the parabola through a peak and what is beside it. */
function refined(values: Float64Array | Float32Array, at: number): number {
  const [before, top, after] = [values[at - 1] ?? 0, values[at] ?? 0, values[at + 1] ?? 0]
  const bend = before - 2 * top + after
  return bend >= 0 ? at : at + Math.max(-0.5, Math.min(0.5, (0.5 * (before - after)) / bend))
}

function trackBeats(values: Float32Array, period: number): number[] {
  const [nearest, furthest] = [Math.round(period / 2), Math.round(2 * period)]
  const cost = Float64Array.from({ length: furthest + 1 }, (_, step) =>
    step < nearest ? 0 : STEADINESS * Math.log(step / period) ** 2,
  )
  const score = new Float64Array(values.length)
  const from = new Int32Array(values.length).fill(-1)
  for (let row = 0; row < values.length; row += 1) {
    let best = 0
    for (let step = nearest; step <= furthest && step <= row; step += 1) {
      const reached = score[row - step]! - cost[step]!
      if (reached > best) [best, from[row]] = [reached, row - step]
    }
    score[row] = values[row]! + best
  }
  let last = Math.max(0, values.length - Math.round(period))
  for (let row = last; row < values.length; row += 1) if (score[row]! > score[last]!) last = row
  const rows: number[] = []
  for (let row = last; row >= 0; row = from[row]!) rows.push(row)
  return rows.toReversed()
}

function peakNear(values: Float32Array, row: number): number {
  const near = [row, row - 1, row + 1].filter((at) => at >= 0 && at < values.length)
  return refined(
    values,
    near.reduce((best, at) => (values[at]! > values[best]! ? at : best), row),
  )
}

/** So many beats to either side say where one lies: what is off by itself is noise, what all do is the tempo. */
const BESIDE = 6

/** Each beat on the line through those around it, where the loud ones count. */
function evened(rows: readonly number[], values: Float32Array): number[] {
  const weights = rows.map((row) => Math.max(0.05, values[Math.round(row)] ?? 0))
  return rows.map((row, i) => {
    let [weight, sumX, sumY, sumXX, sumXY] = [0, 0, 0, 0, 0]
    for (let n = Math.max(0, i - BESIDE); n <= Math.min(rows.length - 1, i + BESIDE); n += 1) {
      const [w, x, y] = [weights[n]!, n - i, rows[n]! - row]
      weight += w
      sumX += w * x
      sumY += w * y
      sumXX += w * x * x
      sumXY += w * x * y
    }
    const spread = weight * sumXX - sumX * sumX
    const slope = spread === 0 ? 0 : (weight * sumXY - sumX * sumY) / spread
    return row + 0.8 * ((sumY - slope * sumX) / weight)
  })
}
