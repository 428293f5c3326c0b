import { rescale, TICK, type Rational, type Ticks } from './time.ts'

/** Frame number at `ticks` on a grid of `fps` frames a second, to the nearest frame. */
export function frameFromTicks(ticks: Ticks, fps: Rational): number {
  return rescale(ticks, TICK, { num: fps.den, den: fps.num })
}

export function ticksFromFrame(frame: number, fps: Rational): Ticks {
  return rescale(frame, { num: fps.den, den: fps.num }, TICK)
}

/** 29.97 and 59.94 count time with frame numbers left out; every other rate simply counts frames. */
export function usesDropFrame(fps: Rational): boolean {
  return fps.den === 1001 && fps.num % 30_000 === 0
}

/**
 * SMPTE ST 12-1 timecode of a frame. Drop-frame (29.97, 59.94; written with `;`) leaves out the first two (four)
 * frame numbers of each minute that is not a multiple of ten, so that the code follows the clock.
 */
export function formatTimecode(frame: number, fps: Rational): string {
  const nominal = Math.round(fps.num / fps.den)
  const drop = usesDropFrame(fps)
  const number = drop ? withDroppedNumbers(frame, nominal) : frame
  const pad = (n: number): string => String(n).padStart(2, '0')
  const seconds = Math.floor(number / nominal)
  const clock = [Math.floor(seconds / 3600) % 24, Math.floor(seconds / 60) % 60, seconds % 60].map(pad).join(':')
  return `${clock}${drop ? ';' : ':'}${pad(number % nominal)}`
}

/** The inverse of `formatTimecode`; undefined where the text is not a timecode of that rate. */
export function parseTimecode(text: string, fps: Rational): number | undefined {
  const match = /^(\d\d):(\d\d):(\d\d)[:;](\d\d)$/.exec(text)
  if (match === null) return undefined
  const [hours, minutes, seconds, frames] = match.slice(1).map(Number) as [number, number, number, number]
  const nominal = Math.round(fps.num / fps.den)
  if (minutes > 59 || seconds > 59 || frames >= nominal) return undefined
  const number = ((hours * 60 + minutes) * 60 + seconds) * nominal + frames
  if (!usesDropFrame(fps)) return number
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
