import path from 'node:path'
import { createFeaturesFile } from '../../src-main/adapters/features/write-features.ts'
import { checkSource } from '../../src-main/adapters/ffmpeg/check-source.ts'
import { decodeExtraFrames } from '../../src-main/adapters/ffmpeg/decode-extra-frames.ts'
import { probe } from '../../src-main/adapters/ffmpeg/probe.ts'
import type { FfmpegRunner } from '../../src-main/adapters/ffmpeg/runner.ts'
import { streamAnalysis } from '../../src-main/adapters/ffmpeg/stream-analysis.ts'
import { analyse, type AnalysisResult } from '../../src-main/stages/analyse/analyse.ts'
import type { AnalyseDeps } from '../../src-main/stages/analyse/deps.ts'
import type { MediaInfo } from '../../src-shared/contract/media-info.ts'

export interface AnalyseFileOptions {
  runner: FfmpegRunner
  /** Where the features go. */
  folder: string
  signal?: AbortSignal
  onProgress?: (fraction: number) => void
  deps?: Partial<AnalyseDeps>
}

/** From a file to kept features over the real adapters, as the engine does it. */
export async function analyseFile(
  file: string,
  { runner, folder, signal = new AbortController().signal, onProgress, deps }: AnalyseFileOptions,
): Promise<{ result: AnalysisResult; media: MediaInfo; features: string }> {
  const checked = await checkSource(path.resolve(file))
  const media = await probe(runner, checked, { signal })
  const { size, mtimeMs } = checked
  const recording = { fingerprint: 'ab'.repeat(32), path: checked.path, size, mtimeMs }
  const result = await analyse(
    {
      stream: (source, sink, options) => streamAnalysis(runner, checked, source.media, sink, options),
      extraFrames: (source, request, onFrame, options) =>
        decodeExtraFrames(runner, checked, source.media, request, onFrame, options),
      createFeatures: (name) => createFeaturesFile({ folder, name }),
      ...deps,
    },
    { recording, media, signal, ...(onProgress === undefined ? {} : { onProgress }) },
  )
  return { result, media, features: path.join(folder, result.featuresFile) }
}
