import { rescale, TICK, type Rational, type Ticks } from './time.ts'

/** Frame number at `ticks` on a grid of `fps` frames a second, to the nearest frame. */
export function frameFromTicks(ticks: Ticks, fps: Rational): number {
  return rescale(ticks, TICK, { num: fps.den, den: fps.num })
}

export function ticksFromFrame(frame: number, fps: Rational): Ticks {
  return rescale(frame, { num: fps.den, den: fps.num }, TICK)
}

/** 29.97 and 59.94 usually count time with frame numbers left out; every other rate simply counts frames. */
export function usesDropFrame(fps: Rational): boolean {
  return fps.den === 1001 && (fps.num === 30_000 || fps.num === 60_000)
}

const ntsc = (nominal: number): Rational => ({ num: nominal * 1000, den: 1001 })
const whole = (nominal: number): Rational => ({ num: nominal, den: 1 })
const WHOLE_RATES = [15, 24, 25, 30, 48, 50, 60, 90, 100, 120, 144, 240].map(whole)
const STANDARD_RATES = [...WHOLE_RATES, ...[24, 30, 48, 60, 120].map(ntsc)]

/**
 * The rate that editors count a recording at. A measured average (`2997/100`, `19001/317`) becomes the standard rate
 * within 0.04 % of it (59.94 and 60 are 0.1 % apart). Where there is none the frames come unevenly, and the nearest
 * whole standard rate is taken, which is what a recorder that lost some frames was set to.
 */
export function nominalRate(fps: Rational): { rate: Rational; even: boolean } {
  const value = fps.num / fps.den
  const distance = (rate: Rational): number => Math.abs(value / (rate.num / rate.den) - 1)
  const near = STANDARD_RATES.toSorted((a, b) => distance(a) - distance(b))[0]
  if (near !== undefined && distance(near) < 0.0004) return { rate: near, even: true }
  if (Number.isInteger(value) && value > 0) return { rate: whole(value), even: true }
  return { rate: WHOLE_RATES.toSorted((a, b) => distance(a) - distance(b))[0] ?? whole(60), even: false }
}

/**
 * SMPTE ST 12-1 timecode of a frame. Drop-frame (29.97, 59.94; written with `;`) leaves out the first two (four)
 * frame numbers of each minute that is not a multiple of ten, so that the code follows the clock. After 24 hours it
 * starts again.
 */
export function formatTimecode(frame: number, fps: Rational, drop = usesDropFrame(fps)): string {
  const nominal = Math.round(fps.num / fps.den)
  const number = drop ? withDroppedNumbers(frame, nominal) : frame
  const pad = (n: number): string => String(n).padStart(2, '0')
  const seconds = Math.floor(number / nominal)
  const clock = [Math.floor(seconds / 3600) % 24, Math.floor(seconds / 60) % 60, seconds % 60].map(pad).join(':')
  return `${clock}${drop ? ';' : ':'}${pad(number % nominal)}`
}

/** The inverse of `formatTimecode`; undefined where the text is not a timecode of that rate. */
export function parseTimecode(text: string, fps: Rational, drop = usesDropFrame(fps)): number | undefined {
  const match = /^(\d\d):(\d\d):(\d\d)[:;](\d\d)$/.exec(text)
  if (match === null) return undefined
  const [hours, minutes, seconds, frames] = match.slice(1).map(Number) as [number, number, number, number]
  const nominal = Math.round(fps.num / fps.den)
  if (minutes > 59 || seconds > 59 || frames >= nominal) return undefined
  const number = ((hours * 60 + minutes) * 60 + seconds) * nominal + frames
  if (!drop) return number
  const dropped = nominal / 15
  if (seconds === 0 && frames < dropped && minutes % 10 !== 0) return undefined
  const totalMinutes = hours * 60 + minutes
  return number - dropped * (totalMinutes - Math.floor(totalMinutes / 10))
}

function withDroppedNumbers(frame: number, nominal: number): number {
  const dropped = nominal / 15
  const perMinute = nominal * 60 - dropped
  const perTenMinutes = nominal * 600 - dropped * 9
  const tens = Math.floor(frame / perTenMinutes)
  const rest = frame % perTenMinutes
  const minutes = rest < nominal * 60 ? 0 : Math.floor((rest - nominal * 60) / perMinute) + 1
  return frame + dropped * (tens * 9 + minutes)
}
