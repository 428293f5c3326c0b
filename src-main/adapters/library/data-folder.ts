import { mkdirSync, statfsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { libraryError } from './library-error.ts'

/** Where everything of one library lies. */
export interface DataFolder {
  readonly root: string
  readonly database: string
  readonly features: string
  readonly backups: string
  readonly logs: string
}

export function dataFolder(root: string): DataFolder {
  const absolute = resolve(root)
  return {
    root: absolute,
    database: join(absolute, 'library.db'),
    features: join(absolute, 'features'),
    backups: join(absolute, 'backups'),
    logs: join(absolute, 'logs'),
  }
}

/** Makes the folders where they are missing. What was recorded is private: only its owner may look in. */
export function makeDataFolder(folder: DataFolder): void {
  try {
    for (const path of [folder.root, folder.features, folder.backups, folder.logs]) {
      mkdirSync(path, { recursive: true, mode: 0o700 })
    }
  } catch (thrown) {
    throw libraryError(thrown, folder.root)
  }
}

// Linux: statfs(2). FUSE is not among them: it may be sshfs, but also a local NTFS disk.
const networkFileSystems = new Set([0x6969, 0x517b, 0xff534d42, 0xfe534d42, 0x5346414f, 0x00c36400, 0x01021997])

/**
 * A warning where the folder seems to lie on another computer: SQLite's write-ahead log needs memory that all
 * processes share, which network drives do not give (sqlite.org/wal.html). Null when all seems well.
 */
export function networkFolderHint(
  path: string,
  platform: NodeJS.Platform,
  fileSystemType: (path: string) => number | null = readFileSystemType,
): string | null {
  const remote =
    platform === 'win32'
      ? /^(\\\\|\/\/)(?![?.][\\/])/.test(path) || /^(\\\\|\/\/)[?.][\\/]UNC[\\/]/i.test(path)
      : platform === 'linux' && networkFileSystems.has(fileSystemType(path) ?? 0)
  if (!remote) return null
  return (
    `The library lies on a network drive (${path}). There it can be slow, and two computers at once can damage it: ` +
    'choose a folder on this computer with --data-dir.'
  )
}

function readFileSystemType(path: string): number | null {
  try {
    // f_type is signed on some architectures.
    return statfsSync(path).type >>> 0
  } catch {
    return null
  }
}
