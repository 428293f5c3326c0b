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
import type { Store } from '../store.ts'
import type { Lane, Moment, Span } from './scene.ts'
import { indexSpans } from './spans.ts'
import { Timeline } from './timeline.tsx'
import { useSource } from './use-source.ts'
import { clampView, zoomView, type View } from './view.ts'

interface Props {
  readonly recording: RecordingSummary
  readonly duration: Ticks
  readonly player: Player
  readonly view: Store<View>
  readonly trim: Span | null
  /** `done` false while dragging; null: it was given up. */
  readonly onTrim: (span: Span | null, done: boolean) => void
  /** Grows when the recording was analysed anew. */
  readonly version: string
  readonly moments?: readonly Moment[]
  readonly selected?: number | null
  readonly onMoment?: (id: number, open: boolean) => void
  readonly markers?: readonly TimelineMarker[]
  readonly lines?: readonly TimelineLine[]
  /** Signals with a lane of their own, and what they are called. */
  readonly curves?: ReadonlyMap<string, string>
  /** What a new clip is being marked as; without `onMark`, none can be. */
  readonly mark?: Span | null
  readonly onMark?: (span: Span | null, done: boolean) => void
}

/** Tracks that have a wave; OBS writes six at most. */
const MOST_TRACKS = 6
const none: readonly never[] = []
const noCurves: ReadonlyMap<string, string> = new Map()

/** A recording's timeline with its buttons. What is not given is not shown. */
export function TimelinePanel(props: Props) {
  const { recording, duration, player, view, trim, version } = props
  const { moments = none, selected = null, markers = none, lines = none, curves = noCurves, mark = null } = props
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
  const placed = useMemo(() => ({ markers: indexSpans(markers), lines: indexSpans(lines) }), [markers, lines])
  const ground = useMemo(
    () => ({ duration, lanes, moments, selected, ...placed, trim, mark, source }),
    [duration, lanes, moments, selected, placed, trim, mark, source],
  )
  const zoom = (factor: number): void => view.set(zoomView(view.get(), factor, middleOf(view.get(), player), duration))
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
          onClick={() => view.set(clampView({ from: 0, to: duration }, duration))}
        >
          <Minimize size={15} />
        </IconButton>
      </div>
      <Timeline
        ground={ground}
        view={view}
        playhead={player.time}
        playing={player.playing}
        onSeek={(time) => player.seek(time)}
        onMoment={(id, open) => props.onMoment?.(id, open)}
        onTrim={props.onTrim}
        onMark={props.onMark}
        snapPoints={() => pointsOf(player.time.get(), markers, moments)}
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

function* pointsOf(
  now: Ticks,
  markers: readonly TimelineMarker[],
  moments: readonly Moment[],
): Generator<Ticks, void, undefined> {
  yield now
  for (const { start } of markers) yield start
  for (const { start, end } of moments) {
    yield start
    yield end
  }
}
