import { ClutchcutError } from '../../src-shared/contract/errors.ts'
import type { RecordingSummary } from '../../src-shared/contract/recording.ts'
import type { SettingsChange } from '../../src-shared/contract/settings.ts'
import { ownClip } from '../../src-shared/domain/clip.ts'
import { shortcutConflict } from '../../src-shared/domain/shortcuts.ts'
import type { Library } from '../adapters/library/open-library.ts'
import type { ApiDeps } from '../api/deps.ts'
import { connectClipEdits } from './connect-clip-edits.ts'
import { layoutsOf, type LayoutFinder } from './connect-layout.ts'
import type { EventStream } from './event-stream.ts'
import { recordingOf } from './open-recording.ts'

/** Areas that are connected on their own. */
export type FurtherAreas = Omit<
  ApiDeps,
  'recordings' | 'clips' | 'clipEdits' | 'learning' | 'settings' | 'layouts' | 'stills' | 'events'
>

/** What the handlers of the contract (and the command line) read and change. */
export function connectApi(
  library: Library,
  events: EventStream,
  learning: ApiDeps['learning'],
  layouts: LayoutFinder,
  stills: ApiDeps['stills'],
  areas: FurtherAreas,
  /** Told of recordings that somebody looks at. */
  shown: (recordings: readonly RecordingSummary[]) => void,
): ApiDeps {
  const clipsChanged = (fingerprint: string): void => {
    const recording = library.recordings.byFingerprint(fingerprint)
    if (recording !== undefined) events.emit({ kind: 'clips-changed', recordingId: recording.id })
  }
  return {
    ...areas,
    recordings: {
      list(query) {
        const page = library.recordings.list(query)
        shown(page.items)
        return page
      },
      get(id) {
        const recording = library.recordings.get(id)
        if (recording !== undefined) shown([recording])
        return recording
      },
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
        const recording = recordingOf(library, recordingId)
        const wanted = ownClip(recording, { start, end, title })
        if (wanted === null) {
          throw new ClutchcutError('usage', 'A clip lies inside its recording, and begins before it ends.', {
            data: { start, end },
          })
        }
        // The same span may be there already, found or made.
        const known = library.clips.idOfSpan(recording.fingerprint, wanted)
        const change = { state: 'kept' as const, ...(title !== undefined && { title }) }
        const clip =
          (known === undefined ? undefined : library.clips.update(known, change)) ??
          library.clips.add(wanted, Date.now())
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
        assertShortcuts(change)
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

function assertShortcuts({ shortcuts }: SettingsChange): void {
  const conflict = shortcuts && shortcutConflict(shortcuts)
  if (!conflict) return
  const { keys, names } = conflict
  throw new ClutchcutError('usage', `${keys} would do two things at once. Choose other keys for one of them.`, {
    data: { keys, names },
  })
}
