import { devNull } from 'node:os'
import { fileURLToPath } from 'node:url'
import { makeMinute, withLoop, type Encoding, type MaterialOptions } from './material.ts'
import { measure, median, type Measured } from './measure.ts'

const once = fileURLToPath(new URL('analyse-once.ts', import.meta.url))

/** What `analyse-once.ts` prints. */
export interface OneAnalysis {
  slots: number
  keyframes: { count: number; longestGap: number }
  extraFrames: number
  featuresBytes: number
  /** From the start of the process's own code. */
  wallSeconds: number
  /** Of our process alone. */
  cpuSeconds: number
  peakRss: number
  peakRssFfmpeg: number | null
}

export async function analyseOnce(file: string): Promise<Measured & { report: OneAnalysis }> {
  const measured = await measure(process.execPath, [once, file])
  return { ...measured, report: JSON.parse(measured.stdout) as OneAnalysis }
}

const sound = ['-map', '0:a', '-ac', '1', '-ar', '16000', '-f', 's16le', '-y', devNull]
const pictures = (scale: string): string[] => [
  ...['-map', '0:v', '-vf', scale, '-fps_mode', 'passthrough', '-pix_fmt', 'rgb24', '-f', 'rawvideo', '-y', devNull],
]
const quiet = ['-v', 'error', '-nostdin']

/** One bare FFmpeg process each, writing to nowhere. */
export const bare = {
  /** The floor of the budget: the same sound and the same keyframes, with FFmpeg's own defaults. */
  floor: (file: string) => [...quiet, '-skip_frame', 'nokey', '-i', file, ...pictures('scale=160:90'), ...sound],
  /** The same with our decoder and scaler options: what is left of us beside it is the price of what we compute. */
  tuned: (file: string, threads: number) => [
    ...[...quiet, '-threads:v', String(threads), '-skip_frame:v', 'nokey', '-skip_loop_filter:v', 'all', '-i', file],
    ...pictures('scale=160:90:flags=area'),
    ...sound,
  ],
  everyFrame: (file: string) => [...quiet, '-i', file, '-map', '0', '-f', 'null', '-'],
  sound: (file: string) => [...quiet, '-i', file, ...sound],
  keyframes: (file: string) => [...quiet, '-skip_frame', 'nokey', '-i', file, ...pictures('scale=160:90')],
  packets: (file: string) => [...quiet, '-i', file, '-map', '0:v', '-c', 'copy', '-f', 'framecrc', '-y', devNull],
} as const

/** Seconds per minute of recording, from the difference between a long and a short file. */
export interface Cost {
  wall: number
  cpu: number | null
}

export interface Comparison {
  name: string
  keyframes: number
  longestGapSeconds: number
  ours: Cost
  /** Of our CPU cost, what our own process takes; the rest is FFmpeg. */
  ourProcess: number
  floor: Cost
  tuned: Cost
  everyFrame: Cost
  parts: { sound: Cost; keyframes: Cost; packets: Cost }
  /** Median, smallest and largest over the rounds. */
  toFloor: { wall: Spread; cpu: Spread | null }
  fixedSeconds: number
  realtimeFactor: number
}

export interface Spread {
  median: number
  least: number
  most: number
}

const [short, long] = [5, 20]

/** Measures one keyframe distance: ours and the floor by turns, on a 5 and a 20 minute file, `rounds` times. */
export async function compare(encoding: Encoding, material: MaterialOptions, rounds: number): Promise<Comparison> {
  const { ffmpeg } = material
  const minute = await makeMinute(encoding, material)
  return withLoop(minute, short, material, (shortFile) =>
    withLoop(minute, long, material, async (longFile) => {
      const files = [shortFile, longFile] as const
      // Brings both files into the page cache: the disk is not what is compared.
      for (const file of files) await measure(ffmpeg, bare.packets(file))
      const runs = { ours: [] as Pair[], floor: [] as Pair[], tuned: [] as Pair[] }
      const own: number[] = []
      let last: OneAnalysis | undefined
      const threads = encoding.gop < 500 ? 2 : 1
      for (let round = 0; round < rounds; round++) {
        const ours: (Measured & { report: OneAnalysis })[] = []
        const floor: Measured[] = []
        const tuned: Measured[] = []
        for (const file of files) {
          ours.push(await analyseOnce(file))
          floor.push(await measure(ffmpeg, bare.floor(file)))
          tuned.push(await measure(ffmpeg, bare.tuned(file, threads)))
        }
        runs.ours.push(pair(ours))
        runs.floor.push(pair(floor))
        runs.tuned.push(pair(tuned))
        own.push((ours[1]!.report.cpuSeconds - ours[0]!.report.cpuSeconds) / (long - short))
        last = ours[0]!.report
      }
      const parts = {
        sound: await slopeOf(ffmpeg, files, bare.sound),
        keyframes: await slopeOf(ffmpeg, files, bare.keyframes),
        packets: await slopeOf(ffmpeg, files, bare.packets),
      }
      const everyFrame = await measure(ffmpeg, bare.everyFrame(minute))
      const ours = costOf(runs.ours)
      const ratios = (of: (cost: Cost) => number | null): Spread | null => {
        const values = runs.ours.map((run, i) => (of(slope(run)) ?? NaN) / (of(slope(runs.floor[i]!)) ?? NaN))
        return values.every(Number.isFinite) ? spread(values) : null
      }
      return {
        name: encoding.name,
        keyframes: last!.keyframes.count,
        longestGapSeconds: last!.keyframes.longestGap / 705_600_000,
        ours,
        ourProcess: median(own),
        floor: costOf(runs.floor),
        tuned: costOf(runs.tuned),
        everyFrame: { wall: everyFrame.wall, cpu: everyFrame.cpu },
        parts,
        toFloor: { wall: ratios((cost) => cost.wall)!, cpu: ratios((cost) => cost.cpu) },
        fixedSeconds: median(runs.ours.map((run) => run[0].wall - short * slope(run).wall)),
        realtimeFactor: 60 / ours.wall,
      }
    }),
  )
}

export interface MemoryUse {
  name: string
  minutes: number
  ours: number
  ffmpeg: number | null
  wallSeconds: number
  featuresBytes: number
}

/** Peak memory of our process (and, apart, of FFmpeg) for one length. */
export async function measureMemory(
  encoding: Encoding,
  minutes: number,
  material: MaterialOptions,
): Promise<MemoryUse> {
  const minute = await makeMinute(encoding, material)
  return withLoop(minute, minutes, material, async (file) => {
    const { report, wall } = await analyseOnce(file)
    return {
      name: `${encoding.height}p60`,
      minutes,
      ours: report.peakRss,
      ffmpeg: report.peakRssFfmpeg,
      wallSeconds: wall,
      featuresBytes: report.featuresBytes,
    }
  })
}

type Pair = readonly [Measured, Measured]

function pair(runs: readonly Measured[]): Pair {
  return [runs[0]!, runs[1]!]
}

function slope([a, b]: Pair): Cost {
  const per = (x: number | null, y: number | null): number | null =>
    x === null || y === null ? null : (y - x) / (long - short)
  return { wall: per(a.wall, b.wall)!, cpu: per(a.cpu, b.cpu) }
}

function costOf(runs: readonly Pair[]): Cost {
  const slopes = runs.map(slope)
  const cpus = slopes.map(({ cpu }) => cpu)
  return {
    wall: median(slopes.map(({ wall }) => wall)),
    cpu: cpus.some((cpu) => cpu === null) ? null : median(cpus as number[]),
  }
}

async function slopeOf(
  ffmpeg: string,
  files: readonly [string, string],
  args: (file: string) => string[],
): Promise<Cost> {
  return slope([await measure(ffmpeg, args(files[0])), await measure(ffmpeg, args(files[1]))])
}

function spread(values: readonly number[]): Spread {
  return { median: median(values), least: Math.min(...values), most: Math.max(...values) }
}
