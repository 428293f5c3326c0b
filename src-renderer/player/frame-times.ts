import type { Rational, Ticks } from '../../src-shared/contract/time.ts'
import { secondsFromTicks, ticksFromSeconds, ticksPerFrame } from '../../src-shared/domain/time.ts'

/** Where to seek so that a picture is shown whole: its middle, since a border may round to the one before. */
export function middleOfFrame(time: Ticks, fps: Rational): Ticks {
  const frame = ticksPerFrame(fps)
  return Math.floor(time / frame) * frame + Math.floor(frame / 2)
}

/** Where the picture that is shown at a time begins or ends. */
export function edgeOfFrame(time: Ticks, end: 'start' | 'end', fps: Rational): Ticks {
  const frame = ticksPerFrame(fps)
  return (Math.floor(time / frame) + (end === 'end' ? 1 : 0)) * frame
}

/** The middle of the picture `count` further on (or back); never before the first. */
export function stepFrames(time: Ticks, count: number, fps: Rational): Ticks {
  const frame = ticksPerFrame(fps)
  return Math.max(0, Math.floor(time / frame) + count) * frame + Math.floor(frame / 2)
}

export const toSeconds = secondsFromTicks
export const toTicks = (seconds: number): Ticks => ticksFromSeconds(Math.max(0, seconds))
