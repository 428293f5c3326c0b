import {
  ffmpegCandidates,
  findFfmpeg,
  environmentVariable,
  type Refusal,
  systemProbe,
  type Probe,
} from '../../../native/find-ffmpeg.mjs'
import { ClutchcutError } from '../../../src-shared/contract/errors.ts'

/** Both programs of one build, 5.0 or newer. */
export interface FfmpegTools {
  readonly ffmpeg: string
  readonly ffprobe: string
  /** As the program says it: `5.1.9-0+deb12u1`, `n7.1`, `N-118000-g0123456789`. */
  readonly version: string
  readonly source: 'setting' | 'environment' | 'bundled' | 'path' | 'downloaded'
}

export interface FindToolsOptions {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly platform: NodeJS.Platform
  /** What a person set: a folder that holds both programs, or the ffmpeg program itself. */
  readonly setting?: string | null
  /** Holds `ffmpeg/` in a release. */
  readonly resourcesFolder?: string | null
  /** Where `tools/provision.mjs` puts a download (a checkout's `.cache/ffmpeg`). */
  readonly cacheFolder?: string | null
  /** Replaced in tests only. */
  readonly probe?: Probe
}

/**
 * Finds FFmpeg in the order of `native/find-ffmpeg.mjs`: setting, environment, release resources, PATH, download.
 * @throws ClutchcutError `ffmpeg/missing`, which says what was refused and why, and how to get FFmpeg on this system.
 */
export async function findTools(options: FindToolsOptions): Promise<FfmpegTools> {
  const { probe = systemProbe, ...places } = options
  const { found, refused } = await findFfmpeg(ffmpegCandidates(places), probe)
  if (found !== null) return found
  throw missingTools(options, refused)
}

function missingTools(options: FindToolsOptions, refused: readonly Refusal[]): ClutchcutError {
  const named = options.setting ?? options.env[environmentVariable]
  const reasons = refused.slice(0, 3).map(({ candidate, why }) => `${candidate.ffmpeg}: ${why}`)
  const what = named
    ? `FFmpeg was not found in "${named}", the place named in ${options.setting ? 'the settings' : environmentVariable}.`
    : 'FFmpeg 5.0 or newer (ffmpeg and ffprobe of one build) was not found.'
  const why = reasons.length === 0 ? '' : ` Not usable: ${reasons.join('; ')}.`
  return new ClutchcutError(
    'ffmpeg/missing',
    `${what}${why} ${howToInstall(options.platform)} Or set ${environmentVariable} to the folder that holds both programs.`,
    { data: { refused: refused.map(({ candidate, why: reason }) => ({ ffmpeg: candidate.ffmpeg, why: reason })) } },
  )
}

/** One command per system. */
export function howToInstall(platform: NodeJS.Platform): string {
  switch (platform) {
    case 'win32':
      return 'Install it with: winget install Gyan.FFmpeg'
    case 'darwin':
      return 'Install it with: brew install ffmpeg'
    default:
      return 'Install it with: sudo apt install ffmpeg (Debian, Ubuntu), sudo dnf install ffmpeg (Fedora) or sudo pacman -S ffmpeg (Arch).'
  }
}
