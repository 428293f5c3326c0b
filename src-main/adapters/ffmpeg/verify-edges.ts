import type { CutIndex } from '../../../src-shared/domain/render-plan.ts'
import { TICKS_PER_SECOND, ticksPerFrame, type Rational, type Ticks } from '../../../src-shared/domain/time.ts'
import { secondsDown } from './output-args.ts'
import { passthroughArgs } from './passthrough.ts'
import { comparePictures, sampleFilter, sampleOutput, type SampleSize } from './picture-samples.ts'
import type { FfmpegRunner } from './runner.ts'
import type { CopiedPart } from './smart-clip.ts'
import { inputArgs, type SourceFile } from './source-file.ts'
import { decoderComplaint } from './stream-packets.ts'

/** Below it a careful eye sees a difference, and above it none. */
const LEAST_PSNR = 38
/** One GOP beside each join is decoded, but no more than this: recordings made of a single one are hours long. */
const MOST_BESIDE_JOIN: Ticks = 10 * TICKS_PER_SECOND

/** What is decoded around a join, and the edge within it whose pictures were encoded. On the recording's timeline. */
interface Window {
  readonly edge: CutIndex['frames']
  /** The source's pictures. */
  readonly looks: Uint8Array
  readonly from: Ticks
  readonly to: Ticks
}

/**
 * Decodes a smart cut around its joins, one GOP to either side, and compares each encoded picture with the source's,
 * samples of which were kept when it was encoded. Returns what is wrong, in sentences.
 * @throws FfmpegError where it does not decode at all
 */
export async function verifyEdges(
  runner: FfmpegRunner,
  fps: Rational,
  copy: { start: Ticks; end: Ticks },
  { frames, entries }: CutIndex,
  clip: SourceFile,
  { size, head, tail }: CopiedPart['edges'],
  options: { signal?: AbortSignal | undefined },
): Promise<string[]> {
  const begin = frames[0]!.time
  const end = frames.at(-1)!.end
  const afterJoin = entries.find((time) => time > copy.start) ?? copy.end
  const beforeJoin = entries.findLast((time) => time < copy.end) ?? copy.start
  const windows: Window[] = [
    {
      edge: frames.filter(({ time }) => time < copy.start),
      looks: head,
      from: begin,
      to: Math.min(afterJoin, copy.start + MOST_BESIDE_JOIN),
    },
    {
      edge: frames.filter(({ time }) => time >= copy.end),
      looks: tail,
      from: Math.max(beforeJoin, copy.end - MOST_BESIDE_JOIN),
      to: end,
    },
  ].filter(({ edge }) => edge.length > 0)
  if (windows.length === 0) return []
  const check = { begin, fps, size, version: runner.tools.version }
  // FFmpeg's threads are not to be trusted with a window's last pictures (5.1.9 leaves the last of three packets of HEVC
  // out with three threads, and shows it with any other number of them): where one is missing, one thread looks again.
  const first = await decodeWindows(runner, joinCheckArgs(clip, check, windows), windows, options)
  const isWhole = first.looks.every((looks, i) => looks.length === windows[i]!.looks.length)
  const { looks, complaint } = isWhole
    ? first
    : await decodeWindows(runner, joinCheckArgs(clip, { ...check, threads: 1 }, windows), windows, options)
  if (complaint !== undefined) return [`A join does not decode cleanly (${complaint}).`]
  for (const [i, window] of windows.entries()) {
    const values = comparePictures(looks[i]!, window.looks, size)
    if (values?.length !== window.edge.length) return ['Not every encoded picture could be compared.']
    const worst = Math.min(...values)
    if (worst < LEAST_PSNR) return [`An encoded picture differs too much from the source’s (${worst.toFixed(1)} dB).`]
  }
  return []
}

async function decodeWindows(
  runner: FfmpegRunner,
  argv: string[],
  windows: readonly Window[],
  options: { signal?: AbortSignal | undefined },
): Promise<{ looks: Buffer[]; complaint: string | undefined }> {
  const running = runner.spawn(argv, { ...options, pipes: windows.length })
  const looks = await Promise.all(running.pipes.map(readAll))
  return { looks, complaint: decoderComplaint((await running.done).stderr) }
}

async function readAll(pipe: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of pipe) chunks.push(chunk)
  return Buffer.concat(chunks)
}

/** One run that decodes all windows and hands out samples of their encoded pictures, a pipe for each. Pure. */
export function joinCheckArgs(
  clip: SourceFile,
  {
    begin,
    fps,
    size,
    version,
    threads,
  }: { begin: Ticks; fps: Rational; size: SampleSize; version: string; threads?: number },
  windows: readonly Omit<Window, 'looks'>[],
): string[] {
  const margin = Math.min(ticksPerFrame(fps) / 4, TICKS_PER_SECOND / 2000)
  const within = (time: Ticks): string => secondsDown(time - begin - margin)
  const graph = windows.map(({ edge }, i) => {
    const own = `trim=start=${within(edge[0]!.time)}:end=${within(edge.at(-1)!.end)}`
    return `[${i}:V:0]split[all${i}][own${i}];[own${i}]${own},${sampleFilter(size)}[look${i}]`
  })
  return [
    ...['-copyts', '-xerror'],
    ...windows.flatMap(({ from, to }) => [
      ...['-noaccurate_seek', '-noautorotate', ...(threads === undefined ? [] : ['-threads', String(threads)])],
      // Behind a seek FFmpeg would count a length from where it landed; there the clip's own end is the end.
      ...(from > begin ? ['-ss', secondsDown(from - begin)] : ['-t', secondsDown(to - from)]),
      ...inputArgs(clip),
    ]),
    ...['-filter_complex', graph.join(';')],
    ...windows.flatMap((_, i) => [
      ...['-map', `[all${i}]`, '-f', 'null', '-'],
      ...['-map', `[look${i}]`, ...sampleOutput(3 + i, passthroughArgs(version))],
    ]),
  ]
}
