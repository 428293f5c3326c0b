import { join, resolve } from 'node:path'
import { ClutchcutError } from '../../src-shared/contract/errors.ts'
import { backUpLibrary } from '../adapters/library/backup.ts'
import { rebuildLibrary as rebuild } from '../adapters/library/rebuild.ts'
import { relinkRecordings } from '../adapters/library/relink.ts'
import { anotherProgram } from '../adapters/library/library-error.ts'
import { restoreLibrary as restore, setDamagedAside } from '../adapters/library/restore.ts'
import { verifyLibrary as verify, type Problem } from '../adapters/library/verify.ts'
import { recordingFiles } from '../engine/recording-files.ts'
import { printJson, printText } from './print.ts'
import type { CommonOptions, ProgramContext } from './program.ts'
import { formatTable } from './table.ts'
import { dataFolderOf, withEngine } from './with-engine.ts'

const files = recordingFiles()

export async function backupLibrary(
  file: string | undefined,
  options: CommonOptions,
  { signal }: ProgramContext,
): Promise<void> {
  await withEngine(options, async ({ library }) => {
    const stamp = new Date().toISOString().slice(0, 19).replaceAll(':', '-')
    const target = file ?? join(library.folder.backups, `library-${stamp}.db`)
    const { path, bytes } = await backUpLibrary(library.connection, target, { signal })
    if (options.json) printJson({ version: 1, path, bytes })
    else printText(`Backed up to ${path} (${(bytes / 1e6).toFixed(1)} MB).`)
  })
}

/** Without an engine: nothing else may have the library open. */
export async function restoreLibrary(file: string, options: CommonOptions): Promise<void> {
  const { kept, wasDamaged } = await restore(dataFolderOf(options), resolve(file))
  if (options.json) return printJson({ version: 1, restored: resolve(file), kept, wasDamaged })
  printText(`Restored from ${resolve(file)}.`)
  if (kept !== null) printText(`What was there before is kept at ${kept}.`)
}

/** Ends with 1 while problems are left. */
export async function verifyLibrary(
  options: CommonOptions & { fix?: boolean },
  { signal }: ProgramContext,
): Promise<void> {
  await withEngine(options, async ({ library }) => {
    const result = await verify(library, files, { fix: options.fix === true, signal })
    const { problems, fixed, checked } = result
    if (problems.length > fixed) process.exitCode = 1
    if (options.json) return printJson({ version: 1, ...result })
    for (const problem of problems) printText(`- ${describe(problem)}`)
    const seen = `${checked.recordings} recordings, ${checked.renders} clip files and ${checked.features} feature files checked`
    if (problems.length === 0) printText(`All is well: ${seen}.`)
    else
      printText(
        `${problems.length} problems, ${fixed} mended; ${seen}.${fixed < problems.length && options.fix !== true ? ' --fix mends what can be mended without loss.' : ''}`,
      )
  })
}

export async function relinkLibrary(
  folders: string[],
  options: CommonOptions,
  { signal }: ProgramContext,
): Promise<void> {
  await withEngine(options, async ({ library }) => {
    const result = await relinkRecordings(
      library,
      folders.map((folder) => resolve(folder)),
      files,
      { signal },
    )
    if (options.json) return printJson({ version: 1, ...result })
    if (result.found.length > 0) {
      printText(
        formatTable(
          ['Recording', 'Was', 'Is'],
          result.found.map(({ id, from, to }) => [String(id), from, to]),
        ),
      )
    }
    printText(
      `${result.found.length} found again, ${result.stillMissing.length} still missing; ${result.filesSeen} files seen.`,
    )
    if (result.cutShort)
      printText('There were more files than one search looks at: name folders nearer to the recordings.')
  })
}

export async function rebuildLibrary(
  folders: string[],
  options: CommonOptions,
  { signal }: ProgramContext,
): Promise<void> {
  const kept = await makeRoomIfDamaged(options)
  if (kept !== null && options.json !== true) printText(`The damaged library is kept at ${kept}.`)
  await withEngine(options, async ({ library }) => {
    const result = await rebuild(
      library,
      folders.map((folder) => resolve(folder)),
      files,
      { signal },
    )
    if (options.json) return printJson({ version: 1, ...result, kept })
    printText(
      `${result.recordings} recordings, ${result.clips} clips and ${result.renders} files from ${result.sidecars} notes.`,
    )
    for (const { path, reason } of result.skipped) printText(`- left out ${path}: ${reason}`)
    if (result.missing > 0)
      printText(`${result.missing} recordings are no longer where they were: "clutchcut library relink" finds them.`)
  })
}

/** A library too damaged to open is set aside, so that a new one can be made; returns where it lies now. */
async function makeRoomIfDamaged(options: CommonOptions): Promise<string | null> {
  try {
    await withEngine(options, () => undefined)
    return null
  } catch (thrown) {
    if (!(thrown instanceof ClutchcutError) || thrown.code !== 'library/corrupt') throw thrown
    if (thrown.data['detail'] === anotherProgram) throw thrown
    return setDamagedAside(dataFolderOf(options), Date.now())
  }
}

function describe(problem: Problem): string {
  switch (problem.kind) {
    case 'database':
      return `the database is damaged: ${problem.detail}. "clutchcut library restore" puts back a backup.`
    case 'search':
      return `the search index is damaged: ${problem.detail}`
    case 'recording-missing':
      return `recording ${problem.recordingId} is not at ${problem.path}`
    case 'recording-changed':
      return `recording ${problem.recordingId} is another file now: ${problem.path}`
    case 'render-missing':
      return `the clip ${problem.path} is gone`
    case 'render-changed':
      return `the clip ${problem.path} was changed by another program`
    case 'features-missing':
      return `kept features are gone: ${problem.path} (the recording is analysed anew when needed)`
    case 'features-orphaned':
      return `features that nothing refers to: ${problem.path}`
  }
}
