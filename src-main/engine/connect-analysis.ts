import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { MediaInfo } from '../../src-shared/contract/media-info.ts'
import type { ProcessIdentity } from '../../src-shared/contract/process.ts'
import type { Recording } from '../../src-shared/contract/recording.ts'
import { ticksSchema } from '../../src-shared/contract/time.ts'
import { openFeatures } from '../adapters/features/read-features.ts'
import { createFeaturesFile, type FeaturesWriter } from '../adapters/features/write-features.ts'
import type { StageStep } from '../jobs/run-stage.ts'
import { ANALYSE_VERSION } from '../stages/analyse/analyse.ts'
import { connectMeasure, openInput, type Analysis, type ConnectMeasureOptions, type OpenInput } from './measure.ts'

export interface ConnectAnalysisOptions extends ConnectMeasureOptions {
  owner: ProcessIdentity
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

/** The analyse stage, and what later stages read of its features. Features lie in the library's folder, under its quota. */
export function connectAnalysis(options: ConnectAnalysisOptions): {
  stage: StageStep<{ recording: Recording; media: MediaInfo }, Analysis>
  read(recording: Recording, analysis: Analysis): Promise<OpenInput>
} {
  const { library, owner } = options
  const folder = library.folder.features
  const pathOf = ({ featuresFile }: Analysis): string => join(folder, featuresFile)

  const measure = connectMeasure(options)

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
      async run(input, { signal, onProgress, job }) {
        const tempFiles = {
          record: (path: string) => library.tempFiles.record(path, owner, job.id),
          remove: (path: string) => library.tempFiles.remove(path),
        }
        const createFeatures = (name: string): Promise<FeaturesWriter> =>
          createFeaturesFile({ folder, name, tempFiles })
        const analysis = await measure(input, { signal, onProgress, device: job.spec.device, createFeatures })
        await keepWithinQuota(input.recording, analysis)
        return analysis
      },
    },

    async read(recording, analysis) {
      library.features.touch(recording.fingerprint, ANALYSE_VERSION, Date.now())
      return openInput(pathOf(analysis))
    },
  }
}
