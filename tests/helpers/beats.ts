import { BEAT_RATE } from '../../src-main/stages/montage/onset-curve.ts'

export interface ClickRecipe {
  tempo: number
  seconds: number
  /** Loudness of white noise under it, full scale being 1. */
  noise: number
  seed: number
  /** Seconds by which a click is off at most, to either side. */
  jitter?: number
  /** Share of the clicks that are left out. */
  missing?: number
  rate?: number
}

/** Short bursts of a high tone and a thud by turns, at an even distance, the first after a quarter of a second. */
export function clickTrack(recipe: ClickRecipe): { samples: Float32Array<ArrayBuffer>; beats: number[] } {
  const { tempo, seconds, noise: level, seed, jitter = 0, missing = 0, rate = BEAT_RATE } = recipe
  const samples = noise(Math.round(seconds * rate), level, seed)
  const random = randomOf(seed + 1)
  const beats: number[] = []
  for (let n = 0, time = 0.25; time < seconds - 0.1; n += 1, time = 0.25 + (60 * n) / tempo) {
    beats.push(time)
    const left = random() < missing
    const at = Math.round((time + jitter * (2 * random() - 1)) * rate)
    const pitch = n % 2 === 0 ? 1500 : 180
    for (let i = 0; !left && i < 0.06 * rate && at + i < samples.length; i += 1) {
      if (at + i >= 0)
        samples[at + i]! += 0.7 * Math.exp(-i / (0.012 * rate)) * Math.sin((2 * Math.PI * pitch * i) / rate)
    }
  }
  return { samples, beats }
}

export function noise(length: number, level: number, seed: number): Float32Array<ArrayBuffer> {
  const random = randomOf(seed)
  return Float32Array.from({ length }, () => level * (2 * random() - 1))
}

function randomOf(seed: number): () => number {
  let state = (seed * 2_654_435_761) >>> 0
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}
