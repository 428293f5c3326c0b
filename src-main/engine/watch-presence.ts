import type { EngineNews } from '../../src-shared/contract/events.ts'
import type { RecordingSummary } from '../../src-shared/contract/recording.ts'
import type { Library } from '../adapters/library/open-library.ts'

export interface PresenceDeps {
  library: Pick<Library, 'recordings'>
  /** Rejects where there is nothing to read. */
  stat: (path: string) => Promise<{ size: number; mtimeMs: number }>
  emit: (news: EngineNews) => void
  /** Whether anybody wants to know. */
  isHeard: () => boolean
  now?: () => number
}

/** A drive that is asleep must not be asked for every picture of a list that scrolls. */
const againAfterMs = 60_000
const mostRemembered = 10_000

/**
 * Notices that files of recordings which somebody looks at are gone, or back, and tells it. The list need not wait for
 * a drive: it is answered as the library knows it, and corrected by an event.
 */
export function watchPresence({ library, stat, emit, isHeard, now = Date.now }: PresenceDeps): {
  shown(recordings: readonly RecordingSummary[]): void
  /** Resolves when nothing is looked at any more. */
  close(): Promise<void>
} {
  const lookedAt = new Map<number, number>()
  let closed = false
  let looking: Promise<void> = Promise.resolve()

  async function look({ id, path, size, state, fingerprint }: RecordingSummary): Promise<void> {
    const found = await stat(path).catch((thrown: unknown) => (isGone(thrown) ? null : undefined))
    if (closed || found === undefined) return
    if (found === null && state !== 'missing') library.recordings.setState(fingerprint, 'missing')
    else if (found?.size === size && state === 'missing') {
      library.recordings.save({ fingerprint, path, size, mtimeMs: found.mtimeMs }, now())
    } else return
    emit({ kind: 'recording-changed', recordingId: id })
  }

  return {
    shown(recordings) {
      if (!isHeard() || closed) return
      const due = recordings.filter(({ id }) => now() - (lookedAt.get(id) ?? Number.NEGATIVE_INFINITY) > againAfterMs)
      for (const { id } of due) lookedAt.set(id, now())
      if (lookedAt.size > mostRemembered) lookedAt.clear()
      // One after the other: the next page waits for a slow drive, the list itself does not.
      looking = looking.then(async () => {
        for (const recording of due) {
          if (closed) return
          await look(recording).catch(() => {})
        }
      })
    },
    async close() {
      closed = true
      await looking
    },
  }
}

/** Gone for good, as far as the system knows; a drive that does not answer says something else. */
function isGone(thrown: unknown): boolean {
  const { code } = (thrown ?? {}) as { code?: unknown }
  return code === 'ENOENT' || code === 'ENOTDIR' || code === 'input/not-found'
}
