import type { MediaInfo } from '../../../src-shared/contract/media-info.ts'
import { ptsFromTicks, TICKS_PER_SECOND, ticksPerFrame, type Ticks } from '../../../src-shared/domain/time.ts'
import type { CutIndex } from '../../../src-shared/domain/render-plan.ts'
import { secondsDown } from './output-args.ts'
import type { FfmpegRunner } from './runner.ts'
import { seekAttempts } from './smart-edge.ts'
import { inputArgs, type SourceFile } from './source-file.ts'
import { decoderComplaint } from './stream-packets.ts'

/** Below it a careful eye sees a difference, and above it none. */
const LEAST_PSNR = 38
/** One GOP beside each join is decoded, but no more than this: recordings made of a single one are hours long. */
const MOST_BESIDE_JOIN: Ticks = 10 * TICKS_PER_SECOND

type WithVideo = MediaInfo & { video: NonNullable<MediaInfo['video']> }

/**
 * Decodes a smart cut around its joins, and compares each encoded picture with the source's. Returns what is wrong, in
 * sentences.
 * @throws FfmpegError where it does not decode at all
 */
export async function verifyEdges(
  runner: FfmpegRunner,
  source: SourceFile,
  media: WithVideo,
  copy: { start: Ticks; end: Ticks },
  { frames, entries }: CutIndex,
  clip: SourceFile,
  options: { signal?: AbortSignal | undefined },
): Promise<string[]> {
  const begin = frames[0]!.time
  const end = frames.at(-1)!.end
  const head = frames.filter(({ time }) => time < copy.start)
  const tail = frames.filter(({ time }) => time >= copy.end)
  const afterJoin = entries.find((time) => time > copy.start) ?? copy.end
  const beforeJoin = entries.findLast((time) => time < copy.end) ?? copy.start
  const windows = [
    { edge: head, from: begin, to: Math.min(afterJoin, copy.start + MOST_BESIDE_JOIN) },
    { edge: tail, from: Math.max(beforeJoin, copy.end - MOST_BESIDE_JOIN), to: end },
  ]
  for (const { edge, from, to } of windows) {
    if (edge.length === 0) continue
    const argv = edgeCheckArgs(source, media, clip, { begin, from, to }, edge)
    const running = runner.spawn(argv, { ...options, pipes: 1 })
    const text: string[] = []
    for await (const chunk of running.pipes[0]!) text.push(String(chunk))
    const { stderr } = await running.done
    const complaint = decoderComplaint(stderr)
    if (complaint !== undefined) return [`A join does not decode cleanly (${complaint}).`]
    const values = readPsnr(text.join(''))
    if (values.length !== edge.length) return [`${values.length} of ${edge.length} encoded pictures could be compared.`]
    const worst = Math.min(...values)
    if (worst < LEAST_PSNR) return [`An encoded picture differs too much from the source’s (${worst.toFixed(1)} dB).`]
  }
  return []
}

/**
 * One run that decodes the clip from `from` to `to` and, of that, compares the edge with the source. Pure. All times on
 * the recording's timeline; `begin` is the clip's.
 */
function edgeCheckArgs(
  source: SourceFile,
  { video, origin, container }: WithVideo,
  clip: SourceFile,
  { begin, from, to }: { begin: Ticks; from: Ticks; to: Ticks },
  edge: CutIndex['frames'],
): string[] {
  const [first, end] = [edge[0]!.time, edge.at(-1)!.end]
  const seek = seekAttempts(first, container)[0] ?? null
  const pts = (time: Ticks): number => ptsFromTicks(time + origin, video.timebase)
  const margin = Math.min(ticksPerFrame(video.fps) / 4, TICKS_PER_SECOND / 2000)
  const within = (time: Ticks): string => secondsDown(time - begin - margin)
  const ours = `trim=start=${within(first)}:end=${within(end)},settb=1/1000,setpts=N`
  const theirs = `trim=start_pts=${pts(first)}:end_pts=${pts(end)},settb=1/1000,setpts=N`
  const compare = 'psnr=eof_action=endall,metadata=mode=print:key=lavfi.psnr.psnr_avg:file=pipe\\\\:3'
  return [
    ...['-copyts', '-xerror', '-noaccurate_seek', '-noautorotate'],
    // Behind a seek FFmpeg would count a length from where it landed; there the clip's own end is the end.
    ...(from > begin ? ['-ss', secondsDown(from - begin)] : ['-t', secondsDown(to - from)]),
    ...inputArgs(clip),
    ...['-noaccurate_seek', '-noautorotate'],
    ...(seek === null ? [] : ['-seek_timestamp', '1', '-ss', secondsDown(seek + origin)]),
    ...inputArgs(source),
    '-filter_complex',
    `[0:V:0]split[all][own];[own]${ours}[a];[1:${video.streamIndex}]${theirs}[b];[a][b]${compare}[c]`,
    ...['-map', '[all]', '-f', 'null', '-', '-map', '[c]', '-f', 'null', '-'],
  ]
}

/** `lavfi.psnr.psnr_avg=43.2`, a line a picture; `inf` where nothing differs. Pure. */
export function readPsnr(text: string): number[] {
  return [...text.matchAll(/lavfi\.psnr\.psnr_avg=(inf|[\d.]+)/g)].map((match) =>
    match[1] === 'inf' ? Number.POSITIVE_INFINITY : Number(match[1]),
  )
}
