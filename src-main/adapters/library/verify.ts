import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { databaseProblems } from './check-database.ts'
import type { Connection } from './connect.ts'
import type { DataFolder } from './data-folder.ts'
import type { FeatureFiles } from './features.ts'
import { stateOfFound, type Recordings } from './recordings.ts'
import { allRecordings, type RecordingFiles } from './relink.ts'
import { mtimeToleranceMs, type Renders } from './renders.ts'

export type Problem =
  | { kind: 'database'; detail: string }
  | { kind: 'search'; detail: string }
  | { kind: 'recording-missing' | 'recording-changed'; recordingId: number; path: string }
  | { kind: 'render-missing' | 'render-changed'; path: string }
  | { kind: 'features-missing' | 'features-orphaned'; path: string }

export interface VerifyResult {
  readonly problems: Problem[]
  /** How many of them were put right. */
  readonly fixed: number
  readonly checked: { recordings: number; renders: number; features: number }
}

export interface VerifyOptions {
  /**
   * Marks missing recordings, forgets files that are gone or no longer ours, removes features that nothing refers to
   * and fills a damaged search index anew. Never touches a recording or a clip's file.
   */
  fix?: boolean
  signal?: AbortSignal | undefined
  onProgress?: (what: string) => void
  now?: () => number
}

interface VerifyTarget {
  connection: Connection
  folder: DataFolder
  recordings: Recordings
  renders: Renders
  features: FeatureFiles
}

/** A file this young may belong to an analysis that has not written its row yet. */
const youngMs = 3_600_000

/** Checks the database, and that the files it speaks of are there and are what they were. */
export async function verifyLibrary(
  library: VerifyTarget,
  files: Pick<RecordingFiles, 'stat'>,
  { fix = false, signal, onProgress, now = Date.now }: VerifyOptions = {},
): Promise<VerifyResult> {
  const { connection, folder, recordings, renders, features } = library
  const problems: Problem[] = []
  let fixed = 0
  const report = (problem: Problem, repair?: () => void): void => {
    problems.push(problem)
    if (!fix || !repair) return
    repair()
    fixed += 1
  }

  onProgress?.('database')
  for (const detail of databaseProblems(connection.raw)) report({ kind: 'database', detail })
  for (const detail of searchProblems(connection)) report({ kind: 'search', detail }, () => refillSearch(connection))

  onProgress?.('recordings')
  const all = [...allRecordings(recordings)]
  for (const { id, path, size, state, fingerprint } of all) {
    signal?.throwIfAborted()
    const found = await files.stat(path).catch(() => undefined)
    if (!found) {
      report({ kind: 'recording-missing', recordingId: id, path }, () => recordings.setState(fingerprint, 'missing'))
    } else if (found.size !== size) report({ kind: 'recording-changed', recordingId: id, path })
    else if (state === 'missing' && fix) recordings.setState(fingerprint, stateOfFound(connection, id))
  }

  onProgress?.('clips')
  const made = renders.all()
  for (const { path, size, mtimeMs } of made) {
    signal?.throwIfAborted()
    const found = await stat(path).catch(() => undefined)
    if (!found) report({ kind: 'render-missing', path }, () => renders.forget(path))
    else if (found.size !== size || Math.abs(found.mtimeMs - mtimeMs) > mtimeToleranceMs) {
      report({ kind: 'render-changed', path }, () => renders.forget(path))
    }
  }

  onProgress?.('features')
  const rows = features.list()
  const names = new Set(rows.map(({ file }) => file))
  for (const { fingerprint, version, file } of rows) {
    const path = join(folder.features, file)
    if (!(await stat(path).catch(() => undefined))) {
      report({ kind: 'features-missing', path }, () => features.remove(fingerprint, version))
    }
  }
  for (const entry of await readdir(folder.features, { withFileTypes: true }).catch(() => [])) {
    signal?.throwIfAborted()
    const path = join(folder.features, entry.name)
    if (!entry.isFile() || names.has(entry.name)) continue
    const found = await stat(path).catch(() => undefined)
    if (!found || now() - found.mtimeMs < youngMs) continue
    if (fix) await rm(path, { force: true })
    report({ kind: 'features-orphaned', path }, () => undefined)
  }
  return { problems, fixed, checked: { recordings: all.length, renders: made.length, features: rows.length } }
}

/** Whether every recording, clip and line is in the index, and nothing else. */
function searchProblems({ raw }: Connection): string[] {
  const counts = raw
    .prepare<[], { entries: number; indexed: number; lines: number; indexedLines: number }>(
      `SELECT (SELECT count(*) FROM recordings) + (SELECT count(*) FROM clips) AS entries,
        (SELECT count(*) FROM search_docsize) AS indexed,
        (SELECT count(*) FROM transcripts) AS lines,
        (SELECT count(*) FROM transcript_search_docsize) AS indexedLines`,
    )
    .get()
  if (!counts || (counts.entries === counts.indexed && counts.lines === counts.indexedLines)) return []
  return [
    `${counts.indexed} of ${counts.entries} titles and ${counts.indexedLines} of ${counts.lines} spoken lines are in the search index`,
  ]
}

export function refillSearch({ raw }: Connection): void {
  raw
    .transaction(() => {
      raw.exec(`
        INSERT INTO search (search) VALUES ('delete-all');
        INSERT INTO transcript_search (transcript_search) VALUES ('delete-all');
        INSERT INTO search (rowid, title, tags, game, reasons)
          SELECT entry, search_text(title), search_text(tags), search_text(game), '' FROM search_recordings;
        INSERT INTO search (rowid, title, tags, game, reasons)
          SELECT entry, search_text(title), search_text(tags), search_text(game), search_text(reasons) FROM search_clips;
        INSERT INTO transcript_search (rowid, text) SELECT id, search_text(text) FROM transcripts;`)
    })
    .immediate()
}
