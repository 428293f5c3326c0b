import { rm, statfs } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { CleanablePart, Cleaned, StoragePart, StorageReport } from '../../src-shared/contract/app.ts'
import type { DesktopServices } from '../../src-shared/contract/host-services.ts'
import { filesIn, type FolderFile } from '../adapters/files/measure-folder.ts'
import { statFile } from '../adapters/files/publish-file.ts'
import type { Library } from '../adapters/library/open-library.ts'
import type { ApiDeps } from '../api/deps.ts'
import { cannot } from './desktop.ts'

export interface ConnectStorageOptions {
  library: Library
  desktop: DesktopServices
  /** Bytes that each kind of pictures may take. */
  quotas: { readonly stills: number; readonly playback: number }
}

/** What was made of recordings is made again when it is needed; what cannot be made again goes to the bin. */
const cleaning: Readonly<Record<CleanablePart, 'again' | 'bin'>> = {
  features: 'again',
  stills: 'again',
  playback: 'again',
  backups: 'bin',
  logs: 'bin',
}

/** What everything takes on the disk, and how to get room. */
export function connectStorage({ library, desktop, quotas }: ConnectStorageOptions): ApiDeps['storage'] {
  const { folder } = library
  const folders: Readonly<Record<CleanablePart, string>> = {
    features: folder.features,
    stills: join(folder.root, 'stills'),
    playback: join(folder.root, 'playback'),
    backups: folder.backups,
    logs: folder.logs,
  }

  async function renderedFiles(): Promise<FolderFile[]> {
    const files: FolderFile[] = []
    for (const { path } of library.renders.all()) {
      const found = await statFile(path)
      if (found !== null) files.push({ path, bytes: found.size })
    }
    return files
  }

  /** SQLite's file, its log and its index of the log. */
  async function libraryFiles(): Promise<FolderFile[]> {
    const paths = ['', '-wal', '-shm'].map((ending) => `${folder.database}${ending}`)
    const found = await Promise.all(paths.map(async (path) => ({ path, bytes: (await statFile(path))?.size ?? null })))
    return found.flatMap(({ path, bytes }) => (bytes === null ? [] : [{ path, bytes }]))
  }

  async function partOf(what: StoragePart): Promise<StorageReport['parts'][number]> {
    const files =
      what === 'library'
        ? await libraryFiles()
        : what === 'renders'
          ? await renderedFiles()
          : await filesIn(folders[what])
    const limits = { features: library.settings.get().featureQuotaBytes, ...quotas }
    return {
      what,
      bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
      files: files.length,
      quotaBytes: what in limits ? limits[what as keyof typeof limits] : null,
      cleaning: what in cleaning ? cleaning[what as CleanablePart] : null,
    }
  }

  /** Not what a job that runs is reading or writing, nor the log that is being written. */
  async function removable(what: CleanablePart): Promise<FolderFile[]> {
    const files = await filesIn(folders[what])
    if (what === 'features') {
      const busy = new Set(library.jobs.list({ states: ['running'] }).map(({ recording }) => recording))
      const kept = library.features.list().filter(({ fingerprint }) => busy.has(fingerprint))
      const names = new Set(kept.map(({ file }) => file))
      // While a job runs, what has no row yet may be what it writes.
      const rows = new Set(library.features.list().map(({ file }) => file))
      return files.filter(({ path }) => !names.has(basename(path)) && (busy.size === 0 || rows.has(basename(path))))
    }
    if (what !== 'logs') return files
    const newest = files
      .map(({ path }) => path)
      .toSorted()
      .at(-1)
    return files.filter(({ path }) => path !== newest)
  }

  async function clean(what: CleanablePart): Promise<Cleaned> {
    const cleaned = { freedBytes: 0, files: 0 }
    for (const { path, bytes } of await removable(what)) {
      if (cleaning[what] === 'bin') await (desktop.trash ?? cannot('The recycle bin'))(path)
      else await rm(path, { force: true })
      cleaned.freedBytes += bytes
      cleaned.files += 1
    }
    if (what === 'features') {
      for (const { fingerprint, version, file } of library.features.list()) {
        if ((await statFile(join(folder.features, file))) === null) library.features.remove(fingerprint, version)
      }
    }
    return cleaned
  }

  return {
    async report() {
      const all: StoragePart[] = ['library', 'backups', 'features', 'stills', 'playback', 'logs', 'renders']
      const free = await statfs(folder.root).catch(() => null)
      return {
        parts: await Promise.all(all.map(partOf)),
        freeBytes: free === null ? null : free.bavail * free.bsize,
      }
    },
    async clean({ what }) {
      const total = { freedBytes: 0, files: 0 }
      for (const part of new Set(what)) {
        const { freedBytes, files } = await clean(part)
        total.freedBytes += freedBytes
        total.files += files
      }
      return total
    },
  }
}
