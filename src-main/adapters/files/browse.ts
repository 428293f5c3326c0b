import { opendir, realpath, stat } from 'node:fs/promises'
import path from 'node:path'
import { ClutchcutError } from '../../../src-shared/contract/errors.ts'
import type { BrowseAnswer, BrowseEntry, BrowseRequest } from '../../../src-shared/contract/files.ts'
import { fileKindOf } from '../../../src-shared/domain/file-kind.ts'
import { isInside } from './browse-roots.ts'
import { codeOf } from './output-error.ts'

export interface BrowseOptions {
  /** Nothing outside of them is shown, whatever links say. Those that are not there are passed over. */
  readonly roots: readonly string[]
  readonly platform: NodeJS.Platform
  readonly signal?: AbortSignal | undefined
}

const MOST_ENTRIES = 5000
/** Names looked at in one folder: one that is full of other things must not be read for minutes. */
const MOST_NAMES = 100_000
const AT_ONCE = 32

/**
 * One folder's folders and files of the wanted kind, or the roots.
 * @throws ClutchcutError `input/refused` outside of the roots, `input/not-found`, `input/not-readable`.
 */
export async function browse({ folder, files }: BrowseRequest, options: BrowseOptions): Promise<BrowseAnswer> {
  const roots = await realRoots(options.roots)
  if (folder === null) {
    const entries = roots.map(({ name, real }) => ({
      kind: 'folder' as const,
      name,
      path: real,
      size: null,
      modifiedAt: null,
    }))
    return { folder: null, parent: null, entries, cutShort: false }
  }
  const { platform, signal } = options
  const allowed = (real: string): boolean => roots.some((root) => isInside(real, root.real, platform))
  // What is outside is refused in the same way whether it is there or not.
  const real = path.isAbsolute(folder) ? await realpath(folder).catch(() => path.resolve(folder)) : null
  if (real === null || !allowed(real)) {
    throw new ClutchcutError(
      'input/refused',
      'This folder is not one of those that may be looked at. Start with: clutchcut serve --allow FOLDER',
      { data: { path: folder } },
    )
  }
  const found: BrowseEntry[] = []
  let cutShort = false
  for await (const names of namesIn(real, signal)) {
    const entries = await Promise.all(names.map((name) => entryOf(real, name, files, allowed)))
    for (const entry of entries) if (entry !== null && found.length < MOST_ENTRIES) found.push(entry)
    cutShort = found.length >= MOST_ENTRIES
    if (cutShort) break
  }
  const parent = path.dirname(real)
  const isRoot = roots.some((root) => root.real === real)
  return {
    folder: real,
    parent: isRoot || !allowed(parent) || parent === real ? null : parent,
    entries: found.toSorted(byKindAndName),
    cutShort,
  }
}

async function realRoots(roots: readonly string[]): Promise<{ name: string; real: string }[]> {
  const found = await Promise.all(
    roots.map(async (root) => {
      const real = await realpath(root).catch(() => null)
      const isFolder = real !== null && (await stat(real).catch(() => null))?.isDirectory() === true
      return isFolder ? [{ name: path.basename(root) || root, real }] : []
    }),
  )
  const seen = new Set<string>()
  return found.flat().filter(({ real }) => !seen.has(real) && seen.add(real))
}

/** Some at a time, hidden ones left out. */
async function* namesIn(folder: string, signal: AbortSignal | undefined): AsyncGenerator<string[]> {
  const directory = await opendir(folder).catch((error: unknown) => {
    throw fromSystemError(error, folder)
  })
  let [names, looked]: [string[], number] = [[], 0]
  for await (const { name } of directory) {
    signal?.throwIfAborted()
    looked += 1
    if (looked > MOST_NAMES) break
    if (name.startsWith('.') || name.startsWith('$') || name === 'System Volume Information') continue
    names.push(name)
    if (names.length < AT_ONCE) continue
    yield names
    names = []
  }
  yield names
}

/** null for what is not shown: other files, links that lead out or nowhere. */
async function entryOf(
  folder: string,
  name: string,
  files: BrowseRequest['files'],
  allowed: (real: string) => boolean,
): Promise<BrowseEntry | null> {
  const joined = path.join(folder, name)
  const real = await realpath(joined).catch(() => null)
  if (real === null || !allowed(real)) return null
  const info = await stat(real).catch(() => null)
  if (info === null) return null
  const modifiedAt = new Date(info.mtimeMs).toISOString()
  if (info.isDirectory()) return { kind: 'folder', name, path: real, size: null, modifiedAt }
  if (!info.isFile() || files === 'none' || fileKindOf(name) !== files) return null
  return { kind: 'file', name, path: real, size: info.size, modifiedAt }
}

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

function byKindAndName(a: BrowseEntry, b: BrowseEntry): number {
  return a.kind === b.kind ? collator.compare(a.name, b.name) : a.kind === 'folder' ? -1 : 1
}

function fromSystemError(error: unknown, folder: string): ClutchcutError {
  const options = { cause: error, data: { path: folder } }
  const code = codeOf(error)
  if (code === 'ENOENT') return new ClutchcutError('input/not-found', `There is no folder ${folder} any more.`, options)
  if (code === 'ENOTDIR') return new ClutchcutError('input/not-a-file', `${folder} is no folder.`, options)
  return new ClutchcutError('input/not-readable', `The folder ${folder} may not be read.`, options)
}
