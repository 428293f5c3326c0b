import type { EngineEvent } from '../../src-shared/contract/events.ts'
import type { Library } from '../adapters/library/open-library.ts'
import type { ApiDeps } from '../api/deps.ts'
import { layoutsOf, type LayoutFinder } from './connect-layout.ts'
import type { EventStream } from './event-stream.ts'

interface Requests {
  request(id: number, change: 'pause' | 'resume' | 'cancel' | 'retry'): ReturnType<ApiDeps['jobs']['request']>
  wake(): void
}

/** What the handlers of the contract (and the command line) read and change. */
export function connectApi(
  library: Library,
  queue: Requests,
  events: EventStream<EngineEvent>,
  learning: ApiDeps['learning'],
  layouts: LayoutFinder,
  stills: ApiDeps['stills'],
): ApiDeps {
  const clipsChanged = (fingerprint: string): void => {
    const recording = library.recordings.byFingerprint(fingerprint)
    if (recording !== undefined) events.emit({ kind: 'clips-changed', recordingId: recording.id })
  }
  return {
    recordings: {
      list: (query) => library.recordings.list(query),
      get: (id) => library.recordings.get(id),
      segments: (id) => library.segments.list(id),
      rename(id, change) {
        const recording = library.recordings.rename(id, change)
        if (recording !== undefined) events.emit({ kind: 'recording-changed', recordingId: id })
        return recording
      },
      search: (text, page) => library.search.find(text, page),
    },
    clips: {
      list: (query) => library.clips.list(query),
      update(id, change) {
        const clip = library.clips.update(id, change)
        if (clip !== undefined) clipsChanged(clip.recording)
        return clip
      },
    },
    jobs: {
      list: ({ states, limit }) =>
        library.jobs.list({ ...(limit !== undefined && { limit }), ...(states !== undefined && { states }) }),
      get: (id) => library.jobs.get(id),
      add(spec, priority) {
        const job = library.jobs.enqueue(spec, Date.now(), { priority })
        events.emit({ kind: 'job-changed', job })
        queue.wake()
        return job
      },
      request: (id, change) => queue.request(id, change),
      setPriority(id, priority) {
        const job = library.jobs.setPriority(id, priority, Date.now())
        events.emit({ kind: 'job-changed', job })
        return job
      },
    },
    learning: {
      report: () => learning.report(),
      reset() {
        const report = learning.reset()
        events.emit({ kind: 'settings-changed' })
        return report
      },
    },
    settings: {
      get: () => library.settings.get(),
      change(change) {
        const settings = library.settings.change(change)
        events.emit({ kind: 'settings-changed' })
        return settings
      },
    },
    layouts: layoutsOf(library, layouts, () => events.emit({ kind: 'settings-changed' })),
    stills,
    events: (signal) => events.listen(signal),
  }
}
