import type { MediaInfo } from '../../../src-shared/contract/media-info.ts'
import type { RenderPlan } from '../../../src-shared/contract/render-plan.ts'
import type { CutIndex } from '../../../src-shared/domain/render-plan.ts'
import type { CutClip } from './cut-clip.ts'
import { overlayFilter } from './overlay-file.ts'
import type { FfmpegRunner } from './runner.ts'
import type { SourceFile } from './source-file.ts'
import { verifyClip } from './verify-clip.ts'
import { verifyEncode } from './verify-encode.ts'

/** Holds a clip that `cutClip` made against its plan and its source, each kind in its way. What is wrong, in sentences. */
export async function verifyMade(
  runner: FfmpegRunner,
  source: SourceFile,
  media: MediaInfo,
  plan: RenderPlan,
  made: CutClip,
  { output, scratch }: { output: string; scratch: string },
  options: {
    index: CutIndex | null
    fonts?: string | null
    /** As it was for `cutClip`. */
    careful?: boolean | undefined
    signal?: AbortSignal | undefined
  },
): Promise<string[]> {
  if (plan.video.action !== 'encode' || media.video === null) {
    return verifyClip(runner, media, plan, made, output, options)
  }
  const overlay = overlayFilter(plan, scratch, options.fonts ?? null)
  return verifyEncode(runner, source, { ...media, video: media.video }, plan, output, { ...options, overlay })
}
