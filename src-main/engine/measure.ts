import { basename } from 'node:path'
import type { JobSpec } from '../../src-shared/contract/job.ts'
import type { MediaInfo } from '../../src-shared/contract/media-info.ts'
import type { Recording } from '../../src-shared/contract/recording.ts'
import type { KeptPictures, MelTrack } from '../../src-shared/domain/score.ts'
import type { Signals } from '../../src-shared/domain/signal.ts'
import type { Ticks } from '../../src-shared/domain/time.ts'
import { openFeatures } from '../adapters/features/read-features.ts'
import type { FeaturesWriter } from '../adapters/features/write-features.ts'
import { explainDamage, isDamagedInput, withoutDamagedSound } from '../adapters/ffmpeg/damaged-input.ts'
import { FfmpegError } from '../adapters/ffmpeg/ffmpeg-error.ts'
import { chooseHwaccel, parseHwaccels, type Hwaccel } from '../adapters/ffmpeg/hardware-decode.ts'
import { decodeExtraFrames } from '../adapters/ffmpeg/decode-extra-frames.ts'
import type { FfmpegRunner } from '../adapters/ffmpeg/runner.ts'
import type { SourceFile } from '../adapters/ffmpeg/source-file.ts'
import { streamAnalysis } from '../adapters/ffmpeg/stream-analysis.ts'
import type { Library } from '../adapters/library/open-library.ts'
import { systemClock } from '../jobs/clock.ts'
import { analyse, type AnalysisResult } from '../stages/analyse/analyse.ts'

export interface Analysis extends AnalysisResult {
  /** What could not be measured, for the person. */
  readonly warnings: readonly string[]
}

export interface ConnectMeasureOptions {
  library: Library
  platform: NodeJS.Platform
  machine: () => Promise<string>
  log: (warning: string) => void
  runner: () => Promise<FfmpegRunner>
  source: (recording: Recording) => Promise<SourceFile>
}

export interface MeasureOptions {
  signal: AbortSignal
  onProgress: (fraction: number) => void
  device: JobSpec['device']
  createFeatures: (name: string) => Promise<FeaturesWriter>
}

/** The analysis of a recording into a features file, over the real adapters. Only verdicts about GPUs go into the library. */
export function connectMeasure({ library, platform, machine, log, runner, source }: ConnectMeasureOptions) {
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

  return async function measure(
    { recording, media }: { recording: Recording; media: MediaInfo },
    { signal, onProgress, device, createFeatures }: MeasureOptions,
  ): Promise<Analysis> {
    const ffmpeg = await runner()
    const file = await source(recording)
    const measureBy = (hwaccel: Hwaccel | null, of: MediaInfo = media): Promise<AnalysisResult> =>
      analyse(
        {
          stream: (_source, sink, options) => streamAnalysis(ffmpeg, file, of, sink, { ...options, hwaccel }),
          extraFrames: (_source, request, onFrame, options) =>
            decodeExtraFrames(ffmpeg, file, media, request, onFrame, options),
          createFeatures,
        },
        { recording, media: of, signal, onProgress },
      )
    const warnings: string[] = []
    const hwaccel = device === 'cpu' ? null : await hardwareDecoder(ffmpeg, file, media, { signal })
    const measured = await measureBy(hwaccel)
      .catch(async (thrown: unknown) => {
        // A GPU may be lost at any moment (a driver update, a game that starts); the CPU is not.
        signal.throwIfAborted()
        if (hwaccel === null || !(thrown instanceof FfmpegError)) throw thrown
        log(`Decoding by ${hwaccel} failed; decoding on the CPU instead. ${thrown.message}`)
        return measureBy(null)
      })
      .catch(async (thrown: unknown) => {
        signal.throwIfAborted()
        const rest = isDamagedInput(thrown) ? withoutDamagedSound(media, thrown) : null
        if (rest === null) throw thrown
        warnings.push(
          `Some of the sound is damaged and could not be read: ${rest.audio.length} of ${media.audio.length} tracks were listened to.`,
        )
        log(warnings.join(' '))
        return measureBy(null, rest)
      })
      .catch((thrown: unknown) => {
        throw explainDamage(thrown, basename(recording.path))
      })
    return { ...measured, warnings }
  }
}

/** What a scorer may look at; `close` it afterwards. */
export interface OpenInput {
  signals: Signals
  mel: MelTrack[]
  pictures: KeptPictures
  duration: Ticks
  cuts: readonly Ticks[]
  close(): Promise<void>
}

/** @throws ClutchcutError `features/unusable`. */
export async function openInput(path: string): Promise<OpenInput> {
  const file = await openFeatures(path)
  const { signals, duration, cuts } = file
  const mel = file.melTracks.map((track) => ({
    track,
    read: (first: number, count: number) => file.readMel(track, first, count),
  }))
  const pictures = { times: file.pictureTimes, read: file.readPictures }
  return { signals, mel, pictures, duration, cuts, close: () => file.close() }
}
