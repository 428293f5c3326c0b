import type { Rational, Ticks } from '../contract/time.ts'

export type { Rational, Ticks } from '../contract/time.ts'

export const TICKS_PER_SECOND = 705_600_000

/** The engine's own timebase; see `ticksSchema`. */
export const TICK: Rational = { num: 1, den: TICKS_PER_SECOND }

export type Rounding = 'nearest' | 'down' | 'up'

/** Seconds (JSON, FFmpeg's decimal options) to ticks, rounded to the nearest tick. */
export function ticksFromSeconds(seconds: number): Ticks {
  if (!Number.isFinite(seconds)) throw new RangeError(`not a time in seconds: ${seconds}`)
  return Math.round(seconds * TICKS_PER_SECOND)
}

export function secondsFromTicks(ticks: Ticks): number {
  return ticks / TICKS_PER_SECOND
}

/**
 * Converts an integer count of `from` units to `to` units, exactly (in BigInt: a 90 kHz PTS of a ten-hour file
 * times 705,600,000 leaves the safe integers). `nearest` rounds halves away from zero, as FFmpeg's AV_ROUND_NEAR_INF.
 */
export function rescale(value: number, from: Rational, to: Rational, rounding: Rounding = 'nearest'): number {
  const numerator = BigInt(value) * BigInt(from.num) * BigInt(to.den)
  const denominator = BigInt(from.den) * BigInt(to.num)
  return Number(divide(numerator, denominator, rounding))
}

/** A presentation timestamp of a stream with `timebase` seconds a unit, as ticks. */
export function ticksFromPts(pts: number, timebase: Rational): Ticks {
  return rescale(pts, timebase, TICK)
}

export function ptsFromTicks(ticks: Ticks, timebase: Rational, rounding: Rounding = 'nearest'): number {
  return rescale(ticks, TICK, timebase, rounding)
}

/** Length of one frame at `fps`, to the nearest tick (exact for the usual rates). */
export function ticksPerFrame(fps: Rational): Ticks {
  return rescale(1, { num: fps.den, den: fps.num }, TICK)
}

/** Seconds with microseconds, as FFmpeg's time options take them; never in exponent form. */
export function formatSeconds(ticks: Ticks): string {
  return secondsFromTicks(ticks).toFixed(6)
}

/** `1:02:03` or `2:03`, for people. */
export function formatClock(ticks: Ticks): string {
  const total = Math.max(0, Math.floor(secondsFromTicks(ticks)))
  const [hours, minutes, seconds] = [Math.floor(total / 3600), Math.floor(total / 60) % 60, total % 60]
  const pad = (n: number): string => String(n).padStart(2, '0')
  return hours > 0 ? `${hours}:${pad(minutes)}:${pad(seconds)}` : `${minutes}:${pad(seconds)}`
}

/** `1:02:03.500` or `2:03.500`, to the nearest millisecond. */
export function formatPreciseClock(ticks: Ticks): string {
  const total = Math.round(secondsFromTicks(Math.max(0, ticks)) * 1000)
  const whole = formatClock(Math.floor(total / 1000) * TICKS_PER_SECOND)
  return `${whole}.${String(total % 1000).padStart(3, '0')}`
}

function divide(numerator: bigint, denominator: bigint, rounding: Rounding): bigint {
  const [n, d] = denominator < 0n ? [-numerator, -denominator] : [numerator, denominator]
  const floor = n >= 0n ? n / d : -((-n + d - 1n) / d)
  if (floor * d === n || rounding === 'down') return floor
  if (rounding === 'up') return floor + 1n
  return n >= 0n ? (2n * n + d) / (2n * d) : -((2n * -n + d) / (2n * d))
}
