import type { MediaInfo } from '../../../src-shared/contract/media-info.ts'
import type { RenderPlan } from '../../../src-shared/contract/render-plan.ts'
import { encodedTrack } from '../../../src-shared/domain/render-plan.ts'
import { TICKS_PER_SECOND, ticksPerFrame, type Ticks } from '../../../src-shared/domain/time.ts'
import { alignTracks } from './align-tracks.ts'
import { planCopy, type CopyPlan } from './copy-plan.ts'
import { audioArgs, exactSound, metadataArgs, mp4Output, secondsDown } from './output-args.ts'
import { probeSpan } from './probe-span.ts'
import { readMp4 } from './read-mp4.ts'
import { readPackets } from './read-packets.ts'
import type { FfmpegRunner } from './runner.ts'
import { inputArgs, type SourceFile } from './source-file.ts'
import { checkOffset } from './verify-clip.ts'

export interface CutOptions {
  readonly signal?: AbortSignal | undefined
  readonly onProgress?: ((fraction: number) => void) | undefined
}

export type CopyResult =
  /** What the file holds, on the recording's timeline; `note`: what of it is not as it was recorded. */
  | { kind: 'copied'; start: Ticks; end: Ticks; note: string | null }
  /** `reason` is a sentence; encode instead. */
  | { kind: 'cannot-copy'; reason: string }

/**
 * Seconds before the start to read from. Most demuxers land on the keyframe that is wanted; TS lands where the time is,
 * and a keyframe with leading pictures sends us further back.
 */
const seekWindows = [0, 12, 60, null] as const

/** What MP4 carries and players play from it. */
const copyableVideo = new Set(['h264', 'hevc', 'av1', 'vp9'])

/**
 * Writes a clip without re-encoding its picture: from the clean keyframe at or before the plan's start to the first
 * place at or after its end where a copy may stop. Sound that cannot be copied beside it (a track that is silent there,
 * or begins later) is encoded.
 * @throws FfmpegError; ClutchcutError of `probeSpan` when the result is not what it should be.
 */
export async function copyClip(
  runner: FfmpegRunner,
  source: SourceFile,
  media: MediaInfo,
  plan: Pick<RenderPlan, 'span' | 'audio' | 'metadata'>,
  output: string,
  options: CutOptions = {},
): Promise<CopyResult> {
  const { video, origin } = media
  if (video === null) return { kind: 'cannot-copy', reason: 'The recording has no picture.' }
  if (!copyableVideo.has(video.codec))
    return { kind: 'cannot-copy', reason: `MP4 does not carry ${video.codec} video.` }
  if (media.container === 'avi' && video.bFrames) {
    return { kind: 'cannot-copy', reason: 'AVI does not keep the times of reordered frames.' }
  }
  const { signal } = options
  const [start, end] = [plan.span.start + origin, plan.span.end + origin]
  const frame = ticksPerFrame(video.fps)
  let copy: CopyPlan | null = null
  for (const seconds of seekWindows) {
    const from = seconds === null ? {} : { from: start - seconds * TICKS_PER_SECOND }
    const query = { streams: String(video.streamIndex), ...from, to: end + 2 * TICKS_PER_SECOND }
    copy = planCopy((await readPackets(runner, source, query, { signal })).packets, start, end, frame)
    if (copy !== null) break
  }
  if (copy === null) return { kind: 'cannot-copy', reason: 'There is no keyframe to begin with.' }
  const length = copy.end - copy.start
  const write = async (audio: RenderPlan['audio'], planned: CopyPlan): Promise<void> => {
    await runner.run(copyClipArgs(source, media, { ...plan, audio }, planned, output), {
      signal,
      onProgress: ({ outTime }) => options.onProgress?.(Math.min(1, Math.max(0, (outTime ?? 0) / length))),
    })
  }
  await write(plan.audio, copy)
  const isCopied = plan.audio.some(({ action }) => action === 'copy')
  const note = isCopied && !(await isInStep(output, plan.audio.length)) ? SOUND_ENCODED : null
  if (note !== null) await write(encodedSound(media, plan.audio), copy)
  const held = await probeSpan(output)
  // The first picture of the file is the keyframe, shown at zero; the rest follows at the same distances. Were it another
  // one (packets were lost to damage), its distance from zero tells which.
  const first = held.video?.start ?? 0
  const begin = copy.start + (Math.abs(first) <= frame ? 0 : first)
  return { kind: 'copied', start: begin - origin, end: begin + held.end - first - origin, note }
}

const SOUND_ENCODED = 'Its sound was encoded: it does not begin with the picture.'

/** Whether all tracks are there, and begin with the picture also where edit lists are ignored. */
async function isInStep(output: string, tracks: number): Promise<boolean> {
  await alignTracks(output, { editLists: true })
  const clip = await readMp4(output)
  return clip.streams.filter(({ type }) => type === 'audio').length === tracks && checkOffset(clip).length === 0
}

function encodedSound({ audio }: MediaInfo, plans: RenderPlan['audio']): RenderPlan['audio'] {
  return plans.map((plan) => {
    const track = plan.action === 'copy' ? audio.find(({ index }) => index === plan.track) : undefined
    return track === undefined ? plan : encodedTrack(track)
  })
}

/** Earlier than the keyframe, yet later than the frame before it at any rate up to 500 frames a second. */
const seekMargin: Ticks = TICKS_PER_SECOND / 1000
/** Sound is read from so much earlier: Matroska hands out nothing from before the keyframe that it was sought for. */
const soundLead: Ticks = TICKS_PER_SECOND

/**
 * FFmpeg's arguments for a copy. Pure. The seek aims a millisecond before the keyframe, because times are rounded on
 * their way and a keyframe that seems to lie before the start would be dropped with its whole GOP; `-copypriorss 0`
 * drops what the seek brings along from before. Sound is read by an input of its own.
 */
export function copyClipArgs(
  source: SourceFile,
  media: MediaInfo,
  plan: Pick<RenderPlan, 'audio' | 'metadata'>,
  copy: CopyPlan,
  output: string,
): string[] {
  // FFmpeg seeks a little early where frames are reordered; in FLV that fails near the beginning, where the index has
  // nothing earlier, and then it begins with the second keyframe. There the file is read from its beginning instead.
  const fromStart = media.container === 'flv' && copy.start < media.origin + TICKS_PER_SECOND / 2
  const seek = fromStart ? 0 : copy.start - seekMargin
  // Absolute times: without `-seek_timestamp` FFmpeg adds the file's own start, which is its earliest stream's.
  const sought = (at: Ticks): string[] => ['-seek_timestamp', '1', '-ss', secondsDown(at), ...inputArgs(source)]
  const hasSound = plan.audio.length > 0 && !fromStart
  const lead = secondsDown(soundLead)
  const inputs = fromStart ? ['-copyts', ...inputArgs(source)] : sought(seek)
  const sound = hasSound ? ['-itsoffset', `-${lead}`, ...sought(seek - soundLead)] : []
  const span = { start: copy.start - seek, end: copy.end - seek }
  return [
    ...inputs,
    ...sound,
    '-map',
    `0:${media.video?.streamIndex ?? 'V:0'}`,
    '-c:v',
    'copy',
    // What Apple's players want HEVC to be called.
    ...(media.video?.codec === 'hevc' ? ['-tag:v', 'hvc1'] : []),
    '-copypriorss:v',
    '0',
    // Ends the picture alone: `-frames:v` ends the whole file, and sound that is stored behind it (a fragmented MP4 keeps
    // seconds of it there) would be missing.
    '-bsf:v',
    `noise=amount=0:drop=gte(n\\,${copy.packets})${media.video?.bFrames === false ? `,${decodedEarlier}` : ''}`,
    ...audioArgs(media, plan.audio, soundMaps(media, plan.audio, hasSound ? 1 : 0)),
    ...cutSound(media, plan.audio, span),
    '-sn',
    '-dn',
    '-t',
    secondsDown(copy.end - seek),
    // The first picture is shown at zero; audio keeps its distance.
    '-output_ts_offset',
    secondsDown(seek - copy.start),
    // FLAC and others that were experimental in MP4 once.
    '-strict',
    '-2',
    ...metadataArgs(plan.metadata),
    ...mp4Output(output),
  ]
}

function soundMaps({ audio }: MediaInfo, plans: RenderPlan['audio'], input: number): string[] {
  return plans.map((plan, output) => {
    const track = plan.action === 'mix' ? undefined : audio.find(({ index }) => index === plan.track)
    return `${input}:${track?.streamIndex ?? `a:${output}`}`
  })
}

/**
 * Lets each track begin with the picture. `span`: the picture's, as filters see it. A copied track begins with the
 * packet during which the first picture is shown, an encoded one at the sample, with silence where it holds none.
 */
function cutSound(
  media: MediaInfo,
  plans: RenderPlan['audio'],
  { start, end }: { start: Ticks; end: Ticks },
): string[] {
  return plans.flatMap((plan, output) => {
    if (plan.action === 'mix') return []
    const track = media.audio.find(({ index }) => index === plan.track)
    const rate = track?.sampleRate ?? 48_000
    if (plan.action === 'copy') {
      // In packets: what `tb` says is not always the unit of `pts` (Matroska's sound comes in samples).
      const packets = (start * rate) / TICKS_PER_SECOND / (track?.codec === 'mp3' ? 1152 : 1024)
      return [`-bsf:a:${output}`, `noise=amount=0:drop=lt(pts\\,d*${(packets - 1).toFixed(4)})`]
    }
    const [first, last] = [start, end].map((time) => Math.round((time * rate) / TICKS_PER_SECOND))
    return [`-filter:a:${output}`, exactSound(first!, last!, first)]
  })
}

/** A little earlier than shown, where no picture is reordered: `alignTracks` needs offsets to move. */
const decodedEarlier = 'setts=pts=PTS:dts=PTS-1'
