/** What was measured of a recording's tracks. Numbers are `AudioTrack.index`. */
export interface TrackFacts {
  /** Tracks of which nothing was heard where it was listened to. */
  readonly silent: readonly number[]
  /** Tracks that say the same as an earlier one. */
  readonly copies: readonly { readonly track: number; readonly of: number }[]
  /** Tracks that hold others: hearing both doubles them. */
  readonly mixes: readonly TrackMix[]
}

export interface TrackMix {
  readonly track: number
  readonly parts: readonly MixPart[]
  /** Share of its energy that its parts account for, 0 to 1. */
  readonly explained: number
}

export interface MixPart {
  readonly track: number
  /** How loud it is in the mix, against its own track. */
  readonly gainDb: number
  /** How much later it is in the mix, milliseconds. */
  readonly delayMs: number
}

/** A few seconds of one place of the recording: of every track as many samples, at `LISTEN_RATE`, mono. */
export interface HeardWindow {
  readonly tracks: readonly { readonly track: number; readonly samples: Float32Array }[]
}

/** Hz. Enough for what is compared: what is below 1 kHz, where a fraction of a sample does not matter. */
export const LISTEN_RATE = 8000

/** From here on a mix is made of its parts: what is left of it is 10 dB below it. */
export const WHOLE_MIX = 0.9

const MAX_DELAY = Math.round(0.05 * LISTEN_RATE)
/** Mean square; -65 dB below full scale is nothing that anybody hears beside other sound. */
const SILENCE = 10 ** (-65 / 10)
/** Tracks that are this much alike are the same; encoding takes less away. */
const ALIKE = 0.97
/** Within 7 dB a track is in another: recorders add tracks as they are, and a microphone hears loudspeakers more faintly. */
const GAINS = { least: 0.45, most: 2.2 }
/** Samples over which a gain is looked at for itself: 250 ms. */
const FRAME = LISTEN_RATE / 4

/**
 * Which tracks are silent, copies, or mixes of others, by their waveforms. Pure. A track is in another where at a delay
 * of at most 50 ms its waveform is found there at one and the same gain whenever it is loud. A correlation over all of
 * the time would not do: a microphone that hears the loudspeakers correlates with the game too, but what is loudest in
 * it, the voice, is not in the game.
 */
export function judgeTracks(windows: readonly HeardWindow[]): TrackFacts {
  const numbers = windows[0]?.tracks.map(({ track }) => track) ?? []
  const sounds = new Map(numbers.map((track) => [track, join(windows, track)]))
  const silent = numbers.filter((track) => power(sounds.get(track)!.samples) < SILENCE)
  const heard = numbers.filter((track) => !silent.includes(track))
  const copies: { track: number; of: number }[] = []
  for (const track of heard) {
    const of = heard.find(
      (other) =>
        other < track && !copies.some((copy) => copy.track === other) && isCopy(sounds.get(other)!, sounds.get(track)!),
    )
    if (of !== undefined) copies.push({ track, of })
  }
  const apart = heard.filter((track) => !copies.some((copy) => copy.track === track))
  const mixes = apart.flatMap((track) => {
    const others = apart.filter((other) => other !== track)
    const mix = findParts(
      track,
      sounds.get(track)!,
      others.map((other) => [other, sounds.get(other)!] as const),
    )
    return mix === null ? [] : [mix]
  })
  return { silent, copies, mixes: mixes.filter((mix) => !isHeldBy(mix, mixes)) }
}

/** Two tracks of which each seems to hold the other: the one that more of is explained is the mix. */
function isHeldBy(mix: TrackMix, mixes: readonly TrackMix[]): boolean {
  return mixes.some(
    (other) =>
      other.parts.some(({ track }) => track === mix.track) &&
      mix.parts.some(({ track }) => track === other.track) &&
      (other.parts.length > mix.parts.length || (other.parts.length === mix.parts.length && other.track < mix.track)),
  )
}

/** The windows of one track, each followed by silence, so that shifting one never brings in the next. */
interface Sound {
  readonly samples: Float32Array
  /** Every fourth, averaged: a quarter of the rate for the first look. */
  readonly coarse: Float32Array
  /** Where each window begins, and where the last one ends. */
  readonly borders: readonly number[]
}

function join(windows: readonly HeardWindow[], track: number): Sound {
  const parts = windows.map(({ tracks }) => tracks.find((one) => one.track === track)?.samples ?? new Float32Array(0))
  const gap = 4 * Math.ceil(MAX_DELAY / 4)
  const lengths = windows.map(
    ({ tracks }) => 4 * Math.ceil(Math.max(0, ...tracks.map(({ samples }) => samples.length)) / 4),
  )
  const samples = new Float32Array(lengths.reduce((sum, length) => sum + length + gap, 0))
  const borders = [0]
  for (const [i, part] of parts.entries()) {
    const at = borders[i]!
    samples.set(part, at)
    borders.push(at + lengths[i]! + gap)
  }
  const coarse = Float32Array.from(
    { length: samples.length / 4 },
    (_, i) => (samples[4 * i]! + samples[4 * i + 1]! + samples[4 * i + 2]! + samples[4 * i + 3]!) / 4,
  )
  return { samples, coarse, borders }
}

/** The same all the time: a mix that is mostly one loud voice is like that voice where it speaks, and only there. */
function isCopy(a: Sound, b: Sound): boolean {
  const lag = findDelay(a, b)
  const shifted = fit(a, b, lag)
  if (dot(a.samples, shifted, 0) < ALIKE * Math.sqrt(energy(a.samples) * energy(shifted))) return false
  let alike = 0
  let heard = 0
  for (let from = 0; from < shifted.length; from += FRAME) {
    const [one, other] = [a.samples.subarray(from, from + FRAME), shifted.subarray(from, from + FRAME)]
    const [own, others] = [energy(one), energy(other)]
    if (Math.max(own, others) < SILENCE * FRAME) continue
    heard += 1
    if (dot(one, other, 0) > 0.9 * Math.sqrt(own * others)) alike += 1
  }
  return alike >= 0.9 * heard
}

function findParts(track: number, mix: Sound, others: readonly (readonly [number, Sound])[]): TrackMix | null {
  const candidates = others
    .map(([number, sound]) => {
      const lag = findDelay(mix, sound)
      return { number, lag, samples: fit(mix, sound, lag) }
    })
    .filter(({ samples }) => energy(samples) > 0)
  // The loudest first: what hides the others is taken away before they are looked for.
  let parts = candidates
  for (;;) {
    const gains = solveGains(
      mix.samples,
      parts.map(({ samples }) => samples),
    )
    const rest = subtract(
      mix.samples,
      parts.map(({ samples }) => samples),
      gains,
    )
    const judged = parts.map((part, i) => ({ part, gain: gains[i]!, held: isHeld(rest, part.samples, gains[i]!) }))
    const worst = judged.filter(({ held }) => held < HELD).toSorted((a, b) => a.held - b.held)[0]
    if (worst === undefined) {
      if (judged.length === 0) return null
      return {
        track,
        parts: judged.map(({ part, gain }) => ({
          track: part.number,
          gainDb: Math.round(200 * Math.log10(gain)) / 10,
          delayMs: Math.round((1000 * part.lag) / LISTEN_RATE),
        })),
        explained: Math.max(0, 1 - energy(rest) / energy(mix.samples)),
      }
    }
    parts = parts.filter((part) => part !== worst.part)
  }
}

/** Share of a part's own energy that must be found in the mix at one gain. */
const HELD = 0.7
/** Share of the mix, where the part is loud, that any two sounds have in common by chance. */
const CHANCE = 0.02
/** Fewer loud frames than this may fit by chance, unless they are much alike. */
const LEAST_FRAMES = 4
const MUCH_ALIKE = 0.5

/**
 * How surely a part is in the mix, 0 to 1: the share of its energy in frames where the mix holds it at about the gain
 * that was found over all. `rest`: the mix without all of its parts.
 */
function isHeld(rest: Float32Array, part: Float32Array, gain: number): number {
  if (gain < GAINS.least || gain > GAINS.most) return 0
  let held = 0
  let all = 0
  let squares = 0
  let left = 0
  for (let from = 0; from < part.length; from += FRAME) {
    let own = 0
    let cross = 0
    let other = 0
    for (let i = from; i < Math.min(part.length, from + FRAME); i++) {
      own += part[i]! * part[i]!
      cross += rest[i]! * part[i]!
      other += rest[i]! * rest[i]!
    }
    if (own === 0) continue
    all += own
    squares += own * own
    // Beside the part, where it is loud.
    left += own * other
    // This frame's own gain: the one over all, and what of the part is left in the rest.
    const here = gain + cross / own
    if (here > gain / 2 && here < gain * 2) held += own
  }
  if (all === 0) return 0
  const frames = (all * all) / squares
  const alike = (gain * gain * squares) / (gain * gain * squares + left)
  return alike < (frames < LEAST_FRAMES ? MUCH_ALIKE : CHANCE) ? 0 : held / all
}

/** Samples by which `part` is to be shifted so that it fits `mix` best: positive, where it is later in the mix. */
function findDelay(mix: Sound, part: Sound): number {
  const most = MAX_DELAY / 4
  let best = 0
  let top = Number.NEGATIVE_INFINITY
  // The nearest first: equal ones far away (a steady tone) are none.
  for (let n = 0; n <= 2 * most; n++) {
    const lag = n % 2 === 0 ? n / 2 : -(n + 1) / 2
    const value = dot(mix.coarse, part.coarse, lag)
    if (value > top * 1.0001 || top === Number.NEGATIVE_INFINITY) [best, top] = [lag, value]
  }
  let fine = 4 * best
  top = Number.NEGATIVE_INFINITY
  for (let lag = Math.max(-MAX_DELAY, 4 * best - 4); lag <= Math.min(MAX_DELAY, 4 * best + 4); lag++) {
    const value = dot(mix.samples, part.samples, lag)
    if (value > top) [fine, top] = [lag, value]
  }
  return fine
}

/** Gains with which the parts come nearest to the mix: least squares, with a little that keeps equal parts solvable. */
function solveGains(mix: Float32Array, parts: readonly Float32Array[]): number[] {
  const matrix = parts.map((a, i) => parts.map((b, j) => dot(a, b, 0) * (i === j ? 1 + 1e-6 : 1)))
  const right = parts.map((part) => dot(part, mix, 0))
  for (let i = 0; i < parts.length; i++) {
    const pivot = matrix[i]![i]!
    for (let row = i + 1; row < parts.length; row++) {
      const factor = pivot === 0 ? 0 : matrix[row]![i]! / pivot
      for (let column = i; column < parts.length; column++) matrix[row]![column]! -= factor * matrix[i]![column]!
      right[row]! -= factor * right[i]!
    }
  }
  const gains = parts.map(() => 0)
  for (let i = parts.length - 1; i >= 0; i--) {
    let sum = right[i]!
    for (let j = i + 1; j < parts.length; j++) sum -= matrix[i]![j]! * gains[j]!
    gains[i] = matrix[i]![i] === 0 ? 0 : sum / matrix[i]![i]!
  }
  return gains
}

function subtract(mix: Float32Array, parts: readonly Float32Array[], gains: readonly number[]): Float32Array {
  return mix.map((value, i) => parts.reduce((rest, part, n) => rest - gains[n]! * part[i]!, value))
}

/** Matroska's times are whole milliseconds, so that tracks of its are not in step to the sample: 0.75 ms. */
const SLACK = 6

/** The part shifted by `lag`, and in each window by what little more makes it fit the mix there. */
function fit(mix: Sound, part: Sound, lag: number): Float32Array {
  const shifted = new Float32Array(part.samples.length)
  for (const [i, from] of part.borders.slice(0, -1).entries()) {
    const to = part.borders[i + 1]!
    let [best, top] = [lag, Number.NEGATIVE_INFINITY]
    for (let near = lag - SLACK; near <= lag + SLACK; near++) {
      const value = dot(mix.samples.subarray(from, to), part.samples.subarray(from, to), near)
      if (value > top) [best, top] = [near, value]
    }
    for (let at = Math.max(from, from + best); at < Math.min(to, to + best); at++)
      shifted[at] = part.samples[at - best]!
  }
  return shifted
}

/** Sum of `a[i] * b[i - lag]`. */
function dot(a: Float32Array, b: Float32Array, lag: number): number {
  let sum = 0
  const to = Math.min(a.length, b.length + lag)
  for (let i = Math.max(0, lag); i < to; i++) sum += a[i]! * b[i - lag]!
  return sum
}

function energy(samples: Float32Array): number {
  return dot(samples, samples, 0)
}

function power(samples: Float32Array): number {
  return samples.length === 0 ? 0 : energy(samples) / samples.length
}
