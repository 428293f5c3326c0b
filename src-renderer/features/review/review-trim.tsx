import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { StoredClip } from '../../../src-shared/contract/clip.ts'
import { ticksFromSeconds } from '../../../src-shared/domain/time.ts'
import { useApi } from '../../api-context.tsx'
import { Toolbar } from '../../components/toolbar.tsx'
import { useTranslation } from 'react-i18next'
import type { Player } from '../../player/player.ts'
import type { Span } from '../../timeline/scene.ts'
import { useView } from '../../timeline/use-view.ts'
import { viewOfSpan } from '../../timeline/view.ts'
import { TrimControls } from '../../trim/trim-controls.tsx'
import type { Trim } from '../../trim/use-trim.ts'
import { reviewShortcuts } from './shortcuts.ts'
import { TimelinePanel } from '../../timeline/timeline-panel.tsx'

interface Props {
  readonly clip: StoredClip
  readonly player: Player
  readonly trim: Trim
  readonly span: Span
  readonly onEnd: (end: 'start' | 'end') => void
}

/** The clip's surroundings on a timeline, with its ends to drag. */
export function ReviewTrim({ clip, player, trim, span, onEnd }: Props) {
  const { t } = useTranslation()
  const { queries } = useApi()
  const found = useQuery(queries.recordings.get.queryOptions({ input: { id: clip.recordingId } }))
  const recording = found.data?.recording
  const duration = ticksFromSeconds(recording?.durationSeconds ?? 0)
  const view = useView(clip.recordingId, duration)
  useEffect(() => view.set(viewOfSpan(clip, duration)), [view, clip.id, duration])
  if (recording === undefined || duration === 0) return null
  return (
    <div className="border-t border-line bg-page p-2">
      <Toolbar label={t('trim.label')} className="mb-1">
        <TrimControls trim={trim} group={reviewShortcuts} onEnd={onEnd} />
      </Toolbar>
      <TimelinePanel
        recording={recording}
        duration={duration}
        player={player}
        view={view}
        trim={span}
        onTrim={(next, done) => {
          trim.change(next, done)
          // What it would begin or end with.
          if (next !== null) player.seek(next.start === span.start ? next.end : next.start)
        }}
        version="review"
      />
    </div>
  )
}
