import { homedir, userInfo } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import type { BrowseAnswer, BrowseRequest } from '../../src-shared/contract/files.ts'
import type { ProcessIdentity } from '../../src-shared/contract/process.ts'
import { browse } from '../adapters/files/browse.ts'
import { usualRoots } from '../adapters/files/browse-roots.ts'
import { receiveUpload } from '../adapters/files/receive-upload.ts'
import type { Library } from '../adapters/library/open-library.ts'

export interface ConnectFilesOptions {
  readonly library: Library
  readonly owner: ProcessIdentity
  readonly platform: NodeJS.Platform
  readonly env: Readonly<Record<string, string | undefined>>
  /** Folders that a person allowed besides the usual ones. */
  readonly allowed: readonly string[]
  /** Folders of recorders on this machine. */
  readonly recorderFolders: () => Promise<readonly string[]>
}

/** Files of this machine for those who have a browser only. */
export interface Files {
  browse(request: BrowseRequest, signal: AbortSignal | undefined): Promise<BrowseAnswer>
  /** Puts what is sent into the data folder's `uploads`. */
  upload(file: { name: string; size: number; content: Readable }, signal: AbortSignal): Promise<{ path: string }>
}

/** Looking for recorders reads their folders: not anew for every click. */
const recordersForMs = 60_000

export function connectFiles(options: ConnectFilesOptions): Files {
  const { library, owner, platform, env } = options
  const uploads = join(library.folder.root, 'uploads')
  const home = homedir()
  let recorders: { readonly at: number; readonly folders: Promise<readonly string[]> } | undefined
  const recorderFolders = (): Promise<readonly string[]> => {
    const at = performance.now()
    if (recorders === undefined || at - recorders.at > recordersForMs) {
      recorders = { at, folders: options.recorderFolders().catch(() => []) }
    }
    return recorders.folders
  }
  return {
    async browse(request, signal) {
      const { outputFolder } = library.settings.get()
      const roots = [
        ...options.allowed,
        ...(await recorderFolders()),
        ...(outputFolder === null ? [] : [outputFolder]),
        uploads,
        ...usualRoots({ platform, env, home, userName: userInfo().username }),
      ]
      return browse(request, { roots, platform, signal })
    },
    upload: (file, signal) =>
      receiveUpload(file, {
        folder: uploads,
        platform,
        signal,
        tempFiles: {
          record: (path) => library.tempFiles.record(path, owner, null),
          remove: (path) => library.tempFiles.remove(path),
        },
      }),
  }
}
