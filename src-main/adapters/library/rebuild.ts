import { readFile, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { sidecarSchema, type Sidecar } from '../../../src-shared/contract/sidecar.ts'
import { sidecarEnding } from '../../../src-shared/domain/sidecar.ts'
import type { ClipEditLogs } from './clip-edits.ts'
import type { Clips } from './clips.ts'
import { write, type Connection } from './connect.ts'
import type { Recordings } from './recordings.ts'
import type { RecordingFiles } from './relink.ts'
import type { Renders } from './renders.ts'
import { walkFolders, type WalkOptions, type WalkState } from './walk-folders.ts'

export interface RebuildResult {
  readonly sidecars: number
  readonly recordings: number
  readonly clips: number
  readonly renders: number
  /** Recordings whose file is not where it was: relink finds them. */
  readonly missing: number
  readonly skipped: { path: string; reason: string }[]
  readonly cutShort: boolean
}

export interface RebuildOptions extends WalkOptions {
  onProgress?: (progress: { filesSeen: number; sidecars: number; path: string }) => void
  now?: () => number
}

interface RebuildTarget {
  connection: Connection
  recordings: Recordings
  clips: Clips
  clipEdits: ClipEditLogs
  renders: Renders
}

const maxSidecarBytes = 1024 * 1024

/**
 * Fills a library from the documents that lie beside exported clips. What the library knows already stays as it is,
 * so this may be repeated, and used on a library that is only missing some.
 */
export async function rebuildLibrary(
  library: RebuildTarget,
  folders: readonly string[],
  files: Pick<RecordingFiles, 'stat'>,
  options: RebuildOptions = {},
): Promise<RebuildResult> {
  const { onProgress, now = Date.now, signal } = options
  const state: WalkState = { entries: 0, cutShort: false }
  const skipped: RebuildResult['skipped'] = []
  const added = new Set<number>()
  const counts = { sidecars: 0, recordings: 0, clips: 0, renders: 0, missing: 0 }
  for await (const path of walkFolders(folders, state, options)) {
    onProgress?.({ filesSeen: state.entries, sidecars: counts.sidecars, path })
    if (!path.endsWith(sidecarEnding)) continue
    signal?.throwIfAborted()
    const sidecar = await readSidecar(path)
    if (typeof sidecar === 'string') {
      skipped.push({ path, reason: sidecar })
      continue
    }
    counts.sidecars += 1
    const source = await files.stat(sidecar.recording.path).catch(() => undefined)
    const renderPath = join(dirname(path), sidecar.render.file)
    const file = await stat(renderPath).catch(() => undefined)
    write(library.connection, () => {
      if (!library.recordings.byFingerprint(sidecar.recording.fingerprint)) {
        const there = source?.size === sidecar.recording.size
        addRecording(library, sidecar, there, now())
        counts.recordings += 1
        if (!there) counts.missing += 1
      }
      const before = library.clips.idOfSpan(sidecar.recording.fingerprint, sidecar.clip)
      const clipId = before ?? addClip(library, sidecar, now())
      if (before === undefined) {
        counts.clips += 1
        added.add(clipId)
      }
      // An earlier file of the clip may lie there, too, from before it was edited.
      const { edits } = sidecar.clip
      if (edits !== undefined && added.has(clipId)) library.clipEdits.restore(clipId, edits, now())
      // A file that was changed since is not ours any more.
      if (file?.size === sidecar.render.size && !library.renders.byPath(renderPath)) {
        library.renders.save(clipId, { ...sidecar.render, path: renderPath, mtimeMs: file.mtimeMs }, now())
        counts.renders += 1
      }
    })
  }
  return { ...counts, skipped, cutShort: state.cutShort }
}

async function readSidecar(path: string): Promise<Sidecar | string> {
  try {
    if ((await stat(path)).size > maxSidecarBytes) return 'too large to be one of ours'
    const result = sidecarSchema.safeParse(JSON.parse(await readFile(path, 'utf8')))
    return result.success ? result.data : `not as we write them: ${result.error.issues[0]?.message ?? 'unknown'}`
  } catch (thrown) {
    return thrown instanceof SyntaxError ? 'not JSON' : `cannot be read: ${String(thrown)}`
  }
}

function addRecording({ recordings }: RebuildTarget, { recording }: Sidecar, there: boolean, now: number): void {
  const { title, game, recordedAt, durationSeconds, fingerprint } = recording
  recordings.save(recording, now, { title, game, ...(recordedAt !== null && { recordedAt }) })
  if (durationSeconds !== null) recordings.setDuration(fingerprint, durationSeconds)
  if (!there) recordings.setState(fingerprint, 'missing')
}

function addClip({ clips }: RebuildTarget, { recording, clip }: Sidecar, now: number): number {
  const { edits: _edits, ...found } = clip
  return clips.add({ ...found, recording: recording.fingerprint }, now).id
}
