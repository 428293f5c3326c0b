import path from 'node:path'
import type { MediaInfo } from '../../../src-shared/contract/media-info.ts'
import type { RenderPlan } from '../../../src-shared/contract/render-plan.ts'
import type { CutIndex } from '../../../src-shared/domain/render-plan.ts'
import type { Ticks } from '../../../src-shared/domain/time.ts'
import { ClutchcutError } from '../../../src-shared/contract/errors.ts'
import { alignTracks } from './align-tracks.ts'
import { copyClip, type CutOptions } from './copy-clip.ts'
import { encodeClip } from './encode-clip.ts'
import { explainDamage } from './damaged-input.ts'
import { FfmpegError } from './ffmpeg-error.ts'
import type { FfmpegRunner } from './runner.ts'
import { smartClip, type CopiedPart } from './smart-clip.ts'
import type { SourceFile } from './source-file.ts'

/** What a written clip holds of the recording, and what its check needs to know. */
export interface CutClip {
  readonly start: Ticks
  readonly end: Ticks
  readonly notes: readonly string[]
  readonly copied: CopiedPart | null
}

export type CutClipResult =
  | { readonly kind: 'made'; readonly made: CutClip }
  /** A smart cut that this recording does not allow; `reason` is a sentence. */
  | { readonly kind: 'cannot'; readonly reason: string }

/**
 * Makes a clip by its plan. `index`: the pictures of its span, which a smart cut needs.
 * @throws ClutchcutError `input/unsupported` when the plan asks for a copy that this recording does not allow (plans
 *   made with `keyframeBefore` do not); `ffmpeg/missing` when this FFmpeg lacks the encoder; FfmpegError.
 */
export async function cutClip(
  runner: FfmpegRunner,
  source: SourceFile,
  media: MediaInfo,
  plan: RenderPlan,
  files: { output: string; scratch: string },
  options: CutOptions & { index?: CutIndex | null } = {},
): Promise<CutClipResult> {
  const result = await cut(runner, source, media, plan, files, options)
  if (result.kind === 'made') await alignTracks(files.output)
  return result
}

async function cut(
  runner: FfmpegRunner,
  source: SourceFile,
  media: MediaInfo,
  plan: RenderPlan,
  files: { output: string; scratch: string },
  options: CutOptions & { index?: CutIndex | null },
): Promise<CutClipResult> {
  const made = (span: { start: Ticks; end: Ticks }, copied: CopiedPart | null = null): CutClipResult => ({
    kind: 'made',
    made: { start: span.start, end: span.end, notes: [], copied },
  })
  const { video, audio, metadata } = plan
  if (video.action === 'smart') {
    const { index = null } = options
    if (index === null) return { kind: 'cannot', reason: 'It does not say when its pictures are due.' }
    const result = await smartClip(runner, source, media, { copy: video.copy, audio, metadata }, index, files, options)
    if (result.kind === 'cannot') return result
    return made({ start: index.frames[0]!.time, end: index.frames.at(-1)!.end }, result.copied)
  }
  if (video.action === 'copy') {
    const result = await copyClip(runner, source, media, plan, files.output, options)
    if (result.kind === 'copied') return made(result)
    throw new ClutchcutError('input/unsupported', `This clip cannot be copied: ${result.reason} Encode it instead.`, {
      data: { path: source.path },
    })
  }
  try {
    return made(await encodeClip(runner, source, media, plan, files.output, options))
  } catch (error) {
    if (error instanceof FfmpegError && /Unknown encoder|Encoder not found/.test(error.failure.stderr.join('\n'))) {
      throw new ClutchcutError(
        'ffmpeg/missing',
        'This FFmpeg was built without x264. Install a full build of FFmpeg.',
        { cause: error, data: error.data },
      )
    }
    throw explainDamage(error, `A moment of ${path.basename(source.path)}`)
  }
}
