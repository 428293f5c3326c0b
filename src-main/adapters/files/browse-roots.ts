import path from 'node:path'

export interface RootsOptions {
  readonly platform: NodeJS.Platform
  readonly env: Readonly<Record<string, string | undefined>>
  readonly home: string
  readonly userName: string
}

/** Where people keep recordings on this system; not all of them exist. Pure. */
export function usualRoots({ platform, env, home, userName }: RootsOptions): string[] {
  const { join } = platform === 'win32' ? path.win32 : path.posix
  switch (platform) {
    case 'win32': {
      const drives = Array.from({ length: 26 }, (_, i) => `${String.fromCharCode(65 + i)}:\\`)
      return [join(home, 'Videos'), join(home, 'Downloads'), ...drives]
    }
    case 'darwin':
      return [join(home, 'Movies'), join(home, 'Downloads'), '/Volumes']
    default: {
      const videos = env['XDG_VIDEOS_DIR']
      return [
        videos !== undefined && path.posix.isAbsolute(videos) ? videos : join(home, 'Videos'),
        join(home, 'Downloads'),
        ...['/media', '/run/media'].map((mounts) => join(mounts, userName)),
        '/mnt',
      ]
    }
  }
}

/** Whether `file` is `folder` or lies below it, as the system compares names. Both absolute and resolved. Pure. */
export function isInside(file: string, folder: string, platform: NodeJS.Platform): boolean {
  const rules = platform === 'win32' ? path.win32 : path.posix
  const plain = (name: string): string => (platform === 'win32' || platform === 'darwin' ? name.toLowerCase() : name)
  const relative = rules.relative(plain(folder), plain(file))
  return relative === '' || (relative !== '..' && !relative.startsWith(`..${rules.sep}`) && !rules.isAbsolute(relative))
}
