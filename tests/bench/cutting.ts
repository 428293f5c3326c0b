import { rmSync } from 'node:fs'
import path from 'node:path'
import { devNull } from 'node:os'
import { fileURLToPath } from 'node:url'
import { fullHd, makeMinute, withLoop, type MaterialOptions } from './material.ts'
import { measure, median } from './measure.ts'

const once = fileURLToPath(new URL('cut-once.ts', import.meta.url))

/** What `cut-once.ts` prints. */
interface OneCut {
  cutSeconds: number
  verifySeconds: number
  frames: number
  copied: number
  edges: [number, number][]
}

export interface CutCost {
  /** Length of the recording. */
  minutes: number
  /** Of the cut alone, by the clock. */
  cut: number
  verify: number
  /** Bare FFmpeg: a stream copy of the span, then an encode of the same edges, one process each. */
  bare: number
  encodedFrames: number
  frames: number
}

const quiet = ['-v', 'error', '-nostdin', '-y']

/** A clip of 20 s, cut smartly out of a short and a long recording; the same work by bare FFmpeg beside it. */
export async function benchCuts(options: MaterialOptions, rounds: number): Promise<CutCost[]> {
  const minute = await makeMinute(fullHd(250), options)
  const costs: CutCost[] = []
  for (const minutes of [2, 120]) {
    costs.push(await withLoop(minute, minutes, options, (file) => benchOne(file, minutes, options, rounds)))
  }
  return costs
}

async function benchOne(file: string, minutes: number, options: MaterialOptions, rounds: number): Promise<CutCost> {
  const output = path.join(options.cache, `cut-${process.pid}.mp4`)
  // In the last minute of either, between keyframes.
  const start = minutes * 60 - 40.3
  const rows: { ours: OneCut; bare: number }[] = []
  try {
    for (let round = 0; round < rounds; round += 1) {
      const { stdout } = await measure(process.execPath, [once, file, String(start), String(start + 20), output])
      const ours = JSON.parse(stdout) as OneCut
      const copied = ['-ss', String(start), '-t', '20', '-i', file, '-map', '0', '-c', 'copy', '-f', 'mp4', output]
      let bare = (await measure(options.ffmpeg, [...quiet, ...copied])).wall
      for (const [from, to] of ours.edges) {
        if (to - from < 0.001) continue
        const span = ['-ss', String(from), '-t', String(to - from), '-i', file]
        const encoder = ['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '15', '-bf', '2']
        const argv = [...quiet, ...span, '-map', '0:v', ...encoder, '-f', 'h264', devNull]
        bare += (await measure(options.ffmpeg, argv)).wall
      }
      rows.push({ ours, bare })
    }
  } finally {
    rmSync(output, { force: true })
  }
  const [{ ours }] = rows as [(typeof rows)[number]]
  return {
    minutes,
    cut: median(rows.map((row) => row.ours.cutSeconds)),
    verify: median(rows.map((row) => row.ours.verifySeconds)),
    bare: median(rows.map((row) => row.bare)),
    encodedFrames: ours.frames - ours.copied,
    frames: ours.frames,
  }
}
