import { extname } from 'node:path'
import type { Recording, RecordingSummary } from '../../../src-shared/contract/recording.ts'
import type { Recordings } from './recordings.ts'
import { walkFolders, type WalkOptions, type WalkState } from './walk-folders.ts'

/** How recordings are looked at; see `adapters/files/fingerprint.ts`. */
export interface RecordingFiles {
  /** Size and time; throws where there is nothing to read. */
  stat(path: string): Promise<{ size: number; mtimeMs: number }>
  fingerprint(path: string, options: { signal?: AbortSignal | undefined }): Promise<Recording>
}

export interface RelinkOptions extends WalkOptions {
  onProgress?: (progress: { filesSeen: number; found: number; missing: number; path: string }) => void
  now?: () => number
}

export interface RelinkResult {
  readonly found: { id: number; from: string; to: string }[]
  readonly stillMissing: { id: number; path: string }[]
  readonly filesSeen: number
  /** True when the search ended before it had seen everything. */
  readonly cutShort: boolean
}

/**
 * Looks in `folders` for recordings that no longer lie where they were. Of what it sees it asks the size first, and
 * reads only files of a size that is missed; found is what has the same fingerprint, whatever it is called now.
 */
export async function relinkRecordings(
  { recordings }: { recordings: Recordings },
  folders: readonly string[],
  files: RecordingFiles,
  options: RelinkOptions = {},
): Promise<RelinkResult> {
  const { signal, onProgress, now = Date.now } = options
  const missing = await missingRecordings(recordings, files, signal)
  const bySize = Map.groupBy(missing.values(), ({ size }) => size)
  const endings = new Set([...missing.values()].map(({ path }) => extname(path).toLowerCase()))
  const found: RelinkResult['found'] = []
  const state: WalkState = { entries: 0, cutShort: false }
  if (missing.size > 0) {
    for await (const path of walkFolders(folders, state, options)) {
      onProgress?.({ filesSeen: state.entries, found: found.length, missing: missing.size, path })
      if (!endings.has(extname(path).toLowerCase())) continue
      const stat = await files.stat(path).catch(() => undefined)
      const candidates = stat && bySize.get(stat.size)?.filter(({ id }) => missing.has(id))
      if (!candidates?.length) continue
      const seen = await files.fingerprint(path, { signal }).catch((error: unknown) => {
        if (signal?.aborted) throw error
        return undefined
      })
      const match = candidates.find(({ fingerprint }) => fingerprint === seen?.fingerprint)
      if (!match || !seen) continue
      recordings.save(seen, now())
      found.push({ id: match.id, from: match.path, to: path })
      missing.delete(match.id)
      if (missing.size === 0) break
    }
  }
  const stillMissing = [...missing.values()].map(({ id, path }) => ({ id, path }))
  return { found, stillMissing, filesSeen: state.entries, cutShort: state.cutShort }
}

async function missingRecordings(
  recordings: Recordings,
  files: RecordingFiles,
  signal: AbortSignal | undefined,
): Promise<Map<number, RecordingSummary>> {
  const missing = new Map<number, RecordingSummary>()
  for (const recording of allRecordings(recordings)) {
    signal?.throwIfAborted()
    const stat = await files.stat(recording.path).catch(() => undefined)
    if (stat?.size !== recording.size) missing.set(recording.id, recording)
  }
  return missing
}

/** Every recording, oldest first, a page at a time. */
export function* allRecordings(recordings: Recordings): Generator<RecordingSummary> {
  for (let offset = 0; ; offset += 500) {
    const { items } = recordings.list({ order: 'oldest', limit: 500, offset })
    yield* items
    if (items.length < 500) return
  }
}
