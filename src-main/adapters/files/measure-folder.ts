import { lstat, readdir } from 'node:fs/promises'
import { join } from 'node:path'

export interface FolderFile {
  readonly path: string
  readonly bytes: number
}

const mostFiles = 200_000

/** The files of a folder and those below it, links not followed. Nothing where there is no such folder. */
export async function filesIn(folder: string): Promise<FolderFile[]> {
  const files: FolderFile[] = []
  const waiting = [folder]
  for (let inside = waiting.pop(); inside !== undefined && files.length < mostFiles; inside = waiting.pop()) {
    const here = inside
    const entries = await readdir(here, { withFileTypes: true }).catch(() => [])
    for (const entry of entries) {
      const path = join(here, entry.name)
      if (entry.isDirectory()) waiting.push(path)
      // Another process may be quicker.
      const found = entry.isFile() ? await lstat(path).catch(() => null) : null
      if (found !== null) files.push({ path, bytes: found.size })
    }
  }
  return files
}
