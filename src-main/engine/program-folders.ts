import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

export interface ProgramFolders {
  /** Where package.json lies: a checkout, or what a release unpacked. */
  root: string
  /** Models that are part of the program. */
  models: string
  /** What a release brings along: `ffmpeg/`, icons, the demo recording. */
  resources: string
  /** Where a checkout keeps what `tools/provision.mjs` downloaded. */
  cache: string
}

/** Found from this file upwards, since the sources lie two folders below the root and a bundle one. */
export function programFolders(from: string = import.meta.dirname): ProgramFolders {
  let root = from
  while (!existsSync(join(root, 'package.json'))) {
    const parent = dirname(root)
    if (parent === root) throw new Error(`no package.json above ${from}`)
    root = parent
  }
  return {
    root,
    models: join(root, 'models'),
    resources: join(root, 'resources'),
    cache: join(root, '.cache'),
  }
}
