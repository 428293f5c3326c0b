import { readdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'

export interface WalkOptions {
  signal?: AbortSignal | undefined
  maxDepth?: number
  /** Entries looked at in all; a walk that gets there ends, and says so. */
  maxEntries?: number
}

export interface WalkState {
  entries: number
  /** True when something was left out for its depth or number. */
  cutShort: boolean
}

const skipped = new Set(['$recycle.bin', 'system volume information', 'node_modules', '.git', '.trash'])

/**
 * The files below `folders`, each folder's by name, parents first. Links are not followed, folders that cannot be
 * read are passed over. `state` tells how far it came.
 */
export async function* walkFolders(
  folders: readonly string[],
  state: WalkState,
  { signal, maxDepth = 12, maxEntries = 500_000 }: WalkOptions = {},
): AsyncGenerator<string> {
  const queue = folders.map((path) => ({ path: resolve(path), depth: 0 }))
  const seen = new Set<string>()
  for (let folder = queue.shift(); folder; folder = queue.shift()) {
    signal?.throwIfAborted()
    if (seen.has(folder.path)) continue
    seen.add(folder.path)
    const entries = await readdir(folder.path, { withFileTypes: true }).catch(() => [])
    for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
      if (state.entries >= maxEntries) {
        state.cutShort = true
        return
      }
      state.entries += 1
      const path = join(folder.path, entry.name)
      if (entry.isFile()) yield path
      else if (entry.isDirectory() && !skipped.has(entry.name.toLowerCase())) {
        if (folder.depth < maxDepth) queue.push({ path, depth: folder.depth + 1 })
        else state.cutShort = true
      }
    }
  }
}
