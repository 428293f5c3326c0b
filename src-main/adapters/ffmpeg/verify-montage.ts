import { ticksPerFrame, TICKS_PER_SECOND, type Rational, type Ticks } from '../../../src-shared/domain/time.ts'
import { checkSource } from './check-source.ts'
import { FfmpegError } from './ffmpeg-error.ts'
import type { CopiedRun } from './montage-picture.ts'
import { frameTime } from './montage-shot.ts'
import { secondsDown } from './output-args.ts'
import { passthroughArgs } from './passthrough.ts'
import { readMp4 } from './read-mp4.ts'
import type { FfmpegRunner } from './runner.ts'
import { inputArgs, type SourceFile } from './source-file.ts'
import { decoderComplaint } from './stream-packets.ts'
import { checkOffset, checkTimes } from './verify-clip.ts'
import { hashPackets } from './verify-hashes.ts'

export interface MontageFacts {
  readonly fps: Rational
  readonly frames: number
  readonly hasSound: boolean
  /** Pictures at which something else begins. */
  readonly joins: readonly number[]
  readonly copied: readonly CopiedRun[]
}

/** Decoded to either side of a join, at least; a decoder begins at the keyframe before that. */
const AROUND: Ticks = TICKS_PER_SECOND / 2
/** So many places are decoded by one run. */
const MOST_AT_ONCE = 6

/**
 * Holds a finished montage against what it should be: how many pictures, each at its time, how long, sound beside
 * picture also where edit lists are ignored, copied packets those of the recordings to the byte, and every join decodes
 * without a complaint. Returns what is wrong, in sentences.
 */
export async function verifyMontage(
  runner: FfmpegRunner,
  output: string,
  facts: MontageFacts,
  { signal }: { signal: AbortSignal },
): Promise<string[]> {
  const { fps, frames, hasSound } = facts
  const clip = await readMp4(output)
  // Chapters are a track of text, whose times are those of the chapters.
  const streams = clip.streams.filter(({ type }) => type === 'video' || type === 'audio')
  const due = Array.from({ length: frames }, (_, i) => ({ time: frameTime(i, fps), end: frameTime(i + 1, fps) }))
  const length = frameTime(frames, fps)
  const expected = { frame: ticksPerFrame(fps), length, tracks: hasSound ? 1 : 0 }
  const own = { streams, packets: clip.packets }
  const problems = [
    ...checkTimes(own, expected, { frames: due, entries: [], exits: [] }),
    ...checkOffset(own),
    ...checkSoundLength(own, length),
  ]
  if (problems.length > 0) return problems
  const stored = streams.find(({ type }) => type === 'video')?.stored ?? []
  for (const { first, hashes } of facts.copied) {
    const found = await hashPackets(output, stored.slice(first, first + hashes.length), { signal })
    if (hashes.some((hash, i) => found[i] !== hash)) return ['Copied pictures are not those of the recording.']
  }
  return checkJoins(runner, await checkSource(output), facts, { signal })
}

/** A montage of which the sound ends early, or goes on behind its picture. */
function checkSoundLength(
  { streams, packets }: Pick<Awaited<ReturnType<typeof readMp4>>, 'streams' | 'packets'>,
  length: Ticks,
): string[] {
  const sound = streams.find(({ type }) => type === 'audio')
  if (sound === undefined) return []
  const end = packets.reduce(
    (last, { streamIndex, pts, duration, discarded }) =>
      streamIndex === sound.index && !discarded ? Math.max(last, (pts ?? 0) + duration) : last,
    0,
  )
  // A packet of AAC at 48 kHz, and what its last one holds of silence.
  const tolerance = (2 * 1024 * TICKS_PER_SECOND) / 48_000
  const seconds = (ticks: Ticks): string => (ticks / TICKS_PER_SECOND).toFixed(3)
  return Math.abs(end - length) <= tolerance
    ? []
    : [`Its sound ends at ${seconds(end)} s instead of ${seconds(length)} s.`]
}

async function checkJoins(
  runner: FfmpegRunner,
  file: SourceFile,
  { joins, fps, frames }: MontageFacts,
  { signal }: { signal: AbortSignal },
): Promise<string[]> {
  const places = nearTogether(
    [0, ...joins, frames].map((frame) => frameTime(frame, fps)),
    frameTime(frames, fps),
  )
  for (let i = 0; i < places.length; i += MOST_AT_ONCE) {
    try {
      const argv = joinArgs(file, places.slice(i, i + MOST_AT_ONCE), runner.tools.version)
      const { stderr } = await runner.run(argv, { signal })
      const complaint = decoderComplaint(stderr)
      if (complaint !== undefined) return [`A join does not decode cleanly (${complaint}).`]
    } catch (error) {
      signal.throwIfAborted()
      if (!(error instanceof FfmpegError) || error.code !== 'ffmpeg/failed') throw error
      return [`It does not decode bare an error (${error.failure.stderr.at(-1) ?? 'no message'}).`]
    }
  }
  return []
}

/** What is decoded around some times; what overlaps is one. Pure. */
function nearTogether(times: readonly Ticks[], end: Ticks): { from: Ticks; to: Ticks }[] {
  const places: { from: Ticks; to: Ticks }[] = []
  for (const time of times) {
    const [from, to] = [Math.max(0, time - AROUND), Math.min(end, time + AROUND)]
    const last = places.at(-1)
    if (last !== undefined && from <= last.to + AROUND) places[places.length - 1] = { from: last.from, to }
    else places.push({ from, to })
  }
  return places
}

function joinArgs(file: SourceFile, places: readonly { from: Ticks; to: Ticks }[], version: string): string[] {
  return [
    '-xerror',
    ...places.flatMap(({ from, to }) => [
      ...['-noaccurate_seek', ...(from === 0 ? [] : ['-ss', secondsDown(from)]), '-to', secondsDown(to)],
      ...inputArgs(file),
    ]),
    ...places.flatMap((_, i) => ['-map', `${i}:v:0`, ...passthroughArgs(version), '-f', 'null', '-']),
  ]
}
