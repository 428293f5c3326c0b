import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { MediaInfo } from '../../src-shared/contract/media-info.ts'
import type { ProcessIdentity } from '../../src-shared/contract/process.ts'
import type { Recording } from '../../src-shared/contract/recording.ts'
import { ticksSchema } from '../../src-shared/contract/time.ts'
import type { MelTrack } from '../../src-shared/domain/score.ts'
import type { Signals } from '../../src-shared/domain/signal.ts'
import { openFeatures } from '../adapters/features/read-features.ts'
import { createFeaturesFile } from '../adapters/features/write-features.ts'
import { decodeExtraFrames } from '../adapters/ffmpeg/decode-extra-frames.ts'
import type { FfmpegRunner } from '../adapters/ffmpeg/runner.ts'
import type { SourceFile } from '../adapters/ffmpeg/source-file.ts'
import { streamAnalysis } from '../adapters/ffmpeg/stream-analysis.ts'
import type { Library } from '../adapters/library/open-library.ts'
import type { StageStep } from '../jobs/run-stage.ts'
import { analyse, ANALYSE_VERSION, type AnalysisResult } from '../stages/analyse/analyse.ts'

export type Analysis = AnalysisResult

export interface ConnectAnalysisOptions {
  library: Library
  owner: ProcessIdentity
  runner: () => Promise<FfmpegRunner>
  source: (recording: Recording) => Promise<SourceFile>
}

const analysisSchema = z.object({
  version: z.literal(ANALYSE_VERSION),
  featuresFile: z.string().regex(/^[\w.-]+$/),
  featuresBytes: z.int().nonnegative(),
  slots: z.int().nonnegative(),
  duration: ticksSchema.nonnegative(),
  keyframes: z.object({ count: z.int().nonnegative(), longestGap: ticksSchema }),
  extraFrames: z.int().nonnegative(),
  constantBitRate: z.boolean(),
  cuts: z.array(ticksSchema),
  warnings: z.array(z.string()),
})

/** What a scorer may look at; `close` it afterwards. */
export interface OpenInput {
  signals: Signals
  mel: MelTrack[]
  close(): Promise<void>
}

interface ReadOptions {
  /** Spectrograms: only for a model that looks at them. */
  mel: boolean
}

/** The analyse stage, and what later stages read of its features. Features lie in the library's folder, under its quota. */
export function connectAnalysis({ library, owner, runner, source }: ConnectAnalysisOptions): {
  stage: StageStep<{ recording: Recording; media: MediaInfo }, Analysis>
  read(recording: Recording, analysis: Analysis, options: ReadOptions): Promise<OpenInput>
} {
  const folder = library.folder.features
  const pathOf = ({ featuresFile }: Analysis): string => join(folder, featuresFile)

  async function keepWithinQuota(recording: Recording, { featuresFile, featuresBytes }: Analysis): Promise<void> {
    const { fingerprint } = recording
    const kept = { fingerprint, version: ANALYSE_VERSION, file: featuresFile, bytes: featuresBytes }
    library.features.save({ ...kept, lastUsedAt: Date.now() })
    const evicted = library.features.evict(library.settings.get().featureQuotaBytes, fingerprint)
    for (const { file } of evicted) await rm(join(folder, file), { force: true })
  }

  return {
    stage: {
      version: ANALYSE_VERSION,
      heavy: true,
      options: () => null,
      parse: (kept) => analysisSchema.parse(kept),
      // Opening checks it: torn or damaged features are measured again.
      usable: async (analysis) =>
        openFeatures(pathOf(analysis)).then(
          async (file) => (await file.close(), true),
          () => false,
        ),
      async run({ recording, media }, { signal, onProgress, job }) {
        const ffmpeg = await runner()
        const file = await source(recording)
        const analysis = await analyse(
          {
            stream: (_source, sink, options) => streamAnalysis(ffmpeg, file, media, sink, options),
            extraFrames: (_source, request, onFrame, options) =>
              decodeExtraFrames(ffmpeg, file, media, request, onFrame, options),
            createFeatures: (name) =>
              createFeaturesFile({
                folder,
                name,
                tempFiles: {
                  record: (path) => library.tempFiles.record(path, owner, job.id),
                  remove: (path) => library.tempFiles.remove(path),
                },
              }),
          },
          { recording, media, signal, onProgress },
        )
        await keepWithinQuota(recording, analysis)
        return analysis
      },
    },

    async read(recording, analysis, { mel }) {
      library.features.touch(recording.fingerprint, ANALYSE_VERSION, Date.now())
      const file = await openFeatures(pathOf(analysis))
      const tracks = (mel ? file.melTracks : []).map((track) => ({
        track,
        read: (first: number, count: number) => file.readMel(track, first, count),
      }))
      return { signals: file.signals, mel: tracks, close: () => file.close() }
    },
  }
}
