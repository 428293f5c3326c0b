import { ClutchcutError } from '../../src-shared/contract/errors.ts'
import type { FacecamAnswer, FacecamSetting } from '../../src-shared/contract/facecam.ts'
import type { Region } from '../../src-shared/contract/layout.ts'
import type { MediaInfo } from '../../src-shared/contract/media-info.ts'
import type { Recording } from '../../src-shared/contract/recording.ts'
import { ticksFromSeconds } from '../../src-shared/domain/time.ts'
import { checkSource } from '../adapters/ffmpeg/check-source.ts'
import { look } from '../adapters/ffmpeg/look.ts'
import type { FfmpegRunner } from '../adapters/ffmpeg/runner.ts'
import type { Library } from '../adapters/library/open-library.ts'
import { readObsFacecam } from '../adapters/obs/read-facecam.ts'
import type { ApiDeps } from '../api/deps.ts'
import { FACECAM_VERSION } from '../stages/frame/detect-facecam.ts'
import { FEWEST_PICTURES } from '../stages/frame/grey-stack.ts'
import { findRecordingFacecam } from '../stages/frame/find-recording-facecam.ts'

export interface ConnectLayoutOptions {
  library: Pick<Library, 'facecams' | 'recordings'>
  platform: NodeJS.Platform
  runner: () => Promise<FfmpegRunner>
  /** Where OBS keeps its settings; null where the system does not say. */
  obsFolder: string | null
}

/** Where a recording's camera is, for whoever lays its picture out. */
export interface LayoutFinder {
  facecamOf(
    recording: Pick<Recording, 'fingerprint' | 'path'>,
    media: MediaInfo,
    options: { signal: AbortSignal },
  ): Promise<FacecamAnswer>
}

export function connectLayout({ library, platform, runner, obsFolder }: ConnectLayoutOptions): LayoutFinder {
  /** The last recording's: a job asks once for each of its clips. */
  let seen: { fingerprint: string; pictures: readonly Uint8Array[] } | undefined
  return {
    async facecamOf({ fingerprint, path }, media, { signal }) {
      const row = library.recordings.byFingerprint(fingerprint)
      // A recording without a length of its own was measured when it was analysed.
      const duration = media.duration ?? ticksFromSeconds(row?.durationSeconds ?? 0)
      return findRecordingFacecam(
        {
          setting: (game) => library.facecams.settingFor(game),
          obs: async () => (obsFolder === null ? null : readObsFacecam(obsFolder)),
          async look(size, options) {
            if (seen?.fingerprint === fingerprint) return seen.pictures
            const source = await checkSource(path, { platform })
            const pictures = await look(await runner(), source, media, duration, size, options)
            // Too few of a machine that was busy may be more the next time.
            if (pictures.length >= FEWEST_PICTURES) seen = { fingerprint, pictures }
            return pictures
          },
          found: () => library.facecams.found(fingerprint, FACECAM_VERSION),
          keepFound: (region: Region | null) => library.facecams.keepFound(fingerprint, FACECAM_VERSION, region),
        },
        { game: row?.game ?? null, picture: media.video },
        { signal },
      )
    },
  }
}

/** The contract's area `layouts`. */
export function layoutsOf(
  { facecams, recordings }: Pick<Library, 'facecams' | 'recordings'>,
  finder: LayoutFinder,
  onChange: () => void,
): ApiDeps['layouts'] {
  const changed = (): FacecamSetting[] => {
    onChange()
    return facecams.settings()
  }
  return {
    list: () => facecams.settings(),
    set(setting) {
      facecams.set(setting)
      return changed()
    },
    forget(game) {
      if (!facecams.forget(game)) {
        const what = game === null ? 'all games without a setting of their own' : `“${game}”`
        throw new ClutchcutError(
          'library/not-found',
          `Nothing is set for ${what}; "clutchcut layouts show" has what is.`,
        )
      }
      return changed()
    },
    async facecam(recordingId, signal = new AbortController().signal) {
      const recording = recordings.get(recordingId)
      if (recording === undefined) {
        throw new ClutchcutError('library/not-found', `There is no recording ${recordingId} in the library.`)
      }
      if (recording.media === null) {
        throw new ClutchcutError('features/unusable', 'This recording was not analysed yet. Analyse it first.')
      }
      return finder.facecamOf(recording, recording.media, { signal })
    },
  }
}
