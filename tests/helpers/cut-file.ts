import { cutClip, type CutClip } from '../../src-main/adapters/ffmpeg/cut-clip.ts'
import { readCutIndex } from '../../src-main/adapters/ffmpeg/cut-index.ts'
import type { FfmpegRunner } from '../../src-main/adapters/ffmpeg/runner.ts'
import type { SourceFile } from '../../src-main/adapters/ffmpeg/source-file.ts'
import { verifyClip } from '../../src-main/adapters/ffmpeg/verify-clip.ts'
import type { MediaInfo } from '../../src-shared/contract/media-info.ts'
import type { RenderPlan } from '../../src-shared/contract/render-plan.ts'

/** Makes a clip by a plan and checks it; throws where either does not work out. */
export async function cutFile(
  runner: FfmpegRunner,
  source: SourceFile,
  media: MediaInfo,
  plan: RenderPlan,
  output: string,
): Promise<CutClip> {
  const index = plan.cut === 'copy' ? null : await readCutIndex(runner, source, media, plan.span)
  const result = await cutClip(runner, source, media, plan, { output, scratch: `${output}.scratch` }, { index })
  if (result.kind === 'cannot') throw new Error(result.reason)
  const problems = await verifyClip(runner, media, plan, result.made, output, { index })
  if (problems.length > 0) throw new Error(problems.join(' '))
  return result.made
}
