import path from 'node:path'
import type { MediaInfo } from '../../../src-shared/contract/media-info.ts'
import type { RenderPlan } from '../../../src-shared/contract/render-plan.ts'
import type { Ticks } from '../../../src-shared/domain/time.ts'
import { ClutchcutError } from '../../../src-shared/contract/errors.ts'
import { copyClip, type CutOptions } from './copy-clip.ts'
import { encodeClip } from './encode-clip.ts'
import { explainDamage } from './damaged-input.ts'
import { FfmpegError } from './ffmpeg-error.ts'
import type { FfmpegRunner } from './runner.ts'
import type { SourceFile } from './source-file.ts'

/**
 * Makes a clip by its plan. Returns the span of the recording that the file really holds.
 * @throws ClutchcutError `input/unsupported` when the plan asks for a copy that this recording does not allow (plans
 *   made with `keyframeBefore` do not); `ffmpeg/missing` when this FFmpeg lacks the encoder; FfmpegError.
 */
export async function cutClip(
  runner: FfmpegRunner,
  source: SourceFile,
  media: MediaInfo,
  plan: RenderPlan,
  output: string,
  options: CutOptions = {},
): Promise<{ start: Ticks; end: Ticks }> {
  if (plan.cut === 'copy') {
    const result = await copyClip(runner, source, media, plan, output, options)
    if (result.kind === 'copied') return { start: result.start, end: result.end }
    throw new ClutchcutError('input/unsupported', `This clip cannot be copied: ${result.reason} Encode it instead.`, {
      data: { path: source.path },
    })
  }
  try {
    return await encodeClip(runner, source, media, plan, output, options)
  } catch (error) {
    if (error instanceof FfmpegError && /Unknown encoder|Encoder not found/.test(error.failure.stderr.join('\n'))) {
      throw new ClutchcutError(
        'ffmpeg/missing',
        'This FFmpeg was built without x264. Install a full build of FFmpeg.',
        {
          cause: error,
          data: error.data,
        },
      )
    }
    throw explainDamage(error, `A moment of ${path.basename(source.path)}`)
  }
}
