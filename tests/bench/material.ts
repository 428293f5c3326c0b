import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs'
import path from 'node:path'
import { measure } from './measure.ts'

export interface MaterialOptions {
  ffmpeg: string
  /** Kept between runs: encoding a minute takes a minute or two. */
  cache: string
  /** A clip of a real match; null makes an artificial one. */
  source: string | null
}

export interface Encoding {
  name: string
  /** Frames between keyframes; `Infinity` for one keyframe only. */
  gop: number
  width: number
  height: number
  /** Mean, kbit/s. */
  kilobits: number
}

export const fullHd = (gop: number): Encoding => ({
  name: Number.isFinite(gop) ? `every ${gop} frames` : 'one',
  gop,
  width: 1920,
  height: 1080,
  kilobits: 12_000,
})

/** As many packets and slots as a real recording, in a fortieth of its bytes: ten hours must fit on the disk. */
export const small: Encoding = { name: 'every 250 frames', gop: 250, width: 426, height: 240, kilobits: 300 }

/** One minute of 60 fps H.264 and AAC as recorders make it. Encoded once. */
export async function makeMinute(encoding: Encoding, { ffmpeg, cache, source }: MaterialOptions): Promise<string> {
  const { gop, width, height, kilobits } = encoding
  const from = source === null ? 'made' : `${path.resolve(source)} ${statSync(source).size}`
  const key = createHash('sha256')
    .update(JSON.stringify([2, from, gop, width, height, kilobits]))
    .digest('hex')
  const file = path.join(cache, `minute-${key.slice(0, 16)}.mp4`)
  if (existsSync(file)) return file
  mkdirSync(cache, { recursive: true })
  // Noise keeps the encoder as busy as a game does; a still test picture would need no bytes.
  const made = [
    ...['-f', 'lavfi', '-i', `testsrc2=s=${width}x${height}:r=60:d=60,noise=alls=18:allf=t`],
    ...['-f', 'lavfi', '-i', 'anoisesrc=r=48000:a=0.1:c=pink:d=60,tremolo=f=0.5:d=0.9'],
  ]
  const input =
    source === null
      ? [...made, '-map', '0:v', '-map', '1:a']
      : ['-i', source, '-t', '60', '-map', '0:v:0', '-map', '0:a:0']
  const keyframes = String(Number.isFinite(gop) ? gop : 1_000_000)
  const part = `${file}.part`
  await measure(ffmpeg, [
    ...['-y', '-v', 'error', '-nostdin', ...input, '-vf', `scale=${width}:${height},fps=60`],
    ...['-c:v', 'libx264', '-preset', 'veryfast', '-b:v', `${kilobits}k`],
    // As recorders do: it may vary, but not without bounds.
    ...['-maxrate', `${1.5 * kilobits}k`, '-bufsize', `${2 * kilobits}k`],
    ...['-g', keyframes, '-keyint_min', keyframes, '-sc_threshold', '0', '-pix_fmt', 'yuv420p'],
    ...['-c:a', 'aac', '-b:a', '160k', '-ar', '48000', '-ac', '2', '-f', 'mp4', part],
  ])
  renameSync(part, file)
  return file
}

/** Loops a minute by stream copy, hands the file to `work` and deletes it: two hours are 11 GB. */
export async function withLoop<T>(
  minute: string,
  minutes: number,
  { ffmpeg, cache }: MaterialOptions,
  work: (file: string) => Promise<T>,
): Promise<T> {
  const file = path.join(cache, `loop-${process.pid}-${minutes}.mp4`)
  try {
    await measure(ffmpeg, [
      ...['-y', '-v', 'error', '-nostdin', '-stream_loop', String(minutes - 1), '-i', minute],
      ...['-map', '0', '-c', 'copy', '-f', 'mp4', file],
    ])
    return await work(file)
  } finally {
    rmSync(file, { force: true })
  }
}
