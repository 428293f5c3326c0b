import ZoomIn from 'lucide-react/icons/zoom-in'
import ZoomOut from 'lucide-react/icons/zoom-out'
import Minimize from 'lucide-react/icons/unfold-horizontal'
import { useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { TimelineLine, TimelineMarker } from '../../src-shared/contract/curves.ts'
import type { RecordingSummary } from '../../src-shared/contract/recording.ts'
import type { Ticks } from '../../src-shared/contract/time.ts'
import { IconButton } from '../components/button.tsx'
import type { Player } from '../player/player.ts'
import type { Lane, Moment, Span } from './scene.ts'
import { Timeline } from './timeline.tsx'
import { useSource } from './use-source.ts'
import { clampView, zoomView, type View } from './view.ts'

interface Props {
  readonly recording: RecordingSummary
  readonly duration: Ticks
  readonly player: Player
  readonly moments: readonly Moment[]
  readonly selected: number | null
  readonly markers: readonly TimelineMarker[]
  readonly lines: readonly TimelineLine[]
  readonly trim: Span | null
  readonly view: View
  readonly onView: (view: View) => void
  /** Signals with a lane of their own, and what they are called. */
  readonly curves: ReadonlyMap<string, string>
  readonly onMoment: (id: number, open: boolean) => void
  readonly onTrim: (span: Span, done: boolean) => void
  /** Grows when the recording was analysed anew. */
  readonly version: string
}

/** Tracks that have a wave; OBS writes six at most. */
const MOST_TRACKS = 6

export function TimelinePanel(props: Props) {
  const { recording, duration, player, moments, selected, markers, lines, trim, view, onView, curves, version } = props
  const { t } = useTranslation()
  const redraw = useRef<() => void>(() => {})
  const [allTracks, setAllTracks] = useState(false)
  const tracks = recording.media?.audio ?? []
  const analysed = recording.state === 'analysed'
  const signals = useMemo(() => [...curves.keys()], [curves])
  const source = useSource(recording.id, duration, signals, version, () => redraw.current())
  const lanes = useMemo(() => {
    const shownTracks = tracks.slice(0, allTracks ? MOST_TRACKS : 1)
    return [
      { kind: 'moments', label: t('timeline.moments') },
      ...(analysed ? [{ kind: 'score', label: t('timeline.score') }] : []),
      ...[...curves].map(([signal, label]) => ({ kind: 'curve', label, signal })),
      ...(analysed
        ? shownTracks.map(({ index, title }) => ({
            kind: 'wave',
            track: index,
            label: title === '' || title === null ? t('player.trackNumber', { n: index + 1 }) : title,
          }))
        : []),
      ...(lines.length > 0 ? [{ kind: 'speech', label: t('timeline.speech') }] : []),
    ] as readonly Lane[]
  }, [allTracks, analysed, curves, lines.length, t, tracks])
  const scene = useMemo(
    () => ({ duration, view, lanes, moments, selected, markers, lines, trim, source }),
    [duration, view, lanes, moments, selected, markers, lines, trim, source],
  )
  const zoom = (factor: number): void => onView(zoomView(view, factor, middleOf(view, player), duration))
  return (
    <section aria-label={t('timeline.label')} className="flex flex-col rounded-md border border-line bg-page">
      <div className="flex items-center gap-1 border-b border-line px-2 py-1">
        <h2 className="min-w-0 grow truncate px-1 text-xs font-medium text-soft">{t('timeline.label')}</h2>
        {analysed && tracks.length > 1 && (
          <button
            type="button"
            aria-pressed={allTracks}
            onClick={() => setAllTracks(!allTracks)}
            className="shrink-0 rounded-sm px-2 py-1 text-xs font-medium text-soft hover:bg-hover aria-pressed:text-ember-ink"
          >
            {t('recording.allTracks')}
          </button>
        )}
        <IconButton size="s" label={t('timeline.zoomIn')} shortcut="+" onClick={() => zoom(0.5)}>
          <ZoomIn size={15} />
        </IconButton>
        <IconButton size="s" label={t('timeline.zoomOut')} shortcut="-" onClick={() => zoom(2)}>
          <ZoomOut size={15} />
        </IconButton>
        <IconButton
          size="s"
          label={t('timeline.whole')}
          onClick={() => onView(clampView({ from: 0, to: duration }, duration))}
        >
          <Minimize size={15} />
        </IconButton>
      </div>
      <Timeline
        scene={scene}
        playhead={player.time}
        playing={player.playing}
        onView={onView}
        onSeek={(time) => player.seek(time)}
        onMoment={props.onMoment}
        onTrim={props.onTrim}
        snapPoints={() => [player.time.get(), ...markers.map(({ start }) => start), ...edgesOf(moments)]}
        redraw={redraw}
      />
    </section>
  )
}

/** The playhead where it is in sight, else the middle. */
function middleOf(view: View, player: Player): Ticks {
  const now = player.time.get()
  return now > view.from && now < view.to ? now : (view.from + view.to) / 2
}

function* edgesOf(moments: readonly Moment[]): Generator<Ticks> {
  for (const { start, end } of moments) {
    yield start
    yield end
  }
}
