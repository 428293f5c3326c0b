import type { VideoStream } from '../../../src-shared/contract/media-info.ts'
import { smartCopy, type CutIndex } from '../../../src-shared/domain/render-plan.ts'
import type { TimelinePiece } from '../../../src-shared/domain/montage-timeline.ts'
import { TICKS_PER_SECOND, type Rational } from '../../../src-shared/domain/time.ts'
import { writeDecoderConfig } from './bitstream/decoder-config.ts'
import { joinLengthPrefixed, type NalCodec } from './bitstream/nal-units.ts'
import { nalRole, renumberNal } from './bitstream/parameter-sets.ts'
import { encoderArgs, type VideoEncoder } from './encoder-args.ts'
import { isDamagedInput } from './damaged-input.ts'
import type { FfmpegError } from './ffmpeg-error.ts'
import { frameTime, pieceGraph, type MontagePictures } from './montage-shot.ts'
import { passthroughArgs } from './passthrough.ts'
import type { FfmpegRunner } from './runner.ts'
import { joinParts } from './smart-clip.ts'
import { edgeUnits, matchArgs } from './smart-edge.ts'
import { takeSets, type EdgeSets } from './smart-encode.ts'
import { CannotJoin } from './smart-part.ts'
import type { SmartSource } from './smart-source.ts'
import { damageComplaint, streamPackets } from './stream-packets.ts'
import { tryEncoders } from './try-encoders.ts'
import { createVideoMp4, type StoredSample, type VideoMp4 } from './video-mp4.ts'

type Stream = Extract<SmartSource, { kind: 'ok' }>

/** A clip whose packets may stand in the montage as they are, where its pictures are shown as they are. */
export interface CopyableClip {
  readonly index: CutIndex
  readonly stream: Stream
}

export interface MontageJob {
  readonly clips: readonly (MontagePictures & { readonly copy: CopyableClip | null })[]
  readonly pieces: readonly TimelinePiece[]
  readonly fps: Rational
  readonly frame: { readonly width: number; readonly height: number }
  /** The stream that all of it must fit to; null: nothing is copied, and it is encoded as H.264. */
  readonly match: { readonly video: VideoStream; readonly stream: Stream } | null
  /** In the order of preference, where nothing is to be matched. */
  readonly encoders: readonly VideoEncoder[]
}

/** A run of copied packets in the finished file. */
export interface CopiedRun {
  /** Position of its first packet, in decoding order. */
  readonly first: number
  readonly hashes: readonly string[]
}

export interface MadePicture {
  readonly copied: readonly CopiedRun[]
  readonly notes: readonly string[]
}

export interface MontageOptions {
  readonly signal: AbortSignal
  readonly onProgress: (fraction: number) => void
  readonly onEncoderFailed?: ((encoder: VideoEncoder, error: FfmpegError) => void | Promise<void>) | undefined
}

/** A piece of which not all pictures came out: says of which clip. */
export class PieceFailed extends Error {
  readonly piece: TimelinePiece
  constructor(piece: TimelinePiece, message: string, cause?: unknown) {
    super(message, { cause })
    this.piece = piece
  }
}

/**
 * Makes the picture of a montage, piece by piece, as one MP4 at `output` (which does not exist yet) without sound. What
 * of it a clip shows as it is recorded is copied, packet by packet; cross-fades, cards, edges and what cannot be copied
 * are encoded, once. Memory does not grow with its length, and nothing else is written.
 * @throws PieceFailed, FfmpegError
 */
export async function makeMontagePicture(
  runner: FfmpegRunner,
  job: MontageJob,
  output: string,
  options: MontageOptions,
): Promise<MadePicture> {
  const file = await createVideoMp4(output, shapeOf(job))
  try {
    const book = new SetBook(job.match?.stream ?? null)
    const samples: StoredSample[] = []
    const copied: CopiedRun[] = []
    const notes = new Set<string>()
    const gaveUp = new Set<VideoEncoder>()
    const total = job.pieces.reduce((sum, { frames }) => sum + frames, 0)
    let done = 0
    for (const piece of job.pieces) {
      const target = { file, book, notes, gaveUp, isFirst: samples.length === 0 }
      const made = await makePiece(runner, job, piece, target, options).catch((error: unknown) => {
        options.signal.throwIfAborted()
        throw isDamagedInput(error) ? new PieceFailed(piece, 'its pictures cannot be decoded', error) : error
      })
      if (made.copied !== null) copied.push({ first: samples.length + made.copied.first, hashes: made.copied.hashes })
      for (const sample of made.samples) samples.push(sample)
      done += piece.frames
      options.onProgress(done / total)
    }
    await file.finish(samples, writeDecoderConfig(book.all(), book.codec))
    return { copied, notes: [...notes] }
  } finally {
    await file.close()
  }
}

interface PieceTarget {
  readonly file: VideoMp4
  readonly book: SetBook
  readonly notes: Set<string>
  /** Encoders that made no piece; they are not tried again. */
  readonly gaveUp: Set<VideoEncoder>
  readonly isFirst: boolean
}

interface MadePiece {
  readonly samples: readonly StoredSample[]
  readonly copied: CopiedRun | null
}

async function makePiece(
  runner: FfmpegRunner,
  job: MontageJob,
  piece: TimelinePiece,
  target: PieceTarget,
  options: MontageOptions,
): Promise<MadePiece> {
  const { shot, into } = piece
  const clip = job.clips[shot.clip]!
  if (clip.copy !== null && into === null && shot.kind === 'clip') {
    try {
      const made = await copyPiece(runner, clip, clip.copy, piece, job, target, options)
      if (made !== null) return made
    } catch (error) {
      options.signal.throwIfAborted()
      // It is encoded then, as what cannot be copied anyway.
      if (!(error instanceof CannotJoin)) throw error
    }
  }
  if (job.match !== null) {
    const { video } = job.match
    const encoding = { input: [], filter: `format=${video.pixelFormat ?? 'yuv420p'}`, output: matchArgs(video) }
    return encodePiece(runner, job, piece, encoding, target, options)
  }
  const quality = { crf: 18, preset: 'veryfast', pixelFormat: 'yuv420p' } as const
  const encoders: readonly VideoEncoder[] = job.encoders.length === 0 ? ['libx264'] : job.encoders
  return tryEncoders(
    encoders.filter((encoder) => !target.gaveUp.has(encoder)),
    (encoder) => encodePiece(runner, job, piece, encoderArgs(encoder, quality), target, options),
    {
      signal: options.signal,
      onNext: (gaveUp, next) => target.notes.add(`The encoder ${gaveUp} gave up, and ${next} went on.`),
      async onEncoderFailed(encoder, error) {
        target.gaveUp.add(encoder)
        await options.onEncoderFailed?.(encoder, error)
      },
    },
  )
}

/** Null where no keyframe lies in it. */
async function copyPiece(
  runner: FfmpegRunner,
  { source, media }: MontagePictures,
  { index, stream }: CopyableClip,
  { at, shot }: TimelinePiece,
  { fps }: MontageJob,
  { file, book, isFirst }: PieceTarget,
  { signal }: MontageOptions,
): Promise<MadePiece | null> {
  const frames = index.frames.slice(shot.from, shot.to)
  const [begin, end] = [frames[0]!.time, frames.at(-1)!.end]
  const own = {
    frames,
    entries: index.entries.filter((time) => time >= begin && time < end),
    exits: index.exits.filter((time) => time > begin && time <= end),
  }
  // What is shown up to its last picture need not be decoded by then; at the end of the file it is.
  const copy = smartCopy(own)
  if (copy === null) return null
  const format = { ...stream.format, parameterSets: [...book.all()] }
  const input = { runner, source, media, stream: { ...stream, format }, file }
  const { samples, sets, copied, needsEnd } = await joinParts(input, copy, own, { signal, known: book.last })
  if (needsEnd && !isFirst) throw new CannotJoin('Its first keyframe can only follow the end of a sequence.')
  if (sets !== null) book.add(sets)
  const places = new Map(frames.map(({ time }, i) => [time, i]))
  return {
    samples: samples.map((sample) => timed(sample, at + places.get(sample.pts)!, fps)),
    copied: { first: copied.first, hashes: copied.hashes },
  }
}

async function encodePiece(
  runner: FfmpegRunner,
  { clips, fps }: MontageJob,
  piece: TimelinePiece,
  encoding: { input: readonly string[]; filter: string; output: readonly string[] },
  { file, book }: PieceTarget,
  { signal }: MontageOptions,
): Promise<MadePiece> {
  const { inputs, graph } = pieceGraph(clips, piece, fps, encoding.filter)
  const argv = [
    ...[...encoding.input, ...inputs],
    ...['-filter_complex', graph, '-map', '[picture]'],
    ...[...passthroughArgs(runner.tools.version), '-enc_time_base', `${fps.den}:${fps.num}`],
    ...encoding.output,
  ]
  const samples: StoredSample[] = []
  let sets: EdgeSets | null = null
  const stderr = await streamPackets(
    runner,
    argv,
    async ({ pts, isKey, data }) => {
      const units = edgeUnits(data)
      sets ??= book.take(units)
      const { numbers } = sets
      const pictures = units.flatMap((nal) => {
        const role = nalRole(nal, book.codec)
        return role === 'slice' || role === 'keyframe' ? [renumberNal(nal, book.codec, numbers)] : []
      })
      if (pts === null || pictures.length === 0) return
      const stored = await file.store(joinLengthPrefixed(pictures))
      const place = Math.round((pts * fps.num) / fps.den / TICKS_PER_SECOND)
      samples.push(timed({ ...stored, keyframe: isKey, pts: 0, duration: 0 }, piece.at + place, fps))
    },
    { signal },
  )
  const times = new Set(samples.map(({ pts }) => pts))
  const complaint = damageComplaint(stderr)
  if (complaint !== undefined) throw new PieceFailed(piece, complaint)
  if (samples.length !== piece.frames || times.size !== piece.frames) {
    throw new PieceFailed(piece, `${times.size} pictures instead of ${piece.frames}`)
  }
  return { samples, copied: null }
}

function timed(sample: StoredSample, frame: number, fps: Rational): StoredSample {
  const pts = frameTime(frame, fps)
  return { ...sample, pts, duration: frameTime(frame + 1, fps) - pts }
}

/** The parameter sets of the file: those of the copied stream, and of what is encoded beside it. */
class SetBook {
  readonly codec: NalCodec
  /** Of what was encoded last; what comes next is mostly encoded the same way. */
  last: EdgeSets | null = null
  private readonly base: readonly Uint8Array[]
  private readonly known: EdgeSets[] = []

  constructor(match: Stream | null) {
    this.codec = match?.codec ?? 'h264'
    this.base = match?.format.parameterSets ?? []
  }

  all(): Uint8Array[] {
    return [...this.base, ...new Set(this.known.flatMap(({ written }) => written))]
  }

  add(sets: EdgeSets): void {
    if (!this.known.includes(sets)) this.known.push(sets)
    this.last = sets
  }

  take(units: readonly Uint8Array[]): EdgeSets {
    const format = { lengthSize: 4, parameterSets: [...this.base] }
    const sets = takeSets(units, { codec: this.codec, format }, this.known)
    this.add(sets)
    return sets
  }
}

/** What the file says of its picture. Its units hold every usual rate, and milliseconds. */
function shapeOf({ match, frame, fps }: MontageJob): Parameters<typeof createVideoMp4>[1] {
  const square = { num: 1, den: 1 }
  const timebase = { num: 1, den: fps.num >= 10_000 ? fps.num : fps.num * 1000 }
  const size = { codedWidth: frame.width, codedHeight: frame.height }
  return { ...size, codec: match?.video.codec ?? 'h264', rotation: 0, sampleAspectRatio: square, timebase }
}
