import path from 'node:path'
import { cutClip, type CutClip } from '../../src-main/adapters/ffmpeg/cut-clip.ts'
import { readCutIndex } from '../../src-main/adapters/ffmpeg/cut-index.ts'
import type { FfmpegRunner } from '../../src-main/adapters/ffmpeg/runner.ts'
import type { SourceFile } from '../../src-main/adapters/ffmpeg/source-file.ts'
import { verifyMade } from '../../src-main/adapters/ffmpeg/verify-made.ts'
import type { MediaInfo } from '../../src-shared/contract/media-info.ts'
import type { RenderPlan } from '../../src-shared/contract/render-plan.ts'
import type { CutIndex } from '../../src-shared/domain/render-plan.ts'

/** Makes a clip by a plan and checks it; throws where either does not work out. */
export async function cutFile(
  runner: FfmpegRunner,
  source: SourceFile,
  media: MediaInfo,
  plan: RenderPlan,
  output: string,
  given: { index?: CutIndex | null; careful?: boolean } = {},
): Promise<CutClip> {
  const { careful = false } = given
  const read = plan.cut === 'copy' || given.index !== undefined ? null : readCutIndex(runner, source, media, plan.span)
  const index = given.index ?? (await read)
  const files = { output, scratch: `${output}.scratch` }
  const fonts = path.resolve(import.meta.dirname, '../../resources/fonts/ttf')
  const result = await cutClip(runner, source, media, plan, files, { index, careful, fonts })
  if (result.kind === 'cannot') throw new Error(result.reason)
  const problems = await verifyMade(runner, source, media, plan, result.made, files, { index, careful, fonts })
  if (problems.length > 0) throw new Error(problems.join(' '))
  return result.made
}
