import type { ClipPart } from '../../../src-shared/contract/edits.ts'
import type { MediaInfo, VideoStream } from '../../../src-shared/contract/media-info.ts'
import type { RenderPlan } from '../../../src-shared/contract/render-plan.ts'
import { clipLength, placeParts } from '../../../src-shared/domain/clip-timeline.ts'
import { isOneSpan, wholePictures, type CutIndex } from '../../../src-shared/domain/render-plan.ts'
import { formatClock, TICKS_PER_SECOND, ticksPerFrame, type Ticks } from '../../../src-shared/domain/time.ts'
import { compareContent } from './compare-content.ts'
import { readMp4, type Mp4Index } from './read-mp4.ts'
import type { FfmpegRunner } from './runner.ts'
import type { SourceFile } from './source-file.ts'
import { checkOffset, checkTimes } from './verify-clip.ts'

/** What an encoder takes away is less than this, also of noise and at low rates; another picture differs by more. */
const LEAST_PSNR = 28

/**
 * Holds an encoded clip against its plan and its source: how many pictures, at which times, how long, sound beside
 * picture, and at its beginning, its middle and its end whether it shows what the recording does there, after the same
 * filters. `overlay`: the filter that draws the plan's, as for the encode. Returns what is wrong, in sentences.
 */
export async function verifyEncode(
  runner: FfmpegRunner,
  source: SourceFile,
  media: MediaInfo & { video: VideoStream },
  plan: RenderPlan,
  output: string,
  options: {
    index: CutIndex | null
    overlay: string | null
    careful?: boolean | undefined
    signal?: AbortSignal | undefined
  },
): Promise<string[]> {
  const { index } = options
  const clip = await readMp4(output)
  const parts = wholePictures(plan.parts, index)
  const timing = [...checkTimes(fromFirst(clip, plan), factsOf(media, plan, parts), exactTimes(media, plan, index))]
  const problems = [...timing, ...checkEvenness(clip, plan, parts), ...syncProblems(clip, plan, media)]
  if (problems.length > 0) return problems
  const { overlay } = options
  const { frame } = factsOf(media, plan, parts)
  for (const sample of samplesOf(parts, index, ticksPerFrame(media.video.fps))) {
    const compare = (drawnAt: Ticks): Promise<number | null> => {
      const where = { ...sample, file: output, first: firstOf(clip), drawnAt }
      return compareContent(runner, source, media, plan, where, options)
    }
    let found = await compare(sample.at)
    // Where a caption changes, a rate of the clip's own may show the picture with the one before or behind.
    for (const shift of overlay === null ? [] : [-frame, frame]) {
      if (found !== null && found < LEAST_PSNR) found = Math.max(found, (await compare(sample.at + shift)) ?? found)
    }
    if (found === null) return [`At ${formatClock(sample.at)} nothing of it could be decoded.`]
    if (found < LEAST_PSNR) {
      return [`At ${formatClock(sample.at)} it does not show what the recording does there (${found.toFixed(1)} dB).`]
    }
  }
  return []
}

function factsOf(media: MediaInfo & { video: VideoStream }, { video, audio }: RenderPlan, parts: readonly ClipPart[]) {
  const fps = (video.action === 'encode' ? video.picture?.fps : null) ?? media.video.fps
  return { frame: ticksPerFrame(fps), length: clipLength(parts), tracks: audio.length }
}

/** The pictures whose times it must have; null where it shows them at a rate of its own. */
function exactTimes(
  media: MediaInfo & { video: VideoStream },
  { parts, video }: RenderPlan,
  index: CutIndex | null,
): CutIndex | null {
  const isOwn = video.action === 'encode' && video.picture?.fps != null
  // Uneven pictures are repeated by an encode, to fill its own even rate.
  return isOwn || !isOneSpan(parts) || media.video.variableFrameRate || index === null
    ? null
    : withoutGaps(index, ticksPerFrame(media.video.fps))
}

/** Where a recorder left pictures out, an encode repeats the one before. Pure. */
export function withoutGaps(index: CutIndex, frame: Ticks): CutIndex {
  const frames = index.frames.flatMap(({ time, end }) => {
    const count = Math.max(1, Math.round((end - time) / frame))
    return Array.from({ length: count }, (_, i) => ({
      time: time + Math.round((i * (end - time)) / count),
      end: time + Math.round(((i + 1) * (end - time)) / count),
    }))
  })
  return { ...index, frames }
}

/** A file without edit lists begins a little late as a whole: seen from its first picture. */
function fromFirst(clip: Mp4Index, { editLists }: RenderPlan): Mp4Index {
  const first = editLists ? 0 : firstOf(clip)
  const packets = clip.packets.map((packet) => ({ ...packet, pts: packet.pts === null ? null : packet.pts - first }))
  return { ...clip, packets }
}

function firstOf({ streams, packets }: Mp4Index): Ticks {
  const video = streams.find(({ type }) => type === 'video')
  const times = packets.flatMap(({ streamIndex, pts, discarded }) =>
    streamIndex === video?.index && pts !== null && !discarded ? [pts] : [],
  )
  return times.reduce((least, time) => Math.min(least, time), times[0] ?? 0)
}

/** Of a clip with a rate of its own: as many pictures as it is long, one after the other. */
function checkEvenness(clip: Mp4Index, { video }: RenderPlan, parts: readonly ClipPart[]): string[] {
  const fps = video.action === 'encode' ? video.picture?.fps : null
  if (fps == null) return []
  const stream = clip.streams.find(({ type }) => type === 'video')
  const shown = clip.packets.filter(({ streamIndex, discarded }) => streamIndex === stream?.index && !discarded).length
  const expected = Math.round(clipLength(parts) / ticksPerFrame(fps))
  // Where parts join, rounding may make or take one.
  return Math.abs(shown - expected) <= parts.length ? [] : [`It holds ${shown} pictures instead of ${expected}.`]
}

/** FFmpeg's AAC begins with so many samples that are not heard. */
const PRIMING = 1024
const MAX_OFFSET: Ticks = 0.015 * TICKS_PER_SECOND

/** Without edit lists the sound begins with its priming, and the picture must begin as late. */
function syncProblems(clip: Mp4Index, { editLists, audio }: RenderPlan, media: MediaInfo): string[] {
  if (editLists || audio.length === 0) return checkOffset(clip)
  const [sound] = audio
  const rate =
    sound?.action === 'mix'
      ? sound.sampleRate
      : (media.audio.find(({ index }) => index === sound?.track)?.sampleRate ?? 48_000)
  const offset = (PRIMING * TICKS_PER_SECOND) / rate - firstOf(clip)
  if (Math.abs(offset) <= MAX_OFFSET) return []
  return [`Sound and picture are ${Math.round((1000 * offset) / TICKS_PER_SECOND)} ms apart.`]
}

/** A picture of the recording, as a part of the clip, and when the clip shows it. */
export interface ContentSample {
  readonly part: ClipPart
  readonly at: Ticks
}

/** Where nobody knows when pictures are due, the next one is soon. */
const MOST_WAIT: Ticks = TICKS_PER_SECOND / 2

/** Of the first part its first picture, in the middle one, of the last part its last. Pure. */
export function samplesOf(parts: readonly ClipPart[], index: CutIndex | null, frame: Ticks): ContentSample[] {
  const placed = placeParts(parts)
  const length = clipLength(parts)
  const wanted = [0, length / 2, length - frame]
  return wanted.flatMap((time) => {
    const where = placed.find(({ start, end }) => time >= start && time < end) ?? placed[0]
    if (where === undefined) return []
    const { part } = where
    const moment = part.start + Math.max(0, time - where.start) * part.speed
    const near = index?.frames.findLast((picture) => picture.time <= moment + 1 && picture.time >= part.start)
    const [start, end] =
      near === undefined ? [Math.round(moment), Math.round(moment) + MOST_WAIT] : [near.time, near.end]
    const at = where.start + Math.round((start - part.start) / part.speed)
    return [{ part: { start, end, speed: part.speed }, at }]
  })
}
