import { availableParallelism, cpus, getPriority, loadavg, platform, release, totalmem } from 'node:os'
import type { Comparison, Cost, MemoryUse, Spread } from './analysis.ts'
import type { CutCost } from './cutting.ts'
import type { InterfaceTimes } from './interface.ts'
import type { QueryTime } from './library.ts'

export interface Results {
  ffmpegVersion: string
  source: string | null
  rounds: number
  load: readonly [number, number]
  comparisons: readonly Comparison[]
  memory: readonly MemoryUse[]
  cutting: readonly CutCost[]
  library: readonly QueryTime[]
  interface: InterfaceTimes | null
}

export const budgets = {
  toFloor: 1.25,
  fixedSeconds: 1.5,
  toEveryFrame: 15,
  memory: 400,
  memorySpread: 0.1,
  query: 10,
  smart: 1.5,
  encode: 1.05,
  verify: 0.25,
  checkToDecode: 1.25,
  longCut: 1.2,
  firstCard: 1000,
  script: 8,
  nextClip: 150,
}

const f = (value: number | null, digits = 2): string => (value === null ? '–' : value.toFixed(digits))
const times = ({ median, least, most }: Spread): string => `${f(median)} (${f(least)}–${f(most)})`
const both = ({ wall, cpu }: Cost): string => `${f(wall, 3)} / ${f(cpu, 3)}`
const mb = (bytes: number | null): string => (bytes === null ? '–' : `${Math.round(bytes / 1e6)} MB`)
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n')

export function loadNow(): number {
  return loadavg()[0] ?? 0
}

/** The few numbers that the budgets are about, for the terminal. */
export function summary({ comparisons, memory, cutting, library, interface: ui }: Results): string {
  const lines = comparisons.map(
    (c) =>
      `analysis, keyframe ${c.name.padEnd(17)} ${f(c.toFloor.wall.median)} x the floor by the clock, ` +
      `${f(c.toFloor.cpu?.median ?? null)} x in CPU time (budget ${budgets.toFloor}); ` +
      `${f(c.everyFrame.wall / c.ours.wall, 1)} x faster than every frame (budget ${budgets.toEveryFrame}); ` +
      `${f(c.realtimeFactor, 0)} x realtime; fixed part ${f(c.fixedSeconds)} s (budget ${budgets.fixedSeconds} s)`,
  )
  for (const use of memory) {
    lines.push(
      `memory, ${use.minutes} min of ${use.name}: ${mb(use.ours)} (budget ${budgets.memory} MB), FFmpeg ${mb(use.ffmpeg)}`,
    )
  }
  for (const c of cutting) {
    const what = c.kind === 'smart' ? 'smart cut of 20 s' : 'encode of 6 s'
    lines.push(
      `${what} out of ${c.minutes} min, keyframe every ${c.gop} frames (${c.encodedFrames} of ${c.frames} pictures encoded): ` +
        `${f(c.cut / c.bare)} x bare FFmpeg (budget ${budgets[c.kind]}), check ${f(c.verify / c.bare)} x (budget ${budgets.verify})` +
        (c.cpu === null
          ? ''
          : `; of processor time ${f(c.cpu.cut / c.cpu.bare)} x and ${f(c.cpu.verify / c.cpu.bare)} x`) +
        (c.cpu?.decode == null
          ? ''
          : `; the check is ${f(c.cpu.verify / c.cpu.decode)} x the processor time of decoding the same pictures (budget ${budgets.checkToDecode})`),
    )
  }
  const long = cutting.find(({ minutes }) => minutes > 2)
  const short = cutting.find(({ kind, gop, minutes }) => kind === 'smart' && gop === long?.gop && minutes === 2)
  if (short && long) {
    const ratio = (of: (c: CutCost) => number): string => f(of(long) / of(short))
    lines.push(
      `smart cut, ${long.minutes} min beside ${short.minutes} min: ${ratio((c) => c.cut + c.verify)} x` +
        `, of processor time ${ratio((c) => (c.cpu === null ? NaN : c.cpu.cut + c.cpu.verify))} x (budget ${budgets.longCut})`,
    )
  }
  const slowest = library.toSorted((a, b) => b.p95 - a.p95)[0]
  if (slowest)
    lines.push(
      `library, slowest of ${library.length} queries: ${slowest.query}, ${f(slowest.p95)} ms (budget ${budgets.query} ms)`,
    )
  if (ui !== null) {
    lines.push(
      `interface: first card ${f(ui.firstCard, 0)} ms (budget ${budgets.firstCard}); script a frame, 95 %: ` +
        `scrolling ${f(ui.scrolling.p95, 1)} ms, panning ${f(ui.panning.p95, 1)} ms (budget ${budgets.script}); ` +
        `next clip ${[ui.nextClip, ...ui.nextProxied.map(({ times: each }) => each)].map((each) => f(slowestOf(each), 0)).join(', ')} ms at most (budget ${budgets.nextClip}); ` +
        `thirty clips ${f(ui.thirty, 0)} s; memory ${f(ui.heap.before, 0)} → ${f(ui.heap.after, 0)} MB`,
    )
  }
  return lines.join('\n')
}

const slowestOf = (times: readonly number[]): number => Math.max(...times)

/**
 * The report in parts: what stands at its top, and a section for each thing that was measured in this run. Sections end
 * with how the machine was, since they may be of different runs (`merge-report.ts`).
 */
export function report(results: Results): { head: string; sections: string[] } {
  const { comparisons, memory, cutting, library, interface: ui, source, rounds, load, ffmpegVersion } = results
  const [first] = comparisons
  const priority = getPriority()
  const head = `# Benchmarks

Written by \`npm run bench -- --write\`; do not edit by hand. Ratios count, not seconds: everything that is compared ran by turns in one run. Sections may be of different runs; each says how busy the machine was. Where the load average is above the number of cores, times by the clock say more about the other programs than about this one, and CPU time is the one to read.

## Repeat it

    npm run bench -- --source CLIP --write      # a minute of 1080p60, such as a rendered match
    npm run bench                               # without one: FFmpeg's test picture and noise
    npm run bench -- --only analysis --rounds 5 # or memory, cutting, library, interface; --write replaces those

The material lies in \`CLUTCHCUT_BENCH_DIR\` (default: \`clutchcut-bench\` in the temporary folder) and needs 15 GB while it runs: a minute encoded as 1080p60 H.264 at 12 Mbit/s with AAC at 160 kbit/s, looped by stream copy.`
  const run = `_${new Date().toISOString().slice(0, 10)}: ${availableParallelism()} cores (${cpus()[0]?.model.trim() ?? 'unknown'}), ${f(totalmem() / 2 ** 30, 0)} GiB, ${platform()} ${release()}, Node ${process.version}, FFmpeg ${ffmpegVersion}; ${source === null ? 'artificial material (`testsrc2` with noise, pink noise)' : 'material of a rendered match'}; load average ${f(load[0], 1)} at the start and ${f(load[1], 1)} at the end${priority === 0 ? '' : `, measured at nice ${priority}`}._`
  const sections: string[] = []
  if (comparisons.length > 0 && first) {
    sections.push(
      `## Analysis

Seconds per minute of recording, by the clock / of CPU time (all processes), from the difference between a 20 and a 5 minute file; medians of ${rounds} rounds. *Floor*: one bare FFmpeg process that decodes the same sound and the same keyframes with its own defaults, into nothing. *Tuned floor*: the same with our decoder and scaler options. *Every frame*: one bare process that decodes everything, on one minute.

${table(
  ['keyframe', 'ours', 'floor', 'tuned floor', 'every frame', 'realtime'],
  comparisons.map((c) => [
    c.name,
    both(c.ours),
    both(c.floor),
    both(c.tuned),
    both(c.everyFrame),
    `${f(c.realtimeFactor, 0)} ×`,
  ]),
)}

${table(
  [
    'keyframe',
    `to the floor, clock (budget ${budgets.toFloor})`,
    'to the floor, CPU',
    `faster than every frame, clock (budget ${budgets.toEveryFrame})`,
    `fixed part (budget ${budgets.fixedSeconds} s)`,
  ],
  comparisons.map((c) => [
    c.name,
    times(c.toFloor.wall),
    c.toFloor.cpu === null ? '–' : times(c.toFloor.cpu),
    `${f(c.everyFrame.wall / c.ours.wall, 1)} ×`,
    `${f(c.fixedSeconds)} s`,
  ]),
)}

A looped one-keyframe file has a keyframe a minute; it is reported beside the budgets.

### What the time is spent on

CPU seconds per minute of recording. Our own process: reading the pipes, FFT, log-mel and 2 Hz signals, features file. The bare parts each include demuxing.

${table(
  [
    'keyframe',
    'ours, all',
    'of it our own process',
    'of it FFmpeg',
    'bare: sound',
    'bare: keyframes',
    'bare: packet sizes',
  ],
  comparisons.map((c) => [
    c.name,
    f(c.ours.cpu, 3),
    f(c.ourProcess, 3),
    f(c.ours.cpu === null ? null : c.ours.cpu - c.ourProcess, 3),
    f(c.parts.sound.cpu, 3),
    f(c.parts.keyframes.cpu, 3),
    f(c.parts.packets.cpu, 3),
  ]),
)}`,
    )
  }
  if (memory.length > 0) {
    sections.push(
      `## Memory of an analysis

Peak resident size of our process (budget ${budgets.memory} MB, and the same within ${budgets.memorySpread * 100} % whatever the length). FFmpeg keeps the whole index of an MP4 in memory, so its own size grows with the length.

${table(
  ['recording', 'our process', 'FFmpeg', 'wall', 'features'],
  memory.map((m) => [
    `${m.minutes} min of ${m.name}`,
    mb(m.ours),
    mb(m.ffmpeg),
    `${f(m.wallSeconds, 1)} s`,
    mb(m.featuresBytes),
  ]),
)}`,
    )
  }
  if (cutting.length > 0) {
    sections.push(
      `## Cutting

Clips out of recordings of 1080p60 at 7 Mbit/s: 20 s cut smartly, 6 s encoded. Seconds by the clock, and of the processors in brackets, which a busy machine changes less; medians of ${rounds} rounds. *Bare*: of a smart cut FFmpeg's own stream copy of the span, then an encode of the same edges, one process each; of an encode the same encoders in one process. Budgets: ${budgets.smart} × bare for a smart cut and ${budgets.encode} × for an encode, ${budgets.verify} × more for the check (which cannot be kept: see [0016](adr/0016-what-a-check-costs.md)), ${budgets.longCut} × for the long recording beside the short one. *Check / decode*: beside one bare FFmpeg that decodes what the check has to decode, budget ${budgets.checkToDecode} ×.

${table(
  [
    ...['clip', 'recording', 'keyframe every', 'pictures encoded', 'cut', 'check', 'bare'],
    ...['cut / bare', 'check / bare', 'check / decode'],
  ],
  cutting.map((c) => [
    c.kind,
    `${c.minutes} min`,
    `${c.gop} frames`,
    `${c.encodedFrames} of ${c.frames}`,
    `${f(c.cut)} (${f(c.cpu?.cut ?? null)})`,
    `${f(c.verify)} (${f(c.cpu?.verify ?? null)})`,
    `${f(c.bare)} (${f(c.cpu?.bare ?? null)})`,
    `${f(c.cut / c.bare)} (${f(c.cpu === null ? null : c.cpu.cut / c.cpu.bare)})`,
    `${f(c.verify / c.bare)} (${f(c.cpu === null ? null : c.cpu.verify / c.cpu.bare)})`,
    c.decode === null
      ? '–'
      : `${f(c.verify / c.decode)} (${f(c.cpu?.decode == null ? null : c.cpu.verify / c.cpu.decode)})`,
  ]),
)}`,
    )
  }
  if (library.length > 0) {
    sections.push(
      `## Library

5,000 recordings and 50,000 clips; milliseconds a query (budget ${budgets.query} ms). The slowest ten of ${library.length}:

${table(
  ['query', 'median', '95 %'],
  library
    .toSorted((a, b) => b.p95 - a.p95)
    .slice(0, 10)
    .map((q) => [q.query, f(q.p50), f(q.p95)]),
)}`,
    )
  }
  if (ui !== null) {
    sections.push(
      `## Interface

The built interface in headless Chromium over the real host, with a library of 5,000 recordings and 50,000 clips, a timeline of ${ui.hours} hours (400 clips, 5,000 markers, 60,000 words, chat and all curves), and clips to review. Script is what the page's main thread ran between two frames of a 60 Hz screen, out of the browser's trace; frames themselves are not counted, since the processor draws them here.

${table(
  ['what', 'median', '95 %', 'most', 'budget'],
  [
    ['first card after a reload, ms', f(ui.firstCard, 0), '', '', `${budgets.firstCard}`],
    ...(
      [
        ['script a frame while scrolling the library, ms', ui.scrolling],
        ['script a frame while panning and zooming the timeline, ms', ui.panning],
      ] as const
    ).map(([what, { p50, p95, most }]) => [what, f(p50, 1), f(p95, 1), f(most, 1), `${budgets.script} (95 %)`]),
    ...[{ what: 'MP4', times: ui.nextClip }, ...ui.nextProxied].map(({ what, times: each }) => [
      `from a key of the review to the next clip’s picture (${what}), ms`,
      f(each.toSorted((a, b) => a - b)[Math.floor(each.length / 2)] ?? null, 0),
      '',
      f(slowestOf(each), 0),
      `${budgets.nextClip}`,
    ]),
    ['thirty clips by keys, two seconds of each looked at, s', '', '', f(ui.thirty, 0), '120'],
    ['memory of the page’s scripts after looking at the whole timeline, MB', '', '', f(ui.heap.after, 0), ''],
  ],
)}`,
    )
  }
  return { head, sections: sections.map((section) => `${section}\n\n${run}`) }
}
