import path from 'node:path'
import { checkSource } from '../../src-main/adapters/ffmpeg/check-source.ts'
import type { CutClip } from '../../src-main/adapters/ffmpeg/cut-clip.ts'
import { readCutIndex } from '../../src-main/adapters/ffmpeg/cut-index.ts'
import { probe } from '../../src-main/adapters/ffmpeg/probe.ts'
import type { FfmpegRunner } from '../../src-main/adapters/ffmpeg/runner.ts'
import type { SourceFile } from '../../src-main/adapters/ffmpeg/source-file.ts'
import { planRender } from '../../src-main/stages/render/plan-render.ts'
import type { MediaInfo } from '../../src-shared/contract/media-info.ts'
import type { RenderPlan } from '../../src-shared/contract/render-plan.ts'
import { ticksFromSeconds } from '../../src-shared/domain/time.ts'
import { cutFile } from './cut-file.ts'
import { readNumbers } from './numbered.ts'

export interface Opened {
  source: SourceFile
  media: MediaInfo
}

/** x265's default, which the recipes of `makeMedia` turn off: keyframes with leading pictures. */
export const openGop = [
  '-x265-params',
  'log-level=error:bframes=3:scenecut=0:open-gop=1:keyint=30:min-keyint=30',
] as const

/** The plan of a smart cut between two times in seconds, as the program makes it. */
export async function planSmart(
  runner: FfmpegRunner,
  { source, media }: Opened,
  start: number,
  end: number,
): Promise<RenderPlan> {
  const clip = { start: ticksFromSeconds(start), end: ticksFromSeconds(end), title: 'Clip', reasons: [] }
  const index = await readCutIndex(runner, source, media, clip)
  const wish = { clip: { ...clip, recording: 'ab'.repeat(32) }, media, kind: 'landscape', cut: 'smart' } as const
  return planRender({ ...wish, keyframe: null, index, edges: new Set(['h264', 'hevc']), filters: new Set() })
}

export interface SmartCut {
  plan: RenderPlan
  made: CutClip
  /** What its pictures show, see `numberedSource`. */
  numbers: number[]
  clip: MediaInfo
  encoded: number
  output: string
}

let count = 0

/** Cuts, checks as the program does (throws where it does not pass), and reads what the clip shows. */
export async function cutNumbered(
  runner: FfmpegRunner,
  opened: Opened,
  start: number,
  end: number,
  folder: string,
): Promise<SmartCut> {
  const { source, media } = opened
  const plan = await planSmart(runner, opened, start, end)
  count += 1
  const output = path.join(folder, `clip ${count} 100%.mp4`)
  const made = await cutFile(runner, source, media, plan, output)
  const numbers = await readNumbers(runner, output, media.video?.rotation === 90)
  const clip = await probe(runner, await checkSource(output))
  return { plan, made, numbers, clip, encoded: numbers.length - (made.copied?.hashes.length ?? 0), output }
}
