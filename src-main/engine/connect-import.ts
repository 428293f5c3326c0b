import type { Recording } from '../../src-shared/contract/recording.ts'
import { checkSource } from '../adapters/ffmpeg/check-source.ts'
import { importRecording } from '../stages/import/import-recording.ts'
import type { ConnectStagesOptions } from './connect-stages.ts'

/** Makes a recording of a path, over the real files. */
export function connectImport({ files, platform }: Pick<ConnectStagesOptions, 'files' | 'platform'>) {
  return (path: string, { signal }: { signal: AbortSignal }): Promise<Recording> =>
    importRecording(
      {
        check: (file) => checkSource(file, { platform }),
        stat: files.stat,
        fingerprint: async (file) => (await files.fingerprint(file, { signal })).fingerprint,
      },
      path,
      { signal },
    )
}
