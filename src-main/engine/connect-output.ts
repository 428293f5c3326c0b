import { randomBytes } from 'node:crypto'
import type { ProcessIdentity } from '../../src-shared/contract/process.ts'
import {
  nameIsTaken,
  prepareFolder,
  publishFile,
  removeFile,
  statFile,
  syncFile,
  writeSynced,
} from '../adapters/files/publish-file.ts'
import type { Library } from '../adapters/library/open-library.ts'
import type { RenderDeps } from '../stages/render/deps.ts'
import { recordingFiles } from './recording-files.ts'

export interface ConnectOutputOptions {
  readonly library: Pick<Library, 'tempFiles'>
  readonly platform: NodeJS.Platform
  readonly owner: ProcessIdentity
}

/** How finished files get their names, and what is unfinished is remembered: for all that makes files for people. */
export function connectOutput({
  library,
  platform,
  owner,
}: ConnectOutputOptions): Pick<RenderDeps, 'files' | 'tempFiles' | 'randomName'> {
  return {
    files: {
      prepareFolder,
      stat: statFile,
      statRecording: recordingFiles(platform).statIfThere,
      nameIsTaken,
      sync: syncFile,
      publish: (temp, final) => publishFile(temp, final, { platform }),
      remove: (path) => removeFile(path, { platform }),
      writeSynced,
    },
    tempFiles: {
      record: (path, jobId) => library.tempFiles.record(path, owner, jobId),
      remove: (path) => library.tempFiles.remove(path),
    },
    randomName: () => randomBytes(6).toString('hex'),
  }
}
