import { posix, win32 } from 'node:path'

interface Where {
  platform: NodeJS.Platform
  env: Record<string, string | undefined>
  home: string
}

/**
 * Where the library lies unless `--data-dir` or CLUTCHCUT_DATA_DIR says otherwise. On Windows the local, not the
 * roaming folder: features and models are large, and no two machines may write one library.
 */
export function defaultDataFolder({ platform, env, home }: Where): string {
  if (env['CLUTCHCUT_DATA_DIR']) return env['CLUTCHCUT_DATA_DIR']
  if (platform === 'win32') return win32.join(env['LOCALAPPDATA'] ?? win32.join(home, 'AppData', 'Local'), 'Clutchcut')
  if (platform === 'darwin') return posix.join(home, 'Library', 'Application Support', 'Clutchcut')
  const base = env['XDG_DATA_HOME']
  // The XDG specification: a relative path there is invalid and is to be ignored.
  return posix.join(
    base !== undefined && posix.isAbsolute(base) ? base : posix.join(home, '.local', 'share'),
    'clutchcut',
  )
}
