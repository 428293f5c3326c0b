import path from 'node:path'
import { checkSource } from '../../src-main/adapters/ffmpeg/check-source.ts'
import type { CutClip } from '../../src-main/adapters/ffmpeg/cut-clip.ts'
import { readCutIndex } from '../../src-main/adapters/ffmpeg/cut-index.ts'
import { probe } from '../../src-main/adapters/ffmpeg/probe.ts'
import type { FfmpegRunner } from '../../src-main/adapters/ffmpeg/runner.ts'
import type { SourceFile } from '../../src-main/adapters/ffmpeg/source-file.ts'
import { planRender, type RenderWish } from '../../src-main/stages/render/plan-render.ts'
import type { MediaInfo } from '../../src-shared/contract/media-info.ts'
import type { RenderPlan } from '../../src-shared/contract/render-plan.ts'
import type { CutIndex } from '../../src-shared/domain/render-plan.ts'
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

const planOf = (media: MediaInfo, clip: PlannedClip, index: CutIndex | null, cut: 'smart' | 'encode'): RenderPlan => {
  const wish = { clip: { ...clip, recording: 'ab'.repeat(32) }, media, kind: 'landscape', cut } as const
  return planRender({ ...wish, keyframe: null, index, edges: new Set(['h264', 'hevc']), filters: new Set() })
}

type PlannedClip = Omit<RenderWish['clip'], 'recording'>

const clipOf = (start: number, end: number): PlannedClip => ({
  ...{ start: ticksFromSeconds(start), end: ticksFromSeconds(end) },
  ...{ title: 'Clip', reasons: [] },
})

/** The plan of a smart cut between two times in seconds, as the program makes it. */
export async function planSmart(
  runner: FfmpegRunner,
  { source, media }: Opened,
  start: number,
  end: number,
): Promise<RenderPlan> {
  const clip = clipOf(start, end)
  return planOf(media, clip, await readCutIndex(runner, source, media, clip), 'smart')
}

export interface CutNumbers {
  plan: RenderPlan
  made: CutClip
  /** What its pictures show, see `numberedSource`. */
  numbers: number[]
  output: string
}

export interface SmartCut extends CutNumbers {
  clip: MediaInfo
  encoded: number
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
  const cut = await cutAndRead(runner, opened, [start, end], folder)
  const clip = await probe(runner, await checkSource(cut.output))
  return { ...cut, clip, encoded: cut.numbers.length - (cut.made.copied?.hashes.length ?? 0) }
}

/**
 * The same without a look at the clip as a recording. `fallBack`: what cannot be cut smartly, or does not pass, is
 * encoded, and once more with care, as the program does it.
 */
export async function cutAndRead(
  runner: FfmpegRunner,
  { source, media }: Opened,
  [start, end]: readonly [number, number],
  folder: string,
  fallBack = false,
): Promise<CutNumbers> {
  const clip = clipOf(start, end)
  const index = await readCutIndex(runner, source, media, clip)
  const make = async (cut: 'smart' | 'encode', careful: boolean): Promise<CutNumbers> => {
    const plan = planOf(media, clip, index, cut)
    count += 1
    const output = path.join(folder, `clip ${count} 100%.mp4`)
    const made = await cutFile(runner, source, media, plan, output, { index, careful })
    return { plan, made, numbers: await readNumbers(runner, output, media.video?.rotation === 90), output }
  }
  const first = make('smart', false)
  if (!fallBack) return first
  return first.catch(() => make('encode', false)).catch(() => make('encode', true))
}
