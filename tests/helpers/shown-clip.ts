import { spawnSync } from 'node:child_process'
import { testTools } from './ffmpeg.ts'

export interface ShownClip {
  readonly width: number
  readonly height: number
  readonly count: number
  /** Red, green and blue at a place (shares of the frame) of the nth picture. */
  at(n: number, x: number, y: number): [number, number, number]
  /** The nearest of the eight plain colours there. */
  colour(n: number, x: number, y: number): string
  /** Whether two clips' nth pictures differ anywhere by more than an encoder makes. */
  differs(other: ShownClip, n: number): boolean
  readonly pictures: readonly Uint8Array[]
}

const names = ['black', 'blue', 'green', 'cyan', 'red', 'magenta', 'yellow', 'white'] as const

/** Decodes a clip as a player shows it. */
export async function showClip(file: string, width: number, height: number): Promise<ShownClip> {
  const { ffmpeg } = await testTools()
  const options = { maxBuffer: 1 << 30 }
  const args = ['-v', 'error', '-i', file, '-map', '0:V:0', '-fps_mode', 'passthrough', '-f', 'rawvideo']
  const { stdout, stderr } = spawnSync(ffmpeg, [...args, '-pix_fmt', 'rgb24', '-'], options)
  if (stderr.length > 0) throw new Error(stderr.toString().slice(0, 500))
  const bytes = width * height * 3
  if (stdout.length % bytes !== 0) throw new Error(`its pictures are not ${width}×${height}`)
  const pictures = Array.from({ length: stdout.length / bytes }, (_, i) => stdout.subarray(i * bytes, (i + 1) * bytes))
  const at = (n: number, x: number, y: number): [number, number, number] => {
    const place = 3 * (Math.round(y * (height - 1)) * width + Math.round(x * (width - 1)))
    const [r = 0, g = 0, b = 0] = pictures[n]?.subarray(place, place + 3) ?? []
    return [r, g, b]
  }
  return {
    ...{ width, height, count: pictures.length, pictures, at },
    colour(n, x, y) {
      const [r, g, b] = at(n, x, y).map((value) => value > 127)
      return names[(r ? 4 : 0) + (g ? 2 : 0) + (b ? 1 : 0)]!
    },
    differs(other, n) {
      const [a, b] = [pictures[n]!, other.pictures[n]!]
      return a.some((value, i) => Math.abs(value - b[i]!) > 60)
    },
  }
}

/** The middles of a clip's beeps, in seconds, by their energy: what stretches a sound smears its ends. */
export async function beepsOf(file: string, options: readonly string[] = []): Promise<number[]> {
  const { ffmpeg } = await testTools()
  const args = ['-v', 'error', ...options, '-i', file, '-map', '0:a:0', '-ac', '1', '-ar', '48000', '-f', 'f32le', '-']
  const { stdout } = spawnSync(ffmpeg, args, { maxBuffer: 1 << 30 })
  const samples = new Float32Array(stdout.buffer, stdout.byteOffset, stdout.length >> 2)
  const beeps: { energy: number; moment: number }[] = []
  let quiet = Number.POSITIVE_INFINITY
  for (const [i, sample] of samples.entries()) {
    quiet += 1
    if (Math.abs(sample) < 0.1) continue
    if (quiet > 4800) beeps.push({ energy: 0, moment: 0 })
    quiet = 0
    const beep = beeps.at(-1)!
    beep.energy += sample * sample
    beep.moment += sample * sample * i
  }
  return beeps.map(({ energy, moment }) => moment / energy / 48_000)
}
