import type { MediaInfo } from '../../../src-shared/contract/media-info.ts'
import type { RenderPlan } from '../../../src-shared/contract/render-plan.ts'
import type { CutIndex } from '../../../src-shared/domain/render-plan.ts'
import { TICKS_PER_SECOND, ticksPerFrame, type Ticks } from '../../../src-shared/domain/time.ts'
import { checkSource } from './check-source.ts'
import type { CutClip } from './cut-clip.ts'
import { FfmpegError } from './ffmpeg-error.ts'
import { readMp4, type Mp4Index } from './read-mp4.ts'
import type { Packet, PacketStream } from './read-packets.ts'
import type { FfmpegRunner } from './runner.ts'
import { verifyEdges } from './verify-edges.ts'
import { hashPackets } from './verify-hashes.ts'

/** Sound and picture further apart are seen to be. Where edit lists are ignored, as some players do. */
const MAX_OFFSET: Ticks = 0.015 * TICKS_PER_SECOND

/**
 * Holds a finished clip against its plan and its source: how many pictures, at which times, how long, sound beside
 * picture; for a smart cut also that copied packets are the source's to the byte, that the joins decode, and that
 * encoded pictures look like the source's. Returns what is wrong, in sentences.
 */
export async function verifyClip(
  runner: FfmpegRunner,
  media: MediaInfo,
  plan: Pick<RenderPlan, 'video' | 'audio'>,
  made: CutClip,
  output: string,
  options: { index: CutIndex | null; signal?: AbortSignal | undefined },
): Promise<string[]> {
  const { index, signal } = options
  const clip = await readMp4(output)
  const frame = media.video === null ? null : ticksPerFrame(media.video.fps)
  const facts = { frame, length: made.end - made.start, tracks: plan.audio.length }
  // Uneven pictures are repeated by an encode, to fill its own even rate.
  const isRepeating = plan.video.action === 'encode' && media.video?.variableFrameRate === true
  const problems = [...checkTimes(clip, facts, isRepeating ? null : index), ...checkOffset(clip)]
  if (problems.length > 0 || made.copied === null || index === null || media.video === null) return problems
  if (plan.video.action !== 'smart') return problems
  try {
    const { first, hashes: expected } = made.copied
    const pictures = clip.streams.find(({ type }) => type === 'video')?.stored ?? []
    const hashes = await hashPackets(output, pictures.slice(first, first + expected.length), { signal })
    if (expected.some((hash, i) => hashes[i] !== hash)) return ['Copied pictures are not the source’s.']
    const file = await checkSource(output)
    const { copy } = plan.video
    return await verifyEdges(runner, media.video.fps, copy, index, file, made.copied.edges, { signal })
  } catch (error) {
    signal?.throwIfAborted()
    // What cannot be decoded is a finding; a missing program or a full disk is not.
    if (error instanceof FfmpegError && error.code === 'ffmpeg/failed') {
      return [`It does not decode bare an error (${error.failure.stderr.at(-1) ?? 'no message'}).`]
    }
    throw error
  }
}

/** Pure. `index` null: how many pictures there should be is not known. */
export function checkTimes(
  { streams, packets }: { streams: readonly PacketStream[]; packets: readonly Packet[] },
  { frame, length, tracks }: { frame: Ticks | null; length: Ticks; tracks: number },
  index: CutIndex | null,
): string[] {
  const problems: string[] = []
  const video = streams.find(({ type }) => type === 'video')
  const sound = streams.filter(({ type }) => type === 'audio')
  if (frame !== null && video === undefined) return ['It has no picture.']
  if (sound.length !== tracks) problems.push(`It has ${sound.length} sound tracks instead of ${tracks}.`)
  for (const { index: streamIndex } of streams) {
    const own = packets.filter((packet) => packet.streamIndex === streamIndex)
    if (!isIncreasing(own.map(({ dts }) => dts))) problems.push('Its timestamps do not increase.')
  }
  if (video === undefined || frame === null) return problems
  const pictures = packets.filter((packet) => packet.streamIndex === video.index && !packet.discarded)
  const times = pictures.flatMap(({ pts }) => (pts === null ? [] : [pts])).sort((a, b) => a - b)
  if (!isIncreasing(times)) problems.push('Two of its pictures are shown at once.')
  const last = pictures.reduce<Packet | null>((late, p) => ((p.pts ?? 0) >= (late?.pts ?? 0) ? p : late), null)
  const held = (last?.pts ?? 0) + (last?.duration ?? 0) - (times[0] ?? 0)
  if (Math.abs(held - length) > 1.5 * frame) {
    problems.push(`It is ${seconds(held)} s long instead of ${seconds(length)} s.`)
  }
  if (Math.abs(times[0] ?? 0) > frame / 2) problems.push('Its first picture is not at its beginning.')
  if (index === null) return problems
  if (times.length !== index.frames.length) {
    problems.push(`It holds ${times.length} pictures instead of ${index.frames.length}.`)
    return problems
  }
  const start = index.frames[0]?.time ?? 0
  // Containers with milliseconds round; an encoder may round to its own frame rate.
  const tolerance = Math.max(frame / 2, TICKS_PER_SECOND / 500)
  if (index.frames.some(({ time }, i) => Math.abs(time - start - (times[i] ?? 0)) > tolerance)) {
    problems.push('Its pictures are not shown at the times of the source’s.')
  }
  return problems
}

/**
 * Whether sound and picture stay together where nobody reads the edit lists: each track is then shown later by what its
 * edit list would have skipped (priming of sound, delay of reordered pictures). Pure.
 */
export function checkOffset({
  streams,
}: {
  streams: readonly Pick<Mp4Index['streams'][number], 'type' | 'late'>[]
}): string[] {
  const picture = streams.find(({ type }) => type === 'video')
  if (picture === undefined) return []
  return streams.flatMap(({ type, late }) => {
    const offset = type === 'audio' ? late - picture.late : 0
    return Math.abs(offset) <= MAX_OFFSET
      ? []
      : [`Sound and picture are ${Math.round((1000 * offset) / TICKS_PER_SECOND)} ms apart.`]
  })
}

function isIncreasing(times: readonly (Ticks | null)[]): boolean {
  let last = Number.NEGATIVE_INFINITY
  for (const time of times) {
    if (time === null) continue
    if (time <= last) return false
    last = time
  }
  return true
}

function seconds(ticks: Ticks): string {
  return (ticks / TICKS_PER_SECOND).toFixed(3)
}
