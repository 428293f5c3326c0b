import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { StoredClip } from '../../../src-shared/contract/clip.ts'
import { ticksFromSeconds } from '../../../src-shared/domain/time.ts'
import { useApi } from '../../api-context.tsx'
import { Toolbar } from '../../components/toolbar.tsx'
import { useTranslation } from 'react-i18next'
import type { Player } from '../../player/player.ts'
import type { Span } from '../../timeline/scene.ts'
import { viewOfSpan, type View } from '../../timeline/view.ts'
import { TrimControls } from '../../trim/trim-controls.tsx'
import type { Trim } from '../../trim/use-trim.ts'
import { TimelinePanel } from '../../timeline/timeline-panel.tsx'

interface Props {
  readonly clip: StoredClip
  readonly player: Player
  readonly trim: Trim
  readonly span: Span
  readonly onEnd: (end: 'start' | 'end') => void
}

const none: readonly never[] = []
const noCurves: ReadonlyMap<string, string> = new Map()

/** The clip's surroundings on a timeline, with its ends to drag. */
export function ReviewTrim({ clip, player, trim, span, onEnd }: Props) {
  const { t } = useTranslation()
  const { queries } = useApi()
  const found = useQuery(queries.recordings.get.queryOptions({ input: { id: clip.recordingId } }))
  const recording = found.data?.recording
  const duration = ticksFromSeconds(recording?.durationSeconds ?? 0)
  const [view, setView] = useState<View | null>(null)
  useEffect(() => setView(duration === 0 ? null : viewOfSpan(clip, duration)), [clip.id, duration])
  if (recording === undefined || view === null) return null
  return (
    <div className="border-t border-line bg-page p-2">
      <Toolbar label={t('trim.label')} className="mb-1">
        <TrimControls trim={trim} onEnd={onEnd} />
      </Toolbar>
      <TimelinePanel
        recording={recording}
        duration={duration}
        player={player}
        moments={none}
        selected={null}
        markers={none}
        lines={none}
        trim={span}
        view={view}
        onView={setView}
        curves={noCurves}
        onMoment={() => {}}
        onTrim={(next, done) => {
          trim.change(next, done)
          // What it would begin or end with.
          player.seek(next.start === span.start ? next.end : next.start)
        }}
        version="review"
      />
    </div>
  )
}
