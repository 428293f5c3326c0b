import { posix, win32 } from 'node:path'

export interface Surroundings {
  readonly platform: NodeJS.Platform
  readonly env: NodeJS.ProcessEnv
  readonly home: string
}

/** Where OBS Studio keeps its settings unless it was told otherwise; null where the system does not say. */
export function obsConfigFolder({ platform, env, home }: Surroundings): string | null {
  switch (platform) {
    case 'win32':
      return env['APPDATA'] ? win32.join(env['APPDATA'], 'obs-studio') : null
    case 'darwin':
      return posix.join(home, 'Library', 'Application Support', 'obs-studio')
    default:
      return posix.join(env['XDG_CONFIG_HOME'] || posix.join(home, '.config'), 'obs-studio')
  }
}
