import { useQuery } from '@tanstack/react-query'
import { useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../api-context.tsx'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { Kbd } from '../../components/kbd.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { Tabs } from '../../components/tabs.tsx'
import { choiceOf, rememberedChoice, type ExportChoice } from './choice.ts'
import { ClipPicker } from './clip-picker.tsx'
import { exportProblems } from './export-problems.ts'
import { HandOffForm, type HandOffChoice } from './hand-off-form.tsx'
import type { ExportWish } from './open-export.ts'
import { useExport } from './use-export.ts'
import { VideoForm } from './video-form.tsx'

/** How clips become files: asked once for all of them. Enter begins. */
export function ExportDialog({ wish, onClose }: { wish: ExportWish; onClose: () => void }) {
  const { t } = useTranslation()
  const { queries } = useApi()
  const { data: settings, error } = useQuery(queries.settings.get.queryOptions())
  const { data: presets = [] } = useQuery(queries.presets.list.queryOptions())
  const { data: platforms = [] } = useQuery(queries.platforms.list.queryOptions())
  const recordingIds = [...new Set(wish.clips.map(({ recordingId }) => recordingId))]
  const { data: found } = useQuery(queries.recordings.list.queryOptions({ input: { ids: recordingIds, limit: 500 } }))
  const [tab, setTab] = useState<string>(wish.as ?? 'video')
  const [changes, setChanges] = useState<Partial<ExportChoice>>(
    wish.kinds === undefined ? {} : { kinds: [...wish.kinds] },
  )
  const [handOff, setHandOff] = useState<HandOffChoice | null>(null)
  const [remembered] = useState(rememberedChoice)
  const [left, setLeft] = useState<ReadonlySet<number>>(new Set())
  const { render, write } = useExport(onClose)
  if (settings === undefined) {
    if (error === null) return null
    return (
      <Dialog open onOpenChange={onClose} title={t('exporting.title')}>
        <ErrorState compact error={error} />
      </Dialog>
    )
  }

  const choice: ExportChoice = { ...(remembered ?? choiceOf(settings)), ...changes }
  const forEditor = handOff ?? { format: 'otio', folder: settings.outputFolder ?? settings.recentFolders[0] ?? null }
  const clips = wish.clips.filter(({ id }) => !left.has(id))
  const ids = clips.map(({ id }) => id)
  const problems = exportProblems({ clips, recordings: found?.items ?? [], presets, platforms, choice })
  const isVideo = tab === 'video'
  const ready = isVideo
    ? choice.kinds.length > 0 && (choice.captions !== 'file' || choice.captionFile !== null)
    : forEditor.folder !== null
  const disabled = !ready || ids.length === 0 || render.isPending || write.isPending

  function go(): void {
    if (disabled) return
    if (isVideo) render.mutate({ ids, choice })
    else if (forEditor.folder !== null)
      write.mutate({ clipIds: ids, format: forEditor.format, folder: forEditor.folder })
  }
  function goByKey(event: KeyboardEvent): void {
    const on = event.target
    // A dialog over this one has its own Enter; buttons and links are pressed.
    const own =
      !(on instanceof Element) || on.closest('button, a, summary') !== null || !event.currentTarget.contains(on)
    if (event.key !== 'Enter' || own) return
    event.preventDefault()
    go()
  }
  return (
    <Dialog
      open
      wide
      onOpenChange={onClose}
      title={t('exporting.title')}
      footer={
        <>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button variant="primary" disabled={disabled} onClick={go}>
            {isVideo
              ? t('exporting.go', { count: ids.length * Math.max(1, choice.kinds.length) })
              : t('exporting.write')}
            <span className="hidden sm:inline" aria-hidden="true">
              <Kbd keys="Enter" tone="ember" />
            </span>
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4" onKeyDown={goByKey} role="presentation">
        <ClipPicker
          clips={wish.clips}
          left={left}
          onToggle={(id) => {
            const next = new Set(left)
            if (!next.delete(id)) next.add(id)
            setLeft(next)
          }}
        />
        <Tabs
          label={t('exporting.title')}
          value={tab}
          onChange={setTab}
          tabs={[
            {
              id: 'video',
              label: t('exporting.video'),
              content: (
                <VideoForm
                  choice={choice}
                  onChange={(change) => setChanges((now) => ({ ...now, ...change }))}
                  platforms={platforms}
                  problems={problems}
                  clipCount={clips.length}
                  recordingIds={recordingIds}
                  usualFolder={settings.outputFolder ?? t('exporting.usualFolder')}
                />
              ),
            },
            {
              id: 'editor',
              label: t('exporting.editor'),
              content: (
                <HandOffForm
                  choice={forEditor}
                  onChange={(change) => setHandOff({ ...forEditor, ...change })}
                  done={write.data}
                />
              ),
            },
          ]}
        />
      </div>
    </Dialog>
  )
}
