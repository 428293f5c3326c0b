import { statSync } from 'node:fs'
import { ClutchcutError } from '../../../src-shared/contract/errors.ts'
import { createAnalyses } from './analyses.ts'
import { backUpAutomatically } from './automatic-backup.ts'
import { createClipEdits } from './clip-edits.ts'
import { createChanges } from './changes.ts'
import { createClips } from './clips.ts'
import { connect, useWriteAheadLog, type Connection } from './connect.ts'
import { dataFolder, makeDataFolder, networkFolderHint, type DataFolder } from './data-folder.ts'
import { createDeviceVerdicts } from './device-verdicts.ts'
import { createFacecams } from './facecams.ts'
import { createFeatureFiles } from './features.ts'
import { createJobStore } from './job-store.ts'
import { createLearning } from './learning.ts'
import { anotherProgram, corruptError, libraryError, withLibraryErrors } from './library-error.ts'
import {
  applicationId,
  migrate,
  newerError,
  readFileHeader,
  readMigrations,
  readVersion,
  type Migration,
} from './migrate.ts'
import { createModels } from './models.ts'
import { createProcesses } from './processes.ts'
import { createRecordings } from './recordings.ts'
import { createRenders } from './renders.ts'
import { createSearch } from './search.ts'
import { createSegments } from './segments.ts'
import { createSessions } from './sessions.ts'
import { createSettings } from './settings.ts'
import { createTempFiles } from './temp-files.ts'
import { createTranscripts } from './transcripts.ts'

export interface OpenOptions {
  platform?: NodeJS.Platform
  now?: () => number
  migrations?: readonly Migration[]
  busyTimeoutMs?: number
  /** For tests of query plans: every statement, with its values. */
  onStatement?: (sql: string) => void
}

export type Library = ReturnType<typeof openLibrary>

/**
 * Opens the library in `root`, or makes it there. An older one is brought up to date, after a backup of it. Several
 * processes may do this, and work with it, at the same time.
 *
 * Throws `library/newer` (untouched), `library/corrupt`, `library/busy`, `output/not-writable`, `output/disk-full`.
 */
export function openLibrary(root: string, options: OpenOptions = {}) {
  const { platform = process.platform, now = Date.now } = options
  const folder = dataFolder(root)
  makeDataFolder(folder)
  const connection = openDatabase(folder, options)
  const guarded = <T extends object>(repository: T): T => withLibraryErrors(repository, folder.database)
  const hint = networkFolderHint(folder.root, platform)

  return {
    folder,
    /** What the person should know about where the library lies. */
    warnings: hint === null ? [] : [hint],
    recordings: guarded(createRecordings(connection)),
    sessions: guarded(createSessions(connection)),
    segments: guarded(createSegments(connection)),
    analyses: guarded(createAnalyses(connection)),
    clips: guarded(createClips(connection)),
    clipEdits: guarded(createClipEdits(connection)),
    renders: guarded(createRenders(connection)),
    transcripts: guarded(createTranscripts(connection)),
    search: guarded(createSearch(connection)),
    settings: guarded(createSettings(connection)),
    jobs: guarded(createJobStore(connection)),
    processes: guarded(createProcesses(connection)),
    tempFiles: guarded(createTempFiles(connection)),
    features: guarded(createFeatureFiles(connection)),
    deviceVerdicts: guarded(createDeviceVerdicts(connection)),
    models: guarded(createModels(connection)),
    learning: guarded(createLearning(connection)),
    facecams: guarded(createFacecams(connection)),
    changes: guarded(createChanges(connection)),
    connection,
    /** Grows when another process has written: the sign to read again. */
    dataVersion: (): number => Number(connection.raw.pragma('data_version', { simple: true })),
    backUp: (reason: string): string => backUpAutomatically(connection.raw, folder.backups, reason, now()),
    close(): void {
      if (!connection.raw.open) return
      try {
        // Statistics for the query planner; looks only at what changed much.
        connection.raw.pragma('optimize')
      } catch {
        // Somebody else is writing: they will do it.
      }
      connection.raw.close()
    },
  }
}

function openDatabase(folder: DataFolder, options: OpenOptions): Connection {
  const { migrations = readMigrations(), now = Date.now, busyTimeoutMs = 5000, onStatement } = options
  const file = folder.database
  let connection: Connection | undefined
  try {
    refuseForeign(file, migrations.length, busyTimeoutMs)
    connection = connect(file, { busyTimeoutMs, ...(onStatement && { onStatement }) })
    const { raw } = connection
    const mode = useWriteAheadLog(raw, busyTimeoutMs)
    if (mode !== 'wal') throw noLogError(file, mode)
    const version = readVersion(raw)
    if (version > 0 && version < migrations.length) {
      backUpAutomatically(raw, folder.backups, `before-${String(migrations.length).padStart(4, '0')}`, now())
    }
    migrate(raw, migrations, file, now())
    return connection
  } catch (thrown) {
    connection?.raw.close()
    throw libraryError(thrown, file)
  }
}

function noLogError(file: string, mode: string): ClutchcutError {
  return new ClutchcutError(
    'output/not-writable',
    `The disk that holds the library cannot keep it safe for several programs at once (${file}); network drives are ` +
      'like that. Choose a folder on a disk of this computer with --data-dir.',
    { data: { file, mode } },
  )
}

/** Refuses what is not ours to write, before anything could be written. */
function refuseForeign(file: string, known: number, busyTimeoutMs: number): void {
  const header = readFileHeader(file)
  if (header === null) return
  if (header.version > known) throw newerError(file, header.version, known)
  // A version that only the log knows yet: looked up by a connection that may not write.
  if ((statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0) === 0) {
    if (header.version > 0 && header.applicationId !== applicationId) throw corruptError(file, anotherProgram)
    return
  }
  const { raw } = connect(file, { readonly: true, busyTimeoutMs })
  try {
    const version = readVersion(raw)
    if (version > known) throw newerError(file, version, known)
    if (version > 0 && Number(raw.pragma('application_id', { simple: true })) !== applicationId) {
      throw corruptError(file, anotherProgram)
    }
  } finally {
    raw.close()
  }
}
