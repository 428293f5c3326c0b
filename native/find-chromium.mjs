// Where a Chromium for the browser tests is looked for. Nothing but tests needs one.
import { existsSync } from 'node:fs'
import path from 'node:path'
import { pathFolders } from './find-ffmpeg.mjs'

export const chromiumVariable = 'CLUTCHCUT_CHROMIUM'

const namesOnPath = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome']

/**
 * In the order they are tried; a place that a person named is the only one that counts.
 * @param {{ platform: NodeJS.Platform, env: Readonly<Record<string, string | undefined>> }} places
 * @returns {string[]}
 */
export function chromiumCandidates({ platform, env }) {
  const named = env[chromiumVariable]
  if (named) return [named]
  if (platform === 'darwin') {
    return [
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    ]
  }
  if (platform === 'win32') {
    const roots = [env['ProgramFiles'], env['ProgramFiles(x86)'], env['LOCALAPPDATA']].filter(
      (root) => root !== undefined,
    )
    return roots.flatMap((root) => [
      path.win32.join(root, 'Chromium', 'Application', 'chrome.exe'),
      path.win32.join(root, 'Google', 'Chrome', 'Application', 'chrome.exe'),
      path.win32.join(root, 'Microsoft', 'Edge', 'Application', 'msedge.exe'),
    ])
  }
  return pathFolders(env, platform).flatMap((folder) => namesOnPath.map((name) => path.posix.join(folder, name)))
}

/**
 * @param {readonly string[]} candidates
 * @param {(path: string) => boolean} [exists]
 * @returns {string | null}
 */
export function findChromium(candidates, exists = existsSync) {
  return candidates.find((candidate) => exists(candidate)) ?? null
}
