import type { Recording } from '../../src-shared/contract/recording.ts'
import { toClutchcutError } from '../../src-shared/contract/errors.ts'
import { checkSource } from '../adapters/ffmpeg/check-source.ts'
import { fingerprint, statRecording, type RecordingStat } from '../adapters/files/fingerprint.ts'

export interface RecordingFiles {
  /** Size and time of a recording as a whole. */
  stat(path: string): Promise<RecordingStat>
  /** The same; null where it is not there any more. */
  statIfThere(path: string): Promise<RecordingStat | null>
  fingerprint(path: string, options?: { signal?: AbortSignal | undefined }): Promise<Recording>
}

/**
 * A recording's files: usually one. Of DASH, the manifest and exactly the segments that it names: other files in the
 * folder (such as clips that we put there) are not part of the recording.
 */
export function recordingFiles(platform: NodeJS.Platform = process.platform): RecordingFiles {
  const segmentsOf = async (path: string): Promise<string[]> =>
    (await checkSource(path, { platform })).segments.map((segment) => segment.path)
  const stat = async (path: string): Promise<RecordingStat> => statRecording(path, { segments: await segmentsOf(path) })
  return {
    stat,
    statIfThere: (path) =>
      stat(path).catch((error: unknown) => {
        if (toClutchcutError(error).code === 'input/not-found') return null
        throw error
      }),
    fingerprint: async (path, { signal } = {}) => fingerprint(path, { segments: await segmentsOf(path), signal }),
  }
}
