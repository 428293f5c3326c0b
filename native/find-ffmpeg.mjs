// Where FFmpeg is looked for, and which one is good enough. Plain JavaScript, because tools/provision.mjs runs it on
// whatever Node the machine has, before anything else; src-main/adapters/ffmpeg/tools.ts asks the same questions.
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'

/**
 * @typedef {'setting' | 'environment' | 'bundled' | 'path' | 'downloaded'} ToolSource
 * @typedef {{ source: ToolSource, ffmpeg: string, ffprobe: string }} Candidate
 * @typedef {{ version: string, configuration: string, libavutilMajor: number }} ToolVersion
 * @typedef {{ source: ToolSource, ffmpeg: string, ffprobe: string, version: string }} FoundTools
 * @typedef {{ candidate: Candidate, why: string }} Refusal
 * @typedef {{
 *   platform: NodeJS.Platform,
 *   env: Readonly<Record<string, string | undefined>>,
 *   setting?: string | null,
 *   resourcesFolder?: string | null,
 *   cacheFolder?: string | null,
 * }} Places `resourcesFolder` holds `ffmpeg/`; `cacheFolder` is where tools/provision.mjs puts a download.
 * @typedef {{ exists: (path: string) => boolean, versionOf: (program: string) => Promise<ToolVersion | null> }} Probe
 */

export const environmentVariable = 'CLUTCHCUT_FFMPEG'
export const minimumVersion = '5.0'
/** FFmpeg 5.0's libavutil. Builds from git carry no version number of their own, but always this one. */
const minimumLibavutil = 57

/** @param {NodeJS.Platform} platform */
const pathsOf = (platform) => (platform === 'win32' ? path.win32 : path.posix)

/**
 * @param {ToolSource} source
 * @param {string} folder
 * @param {NodeJS.Platform} platform
 * @returns {Candidate}
 */
function pairIn(source, folder, platform) {
  const suffix = platform === 'win32' ? '.exe' : ''
  const paths = pathsOf(platform)
  return { source, ffmpeg: paths.join(folder, `ffmpeg${suffix}`), ffprobe: paths.join(folder, `ffprobe${suffix}`) }
}

/**
 * What a person names may be the folder that holds both programs or the ffmpeg program itself.
 * @param {'setting' | 'environment'} source
 * @param {string} named
 * @param {NodeJS.Platform} platform
 * @returns {Candidate[]}
 */
function pairsNamed(source, named, platform) {
  const paths = pathsOf(platform)
  const inFolder = pairIn(source, named, platform)
  const inBin = pairIn(source, paths.join(named, 'bin'), platform)
  const sibling = paths.basename(named).replace(/ffmpeg/i, 'ffprobe')
  const asProgram =
    sibling === paths.basename(named)
      ? []
      : [{ source, ffmpeg: named, ffprobe: paths.join(paths.dirname(named), sibling) }]
  return [inFolder, inBin, ...asProgram]
}

/**
 * @param {Places['env']} env
 * @param {NodeJS.Platform} platform
 * @returns {string[]}
 */
export function pathFolders(env, platform) {
  const paths = pathsOf(platform)
  // Windows spells it `Path`; names of environment variables are case-insensitive there only.
  const name = platform === 'win32' ? Object.keys(env).find((key) => key.toUpperCase() === 'PATH') : 'PATH'
  const value = (name === undefined ? undefined : env[name]) ?? ''
  // A relative entry would run whatever lies in the folder of the recording.
  return value
    .split(paths.delimiter)
    .map((folder) => folder.replace(/^"(.*)"$/, '$1'))
    .filter((folder) => paths.isAbsolute(folder))
}

/**
 * All places in the order they are tried. Where a person named a place, only that place counts: silently taking
 * another build would hide a typing error.
 * @param {Places} places
 * @returns {Candidate[]}
 */
export function ffmpegCandidates({ platform, env, setting, resourcesFolder, cacheFolder }) {
  if (setting) return pairsNamed('setting', setting, platform)
  const named = env[environmentVariable]
  if (named) return pairsNamed('environment', named, platform)
  const paths = pathsOf(platform)
  return [
    ...(resourcesFolder ? [pairIn('bundled', paths.join(resourcesFolder, 'ffmpeg'), platform)] : []),
    ...pathFolders(env, platform).map((folder) => pairIn('path', folder, platform)),
    ...(cacheFolder ? [pairIn('downloaded', cacheFolder, platform)] : []),
  ]
}

/**
 * Reads what `ffmpeg -version` or `ffprobe -version` prints; null when it is neither.
 * @param {string} text
 * @returns {ToolVersion | null}
 */
export function parseVersion(text) {
  const version = /^ff(?:mpeg|probe) version (\S+)/m.exec(text)?.[1]
  const libavutil = /^libavutil\s+(\d+)\./m.exec(text)?.[1]
  if (version === undefined || libavutil === undefined) return null
  const configuration = /^\s*configuration:\s*(.*)$/m.exec(text)?.[1]?.trim() ?? ''
  return { version, configuration, libavutilMajor: Number(libavutil) }
}

/**
 * Why two programs cannot be used together; null when they can.
 * @param {ToolVersion | null} ffmpeg
 * @param {ToolVersion | null} ffprobe
 * @returns {string | null}
 */
export function refusalOf(ffmpeg, ffprobe) {
  if (ffmpeg === null) return 'ffmpeg does not run'
  if (ffprobe === null) return 'ffprobe does not run'
  if (ffmpeg.libavutilMajor < minimumLibavutil) return `version ${ffmpeg.version} is older than ${minimumVersion}`
  if (ffmpeg.version !== ffprobe.version || ffmpeg.configuration !== ffprobe.configuration) {
    return `ffmpeg ${ffmpeg.version} and ffprobe ${ffprobe.version} are of different builds`
  }
  return null
}

/**
 * The first candidate of which both programs run, are of one build and are new enough; and why the ones before it are
 * not. A place with neither program is not worth a word.
 * @param {readonly Candidate[]} candidates
 * @param {Probe} [probe]
 * @returns {Promise<{ found: FoundTools | null, refused: Refusal[] }>}
 */
export async function findFfmpeg(candidates, probe = systemProbe) {
  /** @type {Refusal[]} */
  const refused = []
  for (const candidate of candidates) {
    const there = { ffmpeg: probe.exists(candidate.ffmpeg), ffprobe: probe.exists(candidate.ffprobe) }
    if (!there.ffmpeg) continue
    if (!there.ffprobe) {
      refused.push({ candidate, why: 'ffprobe is missing beside it' })
      continue
    }
    const [ffmpeg, ffprobe] = await Promise.all([probe.versionOf(candidate.ffmpeg), probe.versionOf(candidate.ffprobe)])
    const why = refusalOf(ffmpeg, ffprobe)
    if (why === null && ffmpeg !== null) return { found: { ...candidate, version: ffmpeg.version }, refused }
    refused.push({ candidate, why: why ?? 'ffmpeg does not run' })
  }
  return { found: null, refused }
}

/** @type {Probe} */
export const systemProbe = {
  exists: existsSync,
  versionOf: (program) =>
    new Promise((resolve) => {
      execFile(program, ['-version'], { timeout: 15_000, windowsHide: true }, (error, stdout) =>
        resolve(error === null ? parseVersion(stdout) : null),
      )
    }),
}
