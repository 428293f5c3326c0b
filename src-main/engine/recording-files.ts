import type { Recording } from '../../src-shared/contract/recording.ts'
import { checkSource } from '../adapters/ffmpeg/check-source.ts'
import { fingerprint, statRecording, type RecordingStat } from '../adapters/files/fingerprint.ts'

export interface RecordingFiles {
  /** Size and time of a recording as a whole. */
  stat(path: string): Promise<RecordingStat>
  fingerprint(path: string, options?: { signal?: AbortSignal | undefined }): Promise<Recording>
}

/**
 * A recording's files: usually one. Of DASH, the manifest and exactly the segments that it names: other files in the
 * folder (such as clips that we put there) are not part of the recording.
 */
export function recordingFiles(platform: NodeJS.Platform = process.platform): RecordingFiles {
  const segmentsOf = async (path: string): Promise<string[]> =>
    (await checkSource(path, { platform })).segments.map((segment) => segment.path)
  return {
    stat: async (path) => statRecording(path, { segments: await segmentsOf(path) }),
    fingerprint: async (path, { signal } = {}) => fingerprint(path, { segments: await segmentsOf(path), signal }),
  }
}
