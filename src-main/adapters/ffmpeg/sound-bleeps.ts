import type { MixPlan } from '../../../src-shared/contract/sound.ts'
import { TICKS_PER_SECOND } from '../../../src-shared/domain/time.ts'

type Bleep = MixPlan['bleeps'][number]

/** Seconds in which the sound fades before a span and comes back behind it, so that nothing clicks. */
const RAMP = 0.002
const TONE_HZ = 1000

/**
 * The filter that takes all of the sound out of spans, and puts a tone there. Exact to the sample: `volume` with
 * `enable` would switch once a frame of 21 ms. Inside a span nothing is left of the sound; its ramps lie outside, those
 * of the tone inside. `bleeps` in order and apart; `level`: the tone's loudness in LUFS, null for silence. Pure.
 */
export function bleepFilter(bleeps: readonly Bleep[], level: number | null): string[] {
  if (bleeps.length === 0) return []
  const channel = (number: number): string => expression(bleeps, number, level)
  return [`aeval=exprs='${channel(0)}|${channel(1)}':c=same`]
}

/** A search tree of the spans, since it is asked for every sample. */
function expression(bleeps: readonly Bleep[], channel: number, level: number | null): string {
  if (bleeps.length === 1) return leaf(bleeps[0]!, channel, level)
  const middle = bleeps.length >> 1
  const border = (bleeps[middle - 1]!.end + bleeps[middle]!.start) / 2
  const side = (part: readonly Bleep[]): string => expression(part, channel, level)
  return `if(lt(t,${seconds(border)}),${side(bleeps.slice(0, middle))},${side(bleeps.slice(middle))})`
}

function leaf(bleep: Bleep, channel: number, level: number | null): string {
  const [start, end] = [seconds(bleep.start), seconds(bleep.end)]
  const sound = `val(${channel})*clip(max(${start}-t,t-${end})/${RAMP},0,1)`
  if (level === null || bleep.with === 'silence') return sound
  // A sine of 1 kHz on both sides is as loud in LUFS as its peak is in dB.
  const amplitude = (10 ** (level / 20)).toFixed(6)
  return `${sound}+${amplitude}*sin(2*PI*${TONE_HZ}*(t-${start}))*clip(min(t-${start},${end}-t)/${RAMP},0,1)`
}

function seconds(ticks: number): string {
  return (ticks / TICKS_PER_SECOND).toFixed(6)
}
