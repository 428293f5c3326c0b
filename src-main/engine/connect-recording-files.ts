import type { EngineNews } from '../../src-shared/contract/events.ts'
import { ClutchcutError } from '../../src-shared/contract/errors.ts'
import type { DesktopServices } from '../../src-shared/contract/host-services.ts'
import type { Library } from '../adapters/library/open-library.ts'
import type { ApiDeps } from '../api/deps.ts'
import { assertSourceUnchanged } from '../jobs/source-unchanged.ts'
import { eachOf } from './connect-exports.ts'
import { cannot } from './desktop.ts'
import { recordingOf } from './open-recording.ts'
import type { RecordingFiles } from './recording-files.ts'

export interface ConnectRecordingFilesOptions {
  library: Library
  files: RecordingFiles
  desktop: DesktopServices
  emit: (news: EngineNews) => void
}

/** What becomes of recordings and their files when a person says so. */
export function connectRecordingFiles(options: ConnectRecordingFilesOptions): ApiDeps['recordingFiles'] {
  const { library, files, desktop, emit } = options

  /** A job would go on writing about what is gone. */
  function assertIdle(fingerprint: string): void {
    const busy = library.jobs.list({ states: ['running'] }).find(({ recording }) => recording === fingerprint)
    if (busy === undefined) return
    throw new ClutchcutError('job/wrong-state', `Job ${busy.id} works on this recording. Cancel it first.`, {
      data: { id: busy.id },
    })
  }

  return {
    remove: ({ ids }) =>
      eachOf(ids, (id) => {
        assertIdle(recordingOf(library, id).fingerprint)
        library.recordings.remove([id])
        emit({ kind: 'library-changed' })
      }),

    trash: ({ ids }) =>
      eachOf(ids, async (id) => {
        const recording = recordingOf(library, id)
        assertIdle(recording.fingerprint)
        if (recording.media?.container === 'dash') {
          throw new ClutchcutError(
            'usage',
            'This recording consists of many files. Put its folder into the bin yourself.',
          )
        }
        await assertSourceUnchanged(recording, files.stat)
        await (desktop.trash ?? cannot('The recycle bin'))(recording.path)
        library.recordings.setState(recording.fingerprint, 'missing')
        emit({ kind: 'recording-changed', recordingId: id })
      }),

    async relink({ id, path }, signal) {
      const recording = recordingOf(library, id)
      const found = await files.fingerprint(path, { signal })
      if (found.fingerprint !== recording.fingerprint) {
        throw new ClutchcutError('input/changed', `${path} is another recording than “${recording.title}”.`, {
          data: { path },
        })
      }
      const saved = library.recordings.save(found, Date.now())
      emit({ kind: 'recording-changed', recordingId: id })
      return saved
    },

    async reveal({ id }) {
      await (desktop.revealInFolder ?? cannot('The file manager'))(recordingOf(library, id).path)
      return {}
    },
  }
}
