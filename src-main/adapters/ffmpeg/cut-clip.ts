import path from 'node:path'
import type { MediaInfo } from '../../../src-shared/contract/media-info.ts'
import type { RenderPlan } from '../../../src-shared/contract/render-plan.ts'
import type { CutIndex } from '../../../src-shared/domain/render-plan.ts'
import type { Ticks } from '../../../src-shared/domain/time.ts'
import { ClutchcutError } from '../../../src-shared/contract/errors.ts'
import { alignTracks } from './align-tracks.ts'
import { copyClip, type CutOptions } from './copy-clip.ts'
import { encodeClip } from './encode-clip.ts'
import type { VideoEncoder } from './encoder-args.ts'
import { explainDamage } from './damaged-input.ts'
import { FfmpegError } from './ffmpeg-error.ts'
import type { FfmpegRunner } from './runner.ts'
import { overlayFilter, writeOverlay } from './overlay-file.ts'
import { smartClip, type CopiedPart } from './smart-clip.ts'
import { fitSound } from './sound-of-plan.ts'
import type { SmartSource } from './smart-source.ts'
import type { SourceFile } from './source-file.ts'
import { tryEncoders } from './try-encoders.ts'

/** What a written clip holds of the recording, and what its check needs to know. */
export interface CutClip {
  readonly start: Ticks
  readonly end: Ticks
  readonly notes: readonly string[]
  readonly copied: CopiedPart | null
}

export interface EncodeOptions extends CutOptions {
  /** The pictures of the plan's span; null where they are not known. A smart cut needs them. */
  readonly index?: CutIndex | null
  /** In the order of preference; default x264 alone. */
  readonly encoders?: readonly VideoEncoder[]
  /** An encode that lacked pictures is made again, carefully: see `beginInput`. */
  readonly careful?: boolean
  /** Where the fonts of captions lie. */
  readonly fonts?: string | null
  /** What joining needs to know of the recording, where the clips of a job share it. Default: it is read for this one. */
  readonly smartSource?: () => Promise<SmartSource>
  /** Told of one that gave up where another got to the end: what stops all of them is no fault of theirs. */
  readonly onEncoderFailed?: (encoder: VideoEncoder, error: FfmpegError) => void | Promise<void>
}

export type CutClipResult =
  | { readonly kind: 'made'; readonly made: CutClip }
  /** A smart cut that this recording does not allow; `reason` is a sentence. */
  | { readonly kind: 'cannot'; readonly reason: string }

/**
 * Makes a clip by its plan.
 * @throws ClutchcutError `input/unsupported` when the plan asks for a copy that this recording does not allow (plans
 *   made with `keyframeBefore` do not); `ffmpeg/missing` when no encoder is left; FfmpegError.
 */
export async function cutClip(
  runner: FfmpegRunner,
  source: SourceFile,
  media: MediaInfo,
  plan: RenderPlan,
  files: { output: string; scratch: string },
  options: EncodeOptions = {},
): Promise<CutClipResult> {
  const result = await cut(runner, source, media, plan, files, options)
  if (result.kind === 'made') await alignTracks(files.output, plan)
  return result
}

async function cut(
  runner: FfmpegRunner,
  source: SourceFile,
  media: MediaInfo,
  plan: RenderPlan,
  files: { output: string; scratch: string },
  options: EncodeOptions,
): Promise<CutClipResult> {
  const made = (
    span: { start: Ticks; end: Ticks },
    copied: CopiedPart | null,
    note: string | null = null,
  ): CutClipResult => ({
    kind: 'made',
    made: { start: span.start, end: span.end, notes: note === null ? [] : [note], copied },
  })
  const { video, audio, metadata } = plan
  if (video.action === 'smart') {
    const { index = null } = options
    if (index === null) return { kind: 'cannot', reason: 'It does not say when its pictures are due.' }
    const parts = { copy: video.copy, audio, metadata }
    const result = await smartClip(runner, source, media, parts, index, files, options).catch(whyNotSmart)
    options.signal?.throwIfAborted()
    if (result.kind === 'cannot') return result
    return made({ start: index.frames[0]!.time, end: index.frames.at(-1)!.end }, result.copied)
  }
  if (video.action === 'copy') {
    const result = await copyClip(runner, source, media, plan, files.output, options)
    if (result.kind === 'copied') return made(result, null, result.note)
    throw new ClutchcutError('input/unsupported', `This clip cannot be copied: ${result.reason} Encode it instead.`, {
      data: { path: source.path },
    })
  }
  return encodeWithFallback(runner, source, media, plan, files, options)
}

/** What FFmpeg gives up on may still be encoded as a whole; a full disk, or one that is gone, stops that too. */
function whyNotSmart(error: unknown): { kind: 'cannot'; reason: string } {
  if (!(error instanceof FfmpegError) || error.code !== 'ffmpeg/failed') throw error
  return { kind: 'cannot', reason: `Joining failed (${error.failure.stderr.at(-1) ?? 'no message'}).` }
}

/** Encodes with the first encoder that gets to the end; the clip's notes say where it was not the first one. */
async function encodeWithFallback(
  runner: FfmpegRunner,
  source: SourceFile,
  media: MediaInfo,
  plan: RenderPlan,
  { output, scratch }: { output: string; scratch: string },
  options: EncodeOptions,
): Promise<CutClipResult> {
  const { index = null, encoders = ['libx264'], onEncoderFailed, careful, signal, onProgress } = options
  await writeOverlay(plan, scratch)
  const overlay = overlayFilter(plan, scratch, options.fonts ?? null)
  const { fix, note } = await fitSound(runner, source, media, plan, { signal })
  const notes: string[] = note === null ? [] : [note]
  const encode = (encoder: VideoEncoder): Promise<{ start: Ticks; end: Ticks }> =>
    encodeClip(runner, source, media, plan, output, { index, encoder, overlay, fix, careful, signal, onProgress })
  const span = await tryEncoders(encoders, encode, {
    signal,
    onNext: (gaveUp, next) => notes.push(`The encoder ${gaveUp} gave up, and ${next} made this clip.`),
    onEncoderFailed,
  }).catch((error: unknown) => {
    signal?.throwIfAborted()
    throw explainDamage(error, `A moment of ${path.basename(source.path)}`)
  })
  return { kind: 'made', made: { ...span, notes, copied: null } }
}
