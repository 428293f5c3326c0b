import { constants } from 'node:fs'
import * as nodeFs from 'node:fs/promises'
import { dirname } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { codeOf, notWritable, translate } from './output-error.ts'

/** The file functions that publishing uses; a test passes failing ones. */
export type PublishFs = Pick<typeof nodeFs, 'link' | 'rename' | 'unlink' | 'lstat' | 'open'>

export interface PublishOptions {
  platform?: NodeJS.Platform
  fs?: PublishFs
  sleep?: (ms: number) => Promise<unknown>
}

/**
 * On Windows a virus scanner or a preview holds a new file for a moment, and link, rename and unlink then fail. Four
 * seconds in all are enough in practice; graceful-fs waits as `EPERM`, `EACCES` and `EBUSY` do, up to a minute.
 */
const LOCKED = new Set(['EPERM', 'EACCES', 'EBUSY'])
const lockedDelaysMs = [20, 50, 100, 200, 400, 800, 1200, 1200]

/** What systems answer where the file system knows no hard links (FAT, exFAT, many network shares). */
const NO_LINKS = new Set([
  'EPERM',
  'EACCES',
  'ENOTSUP',
  'EOPNOTSUPP',
  'ENOSYS',
  'EINVAL',
  'EISDIR',
  'UNKNOWN',
  'EMLINK',
])

/** Flushes a written file to the disk, so that a power cut after the rename cannot leave an empty one. */
export async function syncFile(path: string): Promise<void> {
  await withHandle(path, (handle) => handle.sync()).catch(translate(path))
}

/**
 * Gives a finished temporary file its final name in the same folder. Never replaces anything: `taken` says that the
 * name is in use, and the temporary file then stays. A hard link is the one call that every system refuses when the
 * name exists; where there are none, the name is looked at first and the file renamed.
 */
export async function publishFile(
  temp: string,
  final: string,
  options: PublishOptions = {},
): Promise<'published' | 'taken'> {
  const { fs = nodeFs, platform = process.platform } = options
  const retry = whileLocked(platform, options.sleep ?? delay)
  try {
    await retry(() => fs.link(temp, final))
    await retry(() => fs.unlink(temp))
  } catch (thrown) {
    const code = codeOf(thrown)
    if (code === 'EEXIST') return 'taken'
    if (await exists(final, fs)) {
      if (await isSameFile(temp, final, fs)) return 'published'
      return 'taken'
    }
    if (!NO_LINKS.has(code)) return translate(final)(thrown)
    await retry(() => fs.rename(temp, final)).catch(translate(final))
  }
  await syncFolder(dirname(final), platform, fs)
  return 'published'
}

/** Creates a folder and those above it; throws `output/…` when files cannot be written there. */
export async function prepareFolder(folder: string): Promise<void> {
  await nodeFs.mkdir(folder, { recursive: true }).catch(translate(folder))
  await nodeFs.access(folder, constants.W_OK | constants.X_OK).catch(translate(folder))
}

/** Would `prepareFolder` work? Looks at the nearest folder that exists and creates nothing. */
export async function checkFolder(folder: string): Promise<void> {
  const stat = await nodeFs.stat(folder).catch((thrown: unknown) => {
    if (codeOf(thrown) === 'ENOENT' && dirname(folder) !== folder) return null
    return translate(folder)(thrown)
  })
  if (stat === null) return checkFolder(dirname(folder))
  if (!stat.isDirectory()) throw notWritable(folder, 'there is a file in its place')
  await nodeFs.access(folder, constants.W_OK | constants.X_OK).catch(translate(folder))
}

/** Rethrows what came of writing into a folder: as `translate` does, and as what it is where the folder itself went away. */
export function explainWriting(folder: string, signal?: AbortSignal): (thrown: unknown) => Promise<never> {
  return async (thrown) => {
    signal?.throwIfAborted()
    if (await exists(folder, nodeFs)) return translate(folder)(thrown)
    throw notWritable(folder, 'the folder was removed, or its disk unplugged, meanwhile', thrown)
  }
}

/** Removes a file; `unreachable` when its folder is not there (a drive that is unplugged). */
export async function removeFile(
  path: string,
  options: PublishOptions = {},
): Promise<'removed' | 'missing' | 'unreachable'> {
  const { fs = nodeFs, platform = process.platform } = options
  try {
    await whileLocked(platform, options.sleep ?? delay)(() => fs.unlink(path))
    return 'removed'
  } catch (thrown) {
    if (codeOf(thrown) !== 'ENOENT' && codeOf(thrown) !== 'ENOTDIR') return 'unreachable'
    return (await exists(dirname(path), fs)) ? 'missing' : 'unreachable'
  }
}

/** Size and time of change of a regular file, or null when there is none. */
export async function statFile(path: string): Promise<{ size: number; mtimeMs: number } | null> {
  const stat = await nodeFs.stat(path).catch(() => null)
  return stat?.isFile() ? { size: stat.size, mtimeMs: stat.mtimeMs } : null
}

/** True for anything under that name, a dangling link included. */
export async function nameIsTaken(path: string): Promise<boolean> {
  return exists(path, nodeFs)
}

/** Writes a small text file and flushes it. */
export async function writeSynced(path: string, text: string): Promise<void> {
  const handle = await nodeFs.open(path, 'w').catch(translate(path))
  try {
    await handle.writeFile(text)
    await handle.sync()
  } catch (thrown) {
    translate(path)(thrown)
  } finally {
    await handle.close()
  }
}

function whileLocked(
  platform: NodeJS.Platform,
  sleep: (ms: number) => Promise<unknown>,
): <T>(action: () => Promise<T>) => Promise<T> {
  return async (action) => {
    for (const ms of platform === 'win32' ? lockedDelaysMs : []) {
      try {
        return await action()
      } catch (thrown) {
        if (!LOCKED.has(codeOf(thrown))) throw thrown
        await sleep(ms)
      }
    }
    return action()
  }
}

/** A new name is only safe once its folder is; Windows has no such call, and some file systems refuse it. */
async function syncFolder(folder: string, platform: NodeJS.Platform, fs: PublishFs): Promise<void> {
  if (platform === 'win32') return
  const handle = await fs.open(folder, 'r').catch(() => null)
  await handle?.sync().catch(() => undefined)
  await handle?.close()
}

async function withHandle<T>(path: string, use: (handle: nodeFs.FileHandle) => Promise<T>): Promise<T> {
  // Windows flushes only through a handle that may write.
  const handle = await nodeFs.open(path, 'r+')
  try {
    return await use(handle)
  } finally {
    await handle.close()
  }
}

async function exists(path: string, fs: Pick<PublishFs, 'lstat'>): Promise<boolean> {
  return fs.lstat(path).then(
    () => true,
    () => false,
  )
}

async function isSameFile(a: string, b: string, fs: Pick<PublishFs, 'lstat'>): Promise<boolean> {
  const [first, second] = await Promise.all([fs.lstat(a).catch(() => null), fs.lstat(b).catch(() => null)])
  return first !== null && second !== null && first.ino === second.ino && first.dev === second.dev
}
