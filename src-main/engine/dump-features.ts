import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { FeaturesDumpDocument } from '../../src-shared/contract/documents.ts'
import type { JobSpec } from '../../src-shared/contract/job.ts'
import type { Recording } from '../../src-shared/contract/recording.ts'
import { checkSource } from '../adapters/ffmpeg/check-source.ts'
import { probe } from '../adapters/ffmpeg/probe.ts'
import { createFeaturesFile } from '../adapters/features/write-features.ts'
import { assertSourceUnchanged } from '../jobs/source-unchanged.ts'
import { connectImport } from './connect-import.ts'
import type { ConnectStagesOptions } from './connect-stages.ts'
import { measuredName, prepareDumpFolder } from './dump-folder.ts'
import { connectMeasure, openInput } from './measure.ts'
import { writeDump } from './write-dump.ts'

export interface DumpRequest {
  readonly path: string
  readonly folder: string
  readonly device: JobSpec['device']
  /** The program's version. */
  readonly program: string
  readonly signal: AbortSignal
  /** 0 to 1. */
  readonly onProgress: (fraction: number) => void
}

/**
 * Measures a recording and writes what a highlights model would be fed, for those who train one. No job and nothing
 * kept: the library is the same before and after.
 */
export async function dumpFeatures(
  options: ConnectStagesOptions,
  { path, folder, device, program, signal, onProgress }: DumpRequest,
): Promise<FeaturesDumpDocument> {
  const { library, owner, platform, files } = options
  const source = (of: Pick<Recording, 'path'>) => checkSource(of.path, { platform })
  const tempFiles = {
    record: (file: string) => library.tempFiles.record(file, owner, null),
    remove: (file: string) => library.tempFiles.remove(file),
  }
  const recording = await connectImport(options)(path, { signal })
  const media = await probe(await options.runner(), await source(recording), { signal })
  const undo = await prepareDumpFolder(folder)
  const measured = join(folder, measuredName)
  try {
    const createFeatures = () => createFeaturesFile({ folder, name: measuredName, tempFiles })
    await connectMeasure({ ...options, source })({ recording, media }, { signal, onProgress, device, createFeatures })
    await assertSourceUnchanged(recording, files.stat)
    const input = await openInput(measured)
    try {
      const roles = media.audio.map(({ role }) => role)
      return await writeDump({ ...input, roles }, folder, { program, tempFiles, signal })
    } finally {
      await input.close()
    }
  } finally {
    await rm(measured, { force: true })
    await undo()
  }
}
