import { mulberry32 } from '../../src-shared/domain/evaluation/random.ts'

export const SAMPLE_RATE = 16_000
export type Background = 'game' | 'talk' | 'music'
export const backgrounds: readonly Background[] = ['game', 'talk', 'music']

/** Loops of lengths that have no common multiple within a recording: their sum never repeats. */
const loopSeconds = [5.3, 7.1, 11.7]

/** An ordinary track, quiet and lively, of so many seconds: what the game, the talk or the music sounds like. */
export function ordinarySound(what: Background | 'room', seconds: number, seed: number): Float32Array {
  const loops = loopSeconds.map((length, i) => makeLoop(what, length, seed * 10 + i))
  const out = new Float32Array(seconds * SAMPLE_RATE)
  for (const loop of loops) {
    for (let from = 0; from < out.length; from += loop.length) {
      const count = Math.min(loop.length, out.length - from)
      for (let i = 0; i < count; i++) out[from + i]! += loop[i]!
    }
  }
  return out
}

function makeLoop(what: Background | 'room', seconds: number, seed: number): Float32Array {
  const random = mulberry32(seed)
  const out = new Float32Array(Math.round(seconds * SAMPLE_RATE))
  addNoise(out, random, what === 'room' ? 0.002 : 0.006)
  if (what === 'game') for (let shot = 0; shot < seconds / 1.5; shot++) addHit(out, random, 0.05 + 0.04 * random())
  if (what === 'talk') for (let word = 0; word < seconds / 1.2; word++) addWord(out, random, 0.04 + 0.03 * random())
  if (what === 'music') {
    for (let beat = 0; beat < seconds * 2; beat++) addNote(out, beat / 2, 110 * 2 ** (Math.floor(random() * 24) / 12))
  }
  return out
}

/** Noise with more power below than above, like an engine or the wind. */
function addNoise(out: Float32Array, random: () => number, level: number): void {
  let last = 0
  for (let i = 0; i < out.length; i++) {
    last = 0.9 * last + 0.1 * (2 * random() - 1)
    out[i]! += level * (last * 3 + 0.3 * (2 * random() - 1))
  }
}

/** A shot or a step somewhere in the game. */
function addHit(out: Float32Array, random: () => number, level: number): void {
  const start = Math.floor(random() * out.length)
  const decay = SAMPLE_RATE * (0.03 + 0.05 * random())
  for (let i = 0; i < 6 * decay && start + i < out.length; i++)
    out[start + i]! += level * Math.exp(-i / decay) * (2 * random() - 1)
}

/** A calm word: three syllables of a voice. */
function addWord(out: Float32Array, random: () => number, level: number): void {
  const pitch = 100 + 80 * random()
  let at = Math.floor(random() * out.length)
  for (let syllable = 0; syllable < 3; syllable++) {
    at += addVoice(out, at, { pitch, seconds: 0.13 + 0.06 * random(), level }) + Math.floor(0.05 * SAMPLE_RATE)
  }
}

function addNote(out: Float32Array, second: number, pitch: number): void {
  const start = Math.floor(second * SAMPLE_RATE)
  for (let i = 0; i < 0.45 * SAMPLE_RATE && start + i < out.length; i++) {
    const t = i / SAMPLE_RATE
    const swing = Math.sin(2 * Math.PI * pitch * t) + 0.4 * Math.sin(4 * Math.PI * pitch * t)
    out[start + i]! += 0.04 * Math.min(1, t * 40) * Math.exp(-4 * t) * swing
  }
}

/** A voiced sound with formants, rising and falling; returns its length in samples. */
export function addVoice(
  out: Float32Array,
  at: number,
  { pitch, seconds, level, glide = 0 }: { pitch: number; seconds: number; level: number; glide?: number },
): number {
  const count = Math.floor(seconds * SAMPLE_RATE)
  const harmonics = Array.from({ length: Math.floor(3800 / pitch) }, (_, k) => {
    const hertz = pitch * (k + 1)
    return 1 / (1 + ((hertz - 700) / 300) ** 2) + 0.7 / (1 + ((hertz - 1400) / 400) ** 2) + 0.1 / (k + 1)
  })
  const sum = harmonics.reduce((total, value) => total + value, 0)
  let phase = 0
  for (let i = 0; i < count && at + i < out.length; i++) {
    phase += (2 * Math.PI * pitch * (1 + (glide * i) / count)) / SAMPLE_RATE
    let value = 0
    for (const [k, height] of harmonics.entries()) value += height * Math.sin((k + 1) * phase)
    out[at + i]! += (level * Math.sin((Math.PI * i) / count) * value * 2) / sum
  }
  return count
}

/** A shout of a second or two: loud, high, in one to three bursts. */
export function addShout(out: Float32Array, second: number, random: () => number): void {
  const bursts = 1 + Math.floor(random() * 3)
  let at = Math.floor(second * SAMPLE_RATE)
  for (let burst = 0; burst < bursts; burst++) {
    const voice = { pitch: 250 + 200 * random(), seconds: 0.5 + 0.6 * random(), level: 0.35 + 0.4 * random() }
    at += addVoice(out, at, { ...voice, glide: 0.4 * random() - 0.1 }) + Math.floor(0.1 * SAMPLE_RATE)
  }
}

/** A bang and its rumble, of one to three seconds. */
export function addExplosion(out: Float32Array, second: number, random: () => number): void {
  const start = Math.floor(second * SAMPLE_RATE)
  const level = 0.4 + 0.5 * random()
  const decay = (0.25 + 0.5 * random()) * SAMPLE_RATE
  const deep = 0.3 + 0.5 * random()
  let rumble = 0
  for (let i = 0; i < 4 * decay && start + i < out.length; i++) {
    const noise = 2 * random() - 1
    rumble = 0.95 * rumble + 0.05 * noise
    out[start + i]! += level * Math.exp(-i / decay) * (deep * rumble * 4 + (1 - deep) * noise)
  }
}
