import { posix, win32 } from 'node:path'

/** All that finding recorders needs to know of a machine. */
export interface Surroundings {
  readonly platform: NodeJS.Platform
  readonly env: NodeJS.ProcessEnv
  readonly home: string
  /** A value of the Windows registry as text, as `reg query` prints it; null where there is none. */
  registry(key: string, value: string): Promise<string | null>
  /** Names of the folders in a folder; none where it cannot be read. */
  folders(path: string): Promise<readonly string[]>
  /** Null where it cannot be read, or is too large to be settings. */
  text(path: string): Promise<string | null>
}

export function pathsOf(platform: NodeJS.Platform): typeof posix {
  return platform === 'win32' ? win32 : posix
}

const shellFolders = String.raw`HKCU\Software\Microsoft\Windows\CurrentVersion\Explorer\User Shell Folders`

/** A folder that Windows knows by name and a person may have moved. */
export async function knownFolder({ registry, env }: Surroundings, value: string): Promise<string | null> {
  const found = await registry(shellFolders, value)
  return found === null ? null : expandVariables(found, env)
}

/** `%USERPROFILE%\Videos`; names of variables are the same in capitals. */
function expandVariables(text: string, env: NodeJS.ProcessEnv): string | null {
  const upper = new Map(Object.entries(env).map(([name, value]) => [name.toUpperCase(), value]))
  const expanded = text.replace(/%([^%]+)%/g, (whole, name: string) => upper.get(name.toUpperCase()) ?? whole)
  return expanded.includes('%') ? null : expanded
}

/** Where the system keeps videos, as far as it says. */
export async function videosFolder(around: Surroundings): Promise<string> {
  const { platform, env, home } = around
  if (platform === 'win32') {
    return (await knownFolder(around, 'My Video')) ?? win32.join(env['USERPROFILE'] || home, 'Videos')
  }
  if (platform === 'darwin') return posix.join(home, 'Movies')
  const config = env['XDG_CONFIG_HOME'] || posix.join(home, '.config')
  const said = /^\s*XDG_VIDEOS_DIR="((?:[^"\\]|\\.)*)"/m.exec(
    (await around.text(posix.join(config, 'user-dirs.dirs'))) ?? '',
  )?.[1]
  const folder = said?.replace(/\\(.)/g, '$1').replace(/^\$HOME(?=\/|$)/, home)
  return folder !== undefined && posix.isAbsolute(folder) ? folder : posix.join(home, 'Videos')
}
