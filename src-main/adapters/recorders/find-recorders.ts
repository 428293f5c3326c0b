import { posix, win32 } from 'node:path'
import type { RecorderId } from '../../../src-shared/contract/app.ts'
import { knownFolder, pathsOf, videosFolder, type Surroundings } from './surroundings.ts'

/** Where a recorder may put its recordings; whether there is such a folder is for others to see. */
export interface RecorderPlace {
  readonly recorder: RecorderId
  readonly name: string
  readonly folder: string
  /** Read from its settings, not merely its default. */
  readonly configured: boolean
}

/** What OBS's settings say; null: nothing, so its default holds. */
export type ObsFolder = (configFolder: string) => Promise<{ readonly folder: string | null } | null>

const names: Readonly<Record<RecorderId, string>> = {
  obs: 'OBS Studio',
  shadowplay: 'NVIDIA ShadowPlay',
  'game-bar': 'Xbox Game Bar',
  radeon: 'AMD Radeon ReLive',
  medal: 'Medal',
  outplayed: 'Outplayed',
  steelseries: 'SteelSeries Moments',
  steam: 'Steam',
  videos: 'Videos',
}

/**
 * Where the recorders of this machine put recordings, the general videos folder last. Only looks; folders that several
 * use are named once, for the first.
 */
export async function findRecorders(around: Surroundings, readObs: ObsFolder): Promise<RecorderPlace[]> {
  const videos = await videosFolder(around)
  const places: RecorderPlace[] = []
  const add = (recorder: RecorderId, folder: string | null, configured = false): void => {
    if (folder !== null && folder !== '') places.push({ recorder, name: names[recorder], folder, configured })
  }
  for (const config of obsFolders(around)) {
    const said = await readObs(config)
    if (said !== null) add('obs', said.folder ?? (await obsDefault(around, videos)), said.folder !== null)
  }
  if (around.platform === 'win32') {
    add('shadowplay', await shadowPlayFolder(around), true)
    const captures = await knownFolder(around, '{EDC0FE71-98D8-4F4A-B920-C8DC133CB165}')
    add('game-bar', captures ?? win32.join(videos, 'Captures'), captures !== null)
    add('radeon', win32.join(videos, 'Radeon ReLive'))
    add('medal', win32.join(around.env['SystemDrive'] ?? 'C:', win32.sep, 'Medal', 'Clips'))
    add('outplayed', win32.join(videos, 'Outplayed'))
    add('steelseries', win32.join(videos, 'SteelSeries Moments'))
  }
  for (const folder of await steamFolders(around)) add('steam', folder)
  add('videos', videos)
  const paths = pathsOf(around.platform)
  const keyOf = ({ folder }: RecorderPlace): string => {
    const path = paths.normalize(folder).replace(/[\\/]+$/, '')
    return around.platform === 'linux' ? path : path.toLowerCase()
  }
  return [...new Map(places.toReversed().map((place) => [keyOf(place), place])).values()].toReversed()
}

/** OBS as installed by its own installer or a distribution, and as a Flatpak. */
function obsFolders({ platform, env, home }: Surroundings): string[] {
  if (platform === 'win32') return env['APPDATA'] ? [win32.join(env['APPDATA'], 'obs-studio')] : []
  if (platform === 'darwin') return [posix.join(home, 'Library', 'Application Support', 'obs-studio')]
  return [
    posix.join(env['XDG_CONFIG_HOME'] || posix.join(home, '.config'), 'obs-studio'),
    posix.join(home, '.var', 'app', 'com.obsproject.Studio', 'config', 'obs-studio'),
  ]
}

/** OBS writes no defaults down: the videos folder, on Linux the home. */
async function obsDefault({ platform, home }: Surroundings, videos: string): Promise<string> {
  return platform === 'win32' || platform === 'darwin' ? videos : home
}

/** `DefaultPathW` is UTF-16LE in a binary value, which `reg query` prints as hex digits. */
async function shadowPlayFolder({ registry }: Surroundings): Promise<string | null> {
  const hex = await registry(String.raw`HKCU\Software\NVIDIA Corporation\Global\ShadowPlay\NVSPCAPS`, 'DefaultPathW')
  if (hex === null || !/^(?:[0-9a-f]{4})+$/i.test(hex)) return null
  const text = Buffer.from(hex, 'hex').toString('utf16le').replace(/\0.*$/s, '')
  return win32.isAbsolute(text) ? text : null
}

/** Steam keeps recordings by its accounts. */
async function steamFolders(around: Surroundings): Promise<string[]> {
  const { platform, home, env } = around
  const paths = pathsOf(platform)
  const said = platform === 'win32' ? await around.registry(String.raw`HKCU\Software\Valve\Steam`, 'SteamPath') : null
  const roots =
    platform === 'win32'
      ? [said ?? win32.join(env['ProgramFiles(x86)'] ?? String.raw`C:\Program Files (x86)`, 'Steam')]
      : platform === 'darwin'
        ? [posix.join(home, 'Library', 'Application Support', 'Steam')]
        : [posix.join(home, '.local', 'share', 'Steam'), posix.join(home, '.steam', 'steam')]
  const found: string[] = []
  for (const root of roots) {
    const accounts = paths.join(root, 'userdata')
    for (const account of await around.folders(accounts)) {
      if (/^\d+$/.test(account)) found.push(paths.join(accounts, account, 'gamerecordings', 'video'))
    }
    // `.steam/steam` leads to the other one where both are there.
    if (found.length > 0) break
  }
  return found
}
