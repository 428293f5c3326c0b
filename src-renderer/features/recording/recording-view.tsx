import ChevronLeft from 'lucide-react/icons/chevron-left'
import Clapperboard from 'lucide-react/icons/clapperboard'
import Share from 'lucide-react/icons/share'
import { Link } from '@tanstack/react-router'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { toast } from 'sonner'
import type { RecordingSummary } from '../../../src-shared/contract/recording.ts'
import { ticksFromSeconds } from '../../../src-shared/domain/time.ts'
import { Button, buttonClasses } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { SplitPane } from '../../components/split-pane.tsx'
import { Tabs } from '../../components/tabs.tsx'
import { useFormat } from '../../i18n/use-format.ts'
import { createPlayer } from '../../player/player.ts'
import { PlayerControls } from '../../player/player-controls.tsx'
import { PlayerFrame, toggleFullScreen } from '../../player/player-frame.tsx'
import { PlayerView } from '../../player/player-view.tsx'
import { playFaster, playSlower, stopShuttle } from '../../player/shuttle.ts'
import { useShortcuts } from '../../shortcuts/use-shortcuts.ts'
import { useStore } from '../../store.ts'
import { useView } from '../../timeline/use-view.ts'
import { clampView, followView, viewOfSpan } from '../../timeline/view.ts'
import { TrimControls } from '../../trim/trim-controls.tsx'
import { useTrim } from '../../trim/use-trim.ts'
import { openExport } from '../exports/open-export.ts'
import { openMontage } from '../montage/open-montage.ts'
import { MarkControls } from './mark-controls.tsx'
import { MomentItem } from './moment-item.tsx'
import type { ListedMoment } from './moments.ts'
import { RecordingMenu } from './recording-menu.tsx'
import { RecordingState } from './recording-state.tsx'
import type { RecordingSearch } from './search.ts'
import { recordingShortcuts } from './shortcuts.ts'
import { TimelinePanel } from '../../timeline/timeline-panel.tsx'
import { TranscriptPanel } from './transcript-panel.tsx'
import { findLines } from './transcript-lines.ts'
import { useMark } from './use-mark.ts'
import { useMomentActions } from './use-moment-actions.ts'
import type { useRecording } from './use-recording.ts'

type Props = Omit<ReturnType<typeof useRecording>, 'recording'> & {
  readonly recording: RecordingSummary
  readonly search: RecordingSearch
}

/** A recording with its player, its timeline and its moments. */
export function RecordingView(props: Props) {
  const { recording, moments, curveNames, chatCurve, markers, lines, job, search } = props
  const { t } = useTranslation()
  const format = useFormat()
  const player = useMemo(() => createPlayer(recording.media?.video?.fps ?? null), [recording.media])
  // Where nobody measured the length, the browser knows it once it plays.
  const playedLength = useStore(player.length)
  const duration = props.duration > 0 ? props.duration : (playedLength ?? 0)
  const view = useView(recording.id, duration)
  const [selected, setSelected] = useState<number | null>(search.clip ?? null)
  const [audioTrack, setAudioTrack] = useState<number | null>(null)
  const [tab, setTab] = useState('moments')
  const [renaming, setRenaming] = useState<number | null>(null)
  const [removing, setRemoving] = useState<ListedMoment | null>(null)
  const [curves, setCurves] = useState<readonly string[]>([])
  const chosen = moments.find(({ id }) => id === selected) ?? null
  const kept = moments.flatMap(({ clip }) => (clip?.state === 'kept' ? [clip] : []))
  const candidates = moments.filter(({ state }) => state === 'candidate').length
  const trim = useTrim(chosen?.clip?.id ?? null)
  const actions = useMomentActions(recording.id, moments, setSelected)
  const mark = useMark(actions.createSpan)
  const version = `${recording.state} ${moments.length === 0 ? '' : 'scored'} ${job === undefined ? '' : 'working'}`

  useEffect(() => {
    if (search.at !== undefined) player.seek(ticksFromSeconds(search.at))
  }, [player, search.at])
  // The list stays as it is while moments change: five hundred items are not drawn anew for each decision.
  const latest = useRef(moments)
  latest.current = moments
  const choose = useCallback(
    (id: number, open = false) => {
      setSelected(id)
      const moment = latest.current.find((each) => each.id === id)
      if (moment === undefined) return
      view.set(open ? viewOfSpan(moment, duration) : followView(view.get(), moment.start, duration))
      player.seek(moment.start)
    },
    [player, duration, view],
  )
  // A link to a clip, also while this page is open; `at` says more exactly where.
  const linked = moments.some(({ id }) => id === search.clip)
  useEffect(() => {
    if (search.clip === undefined || !linked) return
    choose(search.clip, true)
    if (search.at !== undefined) player.seek(ticksFromSeconds(search.at))
  }, [search.clip, search.at, linked, choose, player])
  // A link to what is said.
  const spoken = search.find !== undefined && findLines(lines, search.find).length > 0
  useEffect(() => {
    if (spoken) setTab('speech')
  }, [spoken])
  const showCurve = useCallback((signal: string) => {
    // More would push the timeline out of sight.
    setCurves((shown) =>
      shown.includes(signal) ? shown.filter((each) => each !== signal) : [...shown, signal].slice(-4),
    )
  }, [])
  const move = (by: number): void => {
    const at = moments.findIndex(({ id }) => id === selected)
    const next = moments[Math.min(moments.length - 1, Math.max(0, at + by))]
    if (next !== undefined) choose(next.id)
  }
  // Of the chosen clip; where none is chosen, of a new one.
  const setEnd = (end: 'start' | 'end'): void => {
    if (trim.span !== null) trim.change({ ...trim.span, [end]: player.edge(end) }, true)
    else if (chosen?.clip == null) mark.setEnd(end, player.edge(end))
  }
  useShortcuts(recordingShortcuts, {
    toggle: () => player.toggle(),
    stop: () => stopShuttle(player),
    rewind: () => playSlower(player) || player.seek(player.time.get() - ticksFromSeconds(5)),
    faster: () => playFaster(player),
    back: () => player.step(-1),
    forward: () => player.step(1),
    previous: () => move(-1),
    next: () => move(1),
    in: () => setEnd('start'),
    out: () => setEnd('end'),
    keep: () => mark.make() || (chosen !== null && actions.onDecide(chosen, 'kept')),
    reject: () => chosen !== null && actions.onDecide(chosen, 'rejected'),
    favourite: () => chosen !== null && actions.onFavourite(chosen),
    undo: () => (trim.canUndo ? trim.undo() : actions.takeBack()),
    redo: () => (trim.canRedo ? trim.redo() : actions.makeAgain()),
    rename: () => chosen?.clip != null && setRenaming(chosen.id),
    zoom: () =>
      view.set(chosen === null ? clampView({ from: 0, to: duration }, duration) : viewOfSpan(chosen, duration)),
    clear: () => mark.drop() || setSelected(null),
    export: () => openExport(chosen?.clip == null ? kept : [chosen.clip]),
    montage: () =>
      kept.length === 0 ? toast(t('montage.noneKept')) : openMontage(kept.toSorted((a, b) => a.start - b.start)),
    create: () => actions.createAt(player.time.get(), duration),
    fullScreen: toggleFullScreen,
  })

  const detail = [
    recording.game,
    format.moment(recording.recordedAt ?? recording.addedAt),
    format.duration(recording.durationSeconds ?? 0),
  ].filter((part) => part !== null)
  const shownCurves = useMemo(() => new Set(curves), [curves])
  const lanes = useMemo(
    () =>
      new Map(
        [...(chatCurve === null ? [] : [chatCurve]), ...curves].map((signal) => [
          signal,
          curveNames.get(signal) ?? signal,
        ]),
      ),
    [curves, curveNames, chatCurve],
  )
  const list = (
    <ol aria-label={t('recording.moments')} className="flex flex-col gap-1">
      {moments.map((moment) => (
        <MomentItem
          key={moment.id}
          recordingId={recording.id}
          moment={moment}
          chosen={moment.id === selected}
          renaming={moment.id === renaming}
          onRenaming={setRenaming}
          onRemove={setRemoving}
          shownCurves={shownCurves}
          onChoose={choose}
          onReason={showCurve}
          {...actions.item}
        />
      ))}
    </ol>
  )
  return (
    <div className="flex min-h-0 grow flex-col gap-4 overflow-y-auto p-4 lg:overflow-hidden lg:p-6">
      <Link to="/" className="-mt-1 -mb-4 flex w-fit items-center gap-0.5 py-1 text-sm text-soft hover:text-ink">
        <ChevronLeft size={15} aria-hidden="true" />
        {t('recording.toLibrary')}
      </Link>
      <PageHeader
        title={recording.title}
        detail={detail.join(' · ')}
        actions={
          <>
            {candidates > 0 && (
              <Link
                to="/review"
                search={{ recording: recording.id }}
                className={buttonClasses(kept.length === 0 ? 'primary' : 'secondary')}
              >
                <Clapperboard size={16} aria-hidden="true" />
                {t('recording.review', { count: candidates })}
              </Link>
            )}
            {kept.length > 0 && (
              <Button variant="primary" icon={<Share size={16} />} onClick={() => openExport(kept)}>
                {t('recording.exportKept', { count: kept.length })}
              </Button>
            )}
            <RecordingMenu recording={recording} kept={kept} />
          </>
        }
      />
      <SplitPane
        label={t('recording.divider')}
        main={
          <div className="flex flex-col gap-2 lg:h-full lg:min-h-0">
            <PlayerFrame className="lg:min-h-0 lg:grow">
              <PlayerView
                recordingId={recording.id}
                player={player}
                audioTrack={audioTrack}
                picture={recording.media === null || recording.media.video !== null}
                title={recording.title}
                className="aspect-video w-full shrink-0 rounded-md lg:aspect-auto lg:shrink lg:grow"
              />
              <PlayerControls
                player={player}
                duration={duration}
                tracks={recording.media?.audio ?? []}
                audioTrack={audioTrack}
                onAudioTrack={setAudioTrack}
              >
                {chosen?.clip == null ? (
                  <MarkControls mark={mark} onEnd={setEnd} />
                ) : (
                  <TrimControls trim={trim} group={recordingShortcuts} onEnd={setEnd} />
                )}
              </PlayerControls>
            </PlayerFrame>
            <TimelinePanel
              recording={recording}
              duration={duration}
              player={player}
              moments={moments}
              selected={selected}
              markers={markers}
              lines={lines}
              trim={chosen?.clip == null ? null : trim.span}
              mark={mark.span}
              onMark={mark.drag}
              view={view}
              curves={lanes}
              onMoment={choose}
              onTrim={trim.change}
              version={version}
            />
          </div>
        }
        side={
          <div className="flex flex-col gap-3 lg:h-full lg:min-h-0 lg:overflow-y-auto">
            <RecordingState recording={recording} job={job} hasMoments={moments.length > 0} />
            <Tabs
              label={recording.title}
              value={tab}
              onChange={setTab}
              tabs={[
                { id: 'moments', label: t('recording.momentsCount', { count: moments.length }), content: list },
                {
                  id: 'speech',
                  label: t('recording.speech'),
                  content: (
                    <TranscriptPanel
                      key={search.find}
                      recordingId={recording.id}
                      lines={lines}
                      player={player}
                      find={search.find}
                    />
                  ),
                },
              ]}
            />
          </div>
        }
      />
      <Dialog
        open={removing !== null}
        onOpenChange={() => setRemoving(null)}
        title={t('recording.forgetting.title')}
        description={t('recording.forgetting.text')}
        footer={
          <>
            <Button onClick={() => setRemoving(null)}>{t('common.cancel')}</Button>
            <Button
              variant="danger"
              onClick={() => {
                if (removing?.clip != null) actions.remove(removing.clip.id)
                setRemoving(null)
              }}
            >
              {t('recording.forget')}
            </Button>
          </>
        }
      >
        <p className="text-sm font-medium">{removing?.label}</p>
      </Dialog>
    </div>
  )
}
