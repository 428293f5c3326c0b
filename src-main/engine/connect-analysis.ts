import { rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { z } from 'zod'
import type { MediaInfo } from '../../src-shared/contract/media-info.ts'
import type { ProcessIdentity } from '../../src-shared/contract/process.ts'
import type { Recording } from '../../src-shared/contract/recording.ts'
import { ticksSchema } from '../../src-shared/contract/time.ts'
import type { KeptPictures, MelTrack } from '../../src-shared/domain/score.ts'
import type { Signals } from '../../src-shared/domain/signal.ts'
import { openFeatures } from '../adapters/features/read-features.ts'
import { createFeaturesFile } from '../adapters/features/write-features.ts'
import { explainDamage, isDamagedInput, withoutDamagedSound } from '../adapters/ffmpeg/damaged-input.ts'
import { FfmpegError } from '../adapters/ffmpeg/ffmpeg-error.ts'
import { chooseHwaccel, parseHwaccels, type Hwaccel } from '../adapters/ffmpeg/hardware-decode.ts'
import { decodeExtraFrames } from '../adapters/ffmpeg/decode-extra-frames.ts'
import type { FfmpegRunner } from '../adapters/ffmpeg/runner.ts'
import type { SourceFile } from '../adapters/ffmpeg/source-file.ts'
import { streamAnalysis } from '../adapters/ffmpeg/stream-analysis.ts'
import type { Library } from '../adapters/library/open-library.ts'
import { systemClock } from '../jobs/clock.ts'
import type { StageStep } from '../jobs/run-stage.ts'
import { analyse, ANALYSE_VERSION, type AnalysisResult } from '../stages/analyse/analyse.ts'

export interface Analysis extends AnalysisResult {
  /** What could not be measured, for the person. */
  readonly warnings: readonly string[]
}

export interface ConnectAnalysisOptions {
  library: Library
  platform: NodeJS.Platform
  machine: () => Promise<string>
  log: (warning: string) => void
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
  pictures: KeptPictures
  close(): Promise<void>
}

/** The analyse stage, and what later stages read of its features. Features lie in the library's folder, under its quota. */
export function connectAnalysis(options: ConnectAnalysisOptions): {
  stage: StageStep<{ recording: Recording; media: MediaInfo }, Analysis>
  read(recording: Recording, analysis: Analysis): Promise<OpenInput>
} {
  const { library, owner, runner, source, platform, machine, log } = options
  const folder = library.folder.features
  const pathOf = ({ featuresFile }: Analysis): string => join(folder, featuresFile)

  const hardwareDecoder = (
    ffmpeg: FfmpegRunner,
    file: SourceFile,
    media: MediaInfo,
    context: { signal: AbortSignal },
  ): Promise<Hwaccel | null> =>
    chooseHwaccel(
      {
        runner: ffmpeg,
        platform,
        machine,
        hwaccels: async () => parseHwaccels(await ffmpeg.text(['-hwaccels'], context)),
        verdicts: library.deviceVerdicts,
        clock: systemClock,
      },
      file,
      media,
      context,
    )

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
        const measure = (hwaccel: Hwaccel | null, of: MediaInfo = media): Promise<AnalysisResult> =>
          analyse(
            {
              stream: (_source, sink, options) => streamAnalysis(ffmpeg, file, of, sink, { ...options, hwaccel }),
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
            { recording, media: of, signal, onProgress },
          )
        const warnings: string[] = []
        const hwaccel = job.spec.device === 'cpu' ? null : await hardwareDecoder(ffmpeg, file, media, { signal })
        const measured = await measure(hwaccel)
          .catch(async (thrown: unknown) => {
            // A GPU may be lost at any moment (a driver update, a game that starts); the CPU is not.
            signal.throwIfAborted()
            if (hwaccel === null || !(thrown instanceof FfmpegError)) throw thrown
            log(`Decoding by ${hwaccel} failed; decoding on the CPU instead. ${thrown.message}`)
            return measure(null)
          })
          .catch(async (thrown: unknown) => {
            signal.throwIfAborted()
            const rest = isDamagedInput(thrown) ? withoutDamagedSound(media, thrown) : null
            if (rest === null) throw thrown
            warnings.push(
              `Some of the sound is damaged and could not be read: ${rest.audio.length} of ${media.audio.length} tracks were listened to.`,
            )
            log(warnings.join(' '))
            return measure(null, rest)
          })
          .catch((thrown: unknown) => {
            throw explainDamage(thrown, basename(recording.path))
          })
        const analysis = { ...measured, warnings }
        await keepWithinQuota(recording, analysis)
        return analysis
      },
    },

    async read(recording, analysis) {
      library.features.touch(recording.fingerprint, ANALYSE_VERSION, Date.now())
      const file = await openFeatures(pathOf(analysis))
      const tracks = file.melTracks.map((track) => ({
        track,
        read: (first: number, count: number) => file.readMel(track, first, count),
      }))
      const pictures = { times: file.pictureTimes, read: file.readPictures }
      return { signals: file.signals, mel: tracks, pictures, close: () => file.close() }
    },
  }
}
