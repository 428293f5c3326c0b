import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { createRunner, type FfmpegRunner, type RunnerDeps } from '../../src-main/adapters/ffmpeg/runner.ts'
import { findTools, type FfmpegTools } from '../../src-main/adapters/ffmpeg/tools.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
let found: Promise<FfmpegTools> | undefined

/** The FFmpeg of this checkout, as the program itself would find it. */
export function testTools(): Promise<FfmpegTools> {
  const cacheFolder = `${root}.cache/ffmpeg`
  found ??= findTools({
    env: process.env,
    platform: process.platform,
    resourcesFolder: `${root}resources`,
    cacheFolder: existsSync(cacheFolder) ? cacheFolder : null,
  })
  return found
}

/** A runner without a watchdog: a test that dies takes its FFmpeg's few seconds with it. */
export async function testRunner(deps: Partial<RunnerDeps> = {}): Promise<FfmpegRunner> {
  return createRunner({ tools: await testTools(), guard: { track: () => () => {} }, ...deps })
}
