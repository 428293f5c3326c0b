import path from 'node:path'

export interface RootsOptions {
  readonly platform: NodeJS.Platform
  readonly env: Readonly<Record<string, string | undefined>>
  readonly home: string
  readonly userName: string
}

/** Where people keep recordings and music on this system; not all of them exist. Pure. */
export function usualRoots(options: RootsOptions): string[] {
  const { platform, home, userName } = options
  const { join } = platform === 'win32' ? path.win32 : path.posix
  // Music is for montages.
  const own = [videosFolder(options), join(home, 'Downloads'), join(home, 'Music')]
  switch (platform) {
    case 'win32':
      return [...own, ...Array.from({ length: 26 }, (_, i) => `${String.fromCharCode(65 + i)}:\\`)]
    case 'darwin':
      return [...own, '/Volumes']
    default:
      return [...own, ...['/media', '/run/media'].map((mounts) => join(mounts, userName)), '/mnt']
  }
}

/** Where finished clips go when a person chose no folder; made when it is needed. Pure. */
export function usualOutputFolder(options: Omit<RootsOptions, 'userName'>): string {
  return (options.platform === 'win32' ? path.win32 : path.posix).join(videosFolder(options), 'Clutchcut')
}

function videosFolder({ platform, env, home }: Omit<RootsOptions, 'userName'>): string {
  if (platform === 'win32') return path.win32.join(home, 'Videos')
  if (platform === 'darwin') return path.posix.join(home, 'Movies')
  const videos = env['XDG_VIDEOS_DIR']
  return videos !== undefined && path.posix.isAbsolute(videos) ? videos : path.posix.join(home, 'Videos')
}

/** Whether `file` is `folder` or lies below it, as the system compares names. Both absolute and resolved. Pure. */
export function isInside(file: string, folder: string, platform: NodeJS.Platform): boolean {
  const rules = platform === 'win32' ? path.win32 : path.posix
  const plain = (name: string): string => (platform === 'win32' || platform === 'darwin' ? name.toLowerCase() : name)
  const relative = rules.relative(plain(folder), plain(file))
  return relative === '' || (relative !== '..' && !relative.startsWith(`..${rules.sep}`) && !rules.isAbsolute(relative))
}
