import { ClutchcutError } from '../../src-shared/contract/errors.ts'
import type { Job, JobState } from '../../src-shared/contract/job.ts'
import { ownClip } from '../../src-shared/domain/clip.ts'
import type { Library } from '../adapters/library/open-library.ts'
import type { ApiDeps } from '../api/deps.ts'
import { connectClipEdits } from './connect-clip-edits.ts'
import { layoutsOf, type LayoutFinder } from './connect-layout.ts'
import type { EventStream } from './event-stream.ts'

/** Asked of at once; a queue is shorter. */
const mostJobs = 10_000

interface Requests {
  request(id: number, change: 'pause' | 'resume' | 'cancel' | 'retry'): ReturnType<ApiDeps['jobs']['request']>
  wake(): void
}

/** Areas that are connected on their own. */
export type FurtherAreas = Omit<
  ApiDeps,
  'recordings' | 'clips' | 'clipEdits' | 'jobs' | 'learning' | 'settings' | 'layouts' | 'stills' | 'events'
>

/** What the handlers of the contract (and the command line) read and change. */
export function connectApi(
  library: Library,
  queue: Requests,
  events: EventStream,
  learning: ApiDeps['learning'],
  layouts: LayoutFinder,
  stills: ApiDeps['stills'],
  areas: FurtherAreas,
  jobs: Pick<ApiDeps['jobs'], 'log'> & { tell(job: Job): Job },
): ApiDeps {
  const clipsChanged = (fingerprint: string): void => {
    const recording = library.recordings.byFingerprint(fingerprint)
    if (recording !== undefined) events.emit({ kind: 'clips-changed', recordingId: recording.id })
  }
  const requestAll = (states: JobState[], change: 'pause' | 'resume'): Job[] =>
    library.jobs.list({ states, limit: mostJobs }).map(({ id }) => jobs.tell(queue.request(id, change)))
  return {
    ...areas,
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
      games: () => library.recordings.games(),
    },
    clips: {
      list: (query) => library.clips.list(query),
      update(id, change) {
        const clip = library.clips.update(id, change)
        if (clip !== undefined) clipsChanged(clip.recording)
        return clip
      },
      get: (id) => library.clips.get(id),
      create({ recordingId, start, end, title }) {
        const recording = library.recordings.get(recordingId)
        if (recording === undefined) throw noRecording(recordingId)
        const clip = library.clips.add(ownClip(recording, { start, end, title }), Date.now())
        clipsChanged(clip.recording)
        return clip
      },
      updateMany(ids, change) {
        const changed = library.clips.updateMany(ids, change)
        for (const fingerprint of new Set(changed?.map(({ recording }) => recording))) clipsChanged(fingerprint)
        return changed
      },
      remove(ids) {
        const recordings = new Set(ids.flatMap((id) => library.clips.get(id)?.recording ?? []))
        const removed = library.clips.remove(ids)
        for (const fingerprint of recordings) clipsChanged(fingerprint)
        return removed
      },
    },
    clipEdits: connectClipEdits(library.clipEdits, (id) => {
      const clip = library.clips.get(id)
      if (clip !== undefined) clipsChanged(clip.recording)
    }),
    jobs: {
      list: ({ states, limit }) =>
        library.jobs
          .list({ ...(limit !== undefined && { limit }), ...(states !== undefined && { states }) })
          .map(jobs.tell),
      get(id) {
        const job = library.jobs.get(id)
        return job && jobs.tell(job)
      },
      add(spec, priority) {
        const job = jobs.tell(library.jobs.enqueue(spec, Date.now(), { priority }))
        events.emit({ kind: 'job-changed', job })
        queue.wake()
        return job
      },
      request: (id, change) => jobs.tell(queue.request(id, change)),
      setPriority(id, priority) {
        const job = jobs.tell(library.jobs.setPriority(id, priority, Date.now()))
        events.emit({ kind: 'job-changed', job })
        return job
      },
      pauseAll: () => requestAll(['queued', 'running'], 'pause'),
      resumeAll: () => requestAll(['paused'], 'resume'),
      clearFinished() {
        const cleared = library.jobs.clearFinished()
        if (cleared > 0) events.emit({ kind: 'library-changed' })
        return cleared
      },
      log: jobs.log,
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
    events: (signal, after) => events.listen(signal, after),
  }
}

export function noRecording(id: number): ClutchcutError {
  return new ClutchcutError('library/not-found', `There is no recording ${id} in the library.`, { data: { id } })
}
