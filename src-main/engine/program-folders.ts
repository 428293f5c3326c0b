import { existsSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

export interface ProgramFolders {
  /** Where package.json lies: a checkout, or what a release unpacked. */
  root: string
  /** Models that are part of the program. */
  models: string
  /** What a release brings along: `ffmpeg/`, `fonts/`, `demo/`. */
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
  // Packed, the program is one archive; what other programs than ours read lies beside it (electron-builder.yml).
  const packed = basename(root) === 'app.asar'
  const beside = packed ? dirname(root) : root
  return {
    root,
    models: join(beside, 'models'),
    resources: packed ? beside : join(root, 'resources'),
    cache: join(beside, '.cache'),
  }
}
