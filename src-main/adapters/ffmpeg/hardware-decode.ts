import { createHash } from 'node:crypto'
import type { MediaInfo } from '../../../src-shared/contract/media-info.ts'
import { decodeVerdictSchema, type DecodeVerdict } from '../../../src-shared/contract/model.ts'
import { pictureArgs } from './analysis-args.ts'
import type { FfmpegRunner } from './runner.ts'
import { inputArgs, type SourceFile } from './source-file.ts'

/** FFmpeg's name of a way to decode on a GPU, as `-hwaccel` takes it. */
export type Hwaccel = 'd3d11va' | 'cuda' | 'qsv' | 'videotoolbox' | 'vaapi'

const perPlatform: Partial<Record<NodeJS.Platform, readonly Hwaccel[]>> = {
  // Direct3D 11 works with every vendor; the vendors' own are sometimes quicker.
  win32: ['d3d11va', 'cuda', 'qsv'],
  darwin: ['videotoolbox'],
  linux: ['vaapi', 'cuda'],
}

/** Which ways are worth a check: those of the system that this FFmpeg was built with (`ffmpeg -hwaccels`). */
export function hwaccelCandidates(platform: NodeJS.Platform, builtIn: readonly string[]): readonly Hwaccel[] {
  return (perPlatform[platform] ?? []).filter((name) => builtIn.includes(name))
}

export interface HardwareDecodeDeps {
  readonly runner: Pick<FfmpegRunner, 'spawn' | 'tools'>
  readonly platform: NodeJS.Platform
  /** Changes when a graphics driver does: verdicts hold for one. */
  readonly machine: () => Promise<string>
  readonly hwaccels: () => Promise<readonly string[]>
  readonly verdicts: { get(key: string): unknown; set(key: string, verdict: DecodeVerdict): void }
  readonly clock: { now(): number; monotonic(): number }
}

/** Enough to see a wrong colour matrix or a torn picture, and little beside an analysis. */
const PICTURES = 12
/** Small, because the CPU leaves deblocking out and a GPU cannot: over few pixels each, its traces would count. */
const SIZE = { width: 64, height: 36 }
const PICTURE_BYTES = SIZE.width * SIZE.height * 3
/** Mean and largest difference of a byte: chroma is upsampled a little differently, a broken decoder is far off. */
const TOLERANCE = { mean: 1, most: 12 }
/** The GPU must win clearly; a game may want it too. */
const LEAST_GAIN = 0.8
const TIME_LIMIT_MS = 20_000

/** `ffmpeg -hwaccels`: a title, then a name a line. Pure. */
export function parseHwaccels(text: string): string[] {
  const [, ...names] = text.split(/\r?\n/).map((line) => line.trim())
  return names.filter((name) => /^[a-z0-9_]+$/.test(name))
}

/**
 * The GPU decoder for a recording's keyframes: checked picture by picture against the CPU, once per driver, FFmpeg and
 * kind of video, and faster than it. null: decode on the CPU, which for keyframes alone is often the quicker way.
 */
export async function chooseHwaccel(
  deps: HardwareDecodeDeps,
  source: SourceFile,
  media: MediaInfo,
  options: { signal: AbortSignal },
): Promise<Hwaccel | null> {
  if (media.video === null) return null
  const candidates = hwaccelCandidates(deps.platform, await deps.hwaccels())
  if (candidates.length === 0) return null
  const machine = await deps.machine()
  let reference: Decoded | null | undefined
  let best: { name: Hwaccel; ratio: number } | null = null
  for (const name of candidates) {
    const key = verdictKey(name, machine, deps.runner.tools.version, media.video)
    const known = decodeVerdictSchema.safeParse(deps.verdicts.get(key))
    let verdict: DecodeVerdict | null = known.success && isFresh(known.data, deps.clock.now()) ? known.data : null
    if (verdict === null) {
      reference ??= await decode(deps, source, media, null, options)
      // Nothing to compare with: no verdict about the GPU.
      if (reference === null) return null
      const found = await decode(deps, source, media, name, options)
      verdict = { ...judge(reference, found), checkedAt: deps.clock.now() }
      deps.verdicts.set(key, verdict)
    }
    if (verdict.status !== 'ok' || verdict.ratio === null || verdict.ratio > LEAST_GAIN) continue
    if (best === null || verdict.ratio < best.ratio) best = { name, ratio: verdict.ratio }
  }
  return best?.name ?? null
}

/** A failure may have had a passing cause (another program held the GPU), so it is looked at again after a week. */
function isFresh({ status, checkedAt }: DecodeVerdict, now: number): boolean {
  const age = now - checkedAt
  return status !== 'failed' || (age >= 0 && age < 7 * 24 * 3600 * 1000)
}

/** Drivers differ by codec, bit depth and size of the picture. */
export function verdictKey(
  name: Hwaccel,
  machine: string,
  ffmpeg: string,
  video: Pick<NonNullable<MediaInfo['video']>, 'codec' | 'bitDepth' | 'codedWidth' | 'codedHeight'>,
): string {
  const { codec, bitDepth, codedWidth, codedHeight } = video
  const facts = JSON.stringify(['decode', name, machine, ffmpeg, codec, bitDepth, codedWidth, codedHeight])
  return createHash('sha256').update(facts).digest('hex')
}

export interface Decoded {
  readonly pictures: Uint8Array
  readonly wallMs: number
}

/** Pure: what a GPU's pictures are worth beside the CPU's. */
export function judge(reference: Decoded, found: Decoded | null): Omit<DecodeVerdict, 'checkedAt'> {
  if (found === null || found.pictures.length !== reference.pictures.length) {
    return { kind: 'decode', status: 'failed', ratio: null }
  }
  let [sum, most] = [0, 0]
  for (const [i, byte] of reference.pictures.entries()) {
    const difference = Math.abs(byte - (found.pictures[i] ?? 0))
    sum += difference
    if (difference > most) most = difference
  }
  const isEqual = sum / reference.pictures.length <= TOLERANCE.mean && most <= TOLERANCE.most
  return { kind: 'decode', status: isEqual ? 'ok' : 'wrong', ratio: Math.max(found.wallMs / reference.wallMs, 1e-6) }
}

/** FFmpeg's arguments; pure. */
export function checkArgs(input: readonly string[], streamIndex: number, name: Hwaccel | null, version = ''): string[] {
  return [
    ...(name === null ? [] : ['-hwaccel', name]),
    ...['-copyts', '-skip_frame:v', 'nokey', '-skip_loop_filter:v', 'all'],
    ...input,
    ...['-map', `0:${streamIndex}`, '-frames:v', String(PICTURES)],
    ...pictureArgs(0, version, SIZE),
    ...['-f', 'rawvideo', 'pipe:3'],
  ]
}

/** null where it fails, hangs or shows nothing. */
async function decode(
  { runner, clock }: HardwareDecodeDeps,
  source: SourceFile,
  media: MediaInfo,
  name: Hwaccel | null,
  options: { signal: AbortSignal },
): Promise<Decoded | null> {
  const limit = AbortSignal.timeout(TIME_LIMIT_MS)
  const startedAt = clock.monotonic()
  try {
    const argv = checkArgs(inputArgs(source), media.video?.streamIndex ?? 0, name, runner.tools.version)
    const running = runner.spawn(argv, { pipes: 1, signal: AbortSignal.any([options.signal, limit]) })
    const [pictures] = await Promise.all([readPictures(running.pipes[0]!), running.done])
    return pictures.length === 0 ? null : { pictures, wallMs: clock.monotonic() - startedAt }
  } catch {
    options.signal.throwIfAborted()
    return null
  }
}

async function readPictures(pipe: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const pictures = new Uint8Array(PICTURES * PICTURE_BYTES)
  let length = 0
  for await (const chunk of pipe) {
    const fitting = chunk.subarray(0, pictures.length - length)
    pictures.set(fitting, length)
    length += fitting.length
  }
  return pictures.subarray(0, length)
}
