import { rmSync } from 'node:fs'
import path from 'node:path'
import { devNull } from 'node:os'
import { fileURLToPath } from 'node:url'
import { checkSource } from '../../src-main/adapters/ffmpeg/check-source.ts'
import { keyframeBefore } from '../../src-main/adapters/ffmpeg/keyframes-near.ts'
import { probe } from '../../src-main/adapters/ffmpeg/probe.ts'
import { secondsFromTicks, ticksFromSeconds } from '../../src-shared/domain/time.ts'
import { testRunner } from '../helpers/ffmpeg.ts'
import { fullHd, makeMinute, withLoop, type MaterialOptions } from './material.ts'
import { measure, median, total } from './measure.ts'

const once = fileURLToPath(new URL('cut-once.ts', import.meta.url))

/** What `cut-once.ts` prints. */
interface OneCut {
  cutSeconds: number
  verifySeconds: number
  cutCpu: number | null
  verifyCpu: number | null
  frames: number
  copied: number
  edges: [[number, number], [number, number]]
}

export interface CutCost {
  kind: 'smart' | 'encode'
  /** Frames between keyframes. */
  gop: number
  /** Length of the recording. */
  minutes: number
  /** Of the cut alone, by the clock. */
  cut: number
  verify: number
  /**
   * Bare FFmpeg: a stream copy of the span, then an encode of the same edges, one process each; of an encode, the same
   * filters and encoders.
   */
  bare: number
  /** Bare FFmpeg decoding what the check must decode: one GOP beside each join, and the edges. Null for an encode. */
  decode: number | null
  /** Times of the processors, which a busy machine does not change; null where the system does not tell. */
  cpu: { cut: number; verify: number; bare: number; decode: number | null } | null
  encodedFrames: number
  frames: number
}

const quiet = ['-v', 'error', '-nostdin', '-y']

/** Two hours at this rate are 6 GB. */
const kilobits = 7000

/**
 * A clip of 20 s, cut smartly out of short recordings with keyframes every two and every four seconds, and of a long one;
 * the same work by bare FFmpeg beside it.
 */
export async function benchCuts(options: MaterialOptions, rounds: number): Promise<CutCost[]> {
  const costs: CutCost[] = []
  for (const [gop, minutes] of [
    [120, 2],
    [240, 2],
    [240, 120],
  ] as const) {
    const minute = await makeMinute({ ...fullHd(gop), kilobits }, options)
    costs.push(
      ...(await withLoop(minute, minutes, options, async (file) => {
        const smart = await benchOne(file, { kind: 'smart', gop, minutes, seconds: 20 }, options, rounds)
        if (minutes > 2) return [smart]
        return [smart, await benchOne(file, { kind: 'encode', gop, minutes, seconds: 6 }, options, rounds)]
      })),
    )
  }
  return costs
}

async function keyframeNear(file: string, seconds: number): Promise<number> {
  const runner = await testRunner()
  const source = await checkSource(file)
  const found = await keyframeBefore(runner, source, await probe(runner, source), ticksFromSeconds(seconds), {})
  if (found === null) throw new Error('no keyframe')
  return secondsFromTicks(found)
}

type Setting = Pick<CutCost, 'kind' | 'gop' | 'minutes'> & { seconds: number }

/** FFmpeg's arguments for the same work by hand, run after run. */
function bareRuns(
  file: string,
  start: number,
  output: string,
  { kind, seconds }: Setting,
  { edges }: OneCut,
): string[][] {
  const input = (from: number, length: number): string[] => ['-ss', String(from), '-t', String(length), '-i', file]
  const encoder = (crf: number): string[] => ['-c:v', 'libx264', '-preset', 'veryfast', '-crf', String(crf)]
  const mp4 = ['-movflags', '+faststart', '-f', 'mp4', output]
  if (kind === 'encode') {
    const sound = ['-map', '0:a', '-c:a', 'aac', '-b:a', '192k']
    return [[...input(start, seconds), '-map', '0:v', '-vf', 'format=yuv420p', ...encoder(18), ...sound, ...mp4]]
  }
  return [
    [...input(start, seconds), '-map', '0', '-c', 'copy', '-f', 'mp4', output],
    ...edges
      .filter(([from, to]) => to - from >= 0.001)
      .map(([from, to]) => [
        ...[...input(from, to - from), '-map', '0:v', ...encoder(15), '-bf', '2', '-f', 'h264', devNull],
      ]),
  ]
}

/** The pictures that the check of a smart cut decodes, decoded and nothing else. */
function decodeRun(clip: string, gop: number, { edges: [[begin, from], [to, end]] }: OneCut): string[] {
  const beside = gop / 60
  const first = ['-t', String(from - begin + beside), '-i', clip]
  const last = ['-ss', String(Math.max(0, to - begin - beside)), '-t', String(end - to + beside), '-i', clip]
  return [...first, ...last, ...['-map', '0:v', '-f', 'null', devNull], ...['-map', '1:v', '-f', 'null', devNull]]
}

async function benchOne(file: string, setting: Setting, options: MaterialOptions, rounds: number): Promise<CutCost> {
  const { kind, gop, minutes, seconds } = setting
  const output = path.join(options.cache, `cut-${process.pid}.mp4`)
  // In the last minute, half-way between keyframes of either: as many pictures are encoded.
  const start = (await keyframeNear(file, minutes * 60 - 40)) + gop / 120
  const rows: {
    ours: OneCut
    bare: number
    bareCpu: number | null
    decode: { wall: number; cpu: number | null } | null
  }[] = []
  try {
    for (let round = 0; round < rounds; round += 1) {
      const { stdout } = await measure(process.execPath, [
        ...[once, file, String(start), String(start + seconds), output, kind],
      ])
      const ours = JSON.parse(stdout) as OneCut
      const decode =
        kind === 'encode' ? null : await measure(options.ffmpeg, [...quiet, ...decodeRun(output, gop, ours)])
      const runs = []
      for (const argv of bareRuns(file, start, output, setting, ours)) {
        runs.push(await measure(options.ffmpeg, [...quiet, ...argv]))
      }
      const bare = runs.reduce((sum, { wall }) => sum + wall, 0)
      rows.push({ ours, bare, bareCpu: total(runs.map(({ cpu }) => cpu)), decode })
    }
  } finally {
    rmSync(output, { force: true })
  }
  const [{ ours }] = rows as [(typeof rows)[number]]
  const cpu = (of: (row: (typeof rows)[number]) => number | null): number => median(rows.map((row) => of(row) ?? NaN))
  const knowsCpu = rows.every(({ ours, bareCpu }) => ours.cutCpu !== null && bareCpu !== null)
  return {
    kind,
    gop,
    minutes,
    cpu: knowsCpu
      ? {
          cut: cpu((row) => row.ours.cutCpu),
          verify: cpu((row) => row.ours.verifyCpu),
          bare: cpu((row) => row.bareCpu),
          decode: kind === 'encode' ? null : cpu((row) => row.decode?.cpu ?? null),
        }
      : null,
    cut: median(rows.map((row) => row.ours.cutSeconds)),
    verify: median(rows.map((row) => row.ours.verifySeconds)),
    bare: median(rows.map((row) => row.bare)),
    decode: kind === 'encode' ? null : median(rows.map((row) => row.decode?.wall ?? NaN)),
    encodedFrames: ours.frames - ours.copied,
    frames: ours.frames,
  }
}
