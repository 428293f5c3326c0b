import { Link, useNavigate } from '@tanstack/react-router'
import { useCallback, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ExportedFile } from '../../../src-shared/contract/exports.ts'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import type { MenuItem } from '../../components/menu.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Skeleton } from '../../components/skeleton.tsx'
import { useShortcuts } from '../../shortcuts/use-shortcuts.ts'
import { FileItem } from './file-item.tsx'
import { FileList } from './file-list.tsx'
import { PlayDialog } from './play-dialog.tsx'
import { exportedShortcuts } from './shortcuts.ts'
import { useExported } from './use-exported.ts'
import { mediaPath, useFileActions } from './use-file-actions.ts'

/** Every file that was made of clips. */
export function ExportsPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const frame = useRef<HTMLDivElement>(null)
  const exported = useExported()
  const does = useFileActions()
  const [chosen, setChosen] = useState(-1)
  const [playing, setPlaying] = useState<ExportedFile | null>(null)
  const [trashing, setTrashing] = useState<ExportedFile | null>(null)
  const { files, total } = exported
  const current = files?.[chosen]
  const latest = useRef(exported.more)
  latest.current = exported.more
  const more = useCallback(() => latest.current(), [])
  const move = (by: number): void => setChosen(Math.min((files?.length ?? 0) - 1, Math.max(0, chosen + by)))
  useShortcuts(exportedShortcuts, {
    next: () => move(1),
    previous: () => move(-1),
    play: () => current !== undefined && current.file !== 'missing' && setPlaying(current),
    again: () => current !== undefined && does.again(current),
    trash: () => current !== undefined && does.trash !== undefined && setTrashing(current),
  })
  const menuOf = (file: ExportedFile): (MenuItem | null)[] => {
    const { reveal, trash } = does
    const there = file.file !== 'missing'
    return [
      ...(reveal !== undefined && there ? [{ label: t('exported.reveal'), onSelect: () => reveal(file) }] : []),
      ...(there ? [{ label: t('exported.download'), onSelect: () => download(file) }] : []),
      { label: t('exported.copyPath'), onSelect: () => does.copyPath(file) },
      { label: t('exported.again'), onSelect: () => does.again(file) },
      { label: t('exported.handOff'), onSelect: () => does.handOff(file) },
      {
        label: t('exported.toRecording'),
        onSelect: () =>
          void navigate({
            to: '/recordings/$id',
            params: { id: String(file.recordingId) },
            search: { clip: file.clipId },
          }),
      },
      ...(trash === undefined
        ? []
        : [null, { label: t('exported.trash'), danger: true, onSelect: () => setTrashing(file) }]),
    ]
  }
  return (
    <div ref={frame} className="min-h-0 grow overflow-y-auto px-4 pt-5 pb-12 sm:px-8 sm:pt-8">
      <PageHeader title={t('exported.title')} {...(total > 0 && { detail: t('exported.count', { count: total }) })} />
      <div className="mt-5 max-w-5xl">
        {exported.error !== null && <ErrorState error={exported.error} onRetry={exported.retry} />}
        {files === undefined && exported.error === null && <Skeleton className="h-64" />}
        {files !== undefined && files.length > 0 && (
          <FileList files={files} total={total} chosen={chosen} frame={frame} onEnd={more}>
            {(file, index) => (
              <FileItem
                file={file}
                chosen={index === chosen}
                menu={menuOf(file)}
                onChoose={() => setChosen(index)}
                onPlay={() => setPlaying(file)}
              />
            )}
          </FileList>
        )}
      </div>
      {files?.length === 0 && (
        <EmptyState title={t('exported.empty.title')} text={t('exported.empty.text')}>
          <Link
            to="/review"
            className="inline-flex h-9 items-center rounded-md bg-ember px-3.5 text-sm font-semibold text-on-ember hover:bg-ember-hover"
          >
            {t('exported.empty.review')}
          </Link>
        </EmptyState>
      )}
      {playing !== null && <PlayDialog file={playing} onClose={() => setPlaying(null)} />}
      {trashing !== null && (
        <Dialog
          open
          onOpenChange={() => setTrashing(null)}
          title={t('exported.trashTitle')}
          description={t('exported.trashText')}
          footer={
            <>
              <Button onClick={() => setTrashing(null)}>{t('common.cancel')}</Button>
              <Button
                variant="danger"
                onClick={() => {
                  does.trash?.(trashing)
                  setTrashing(null)
                }}
              >
                {t('exported.trash')}
              </Button>
            </>
          }
        >
          <p className="text-sm break-all text-soft">{trashing.path}</p>
        </Dialog>
      )}
    </div>
  )
}

/** As a browser saves it, under the name that the file has. */
function download(file: ExportedFile): void {
  const link = document.createElement('a')
  link.href = mediaPath(file)
  link.download = file.path.split(/[\\/]/).at(-1) ?? ''
  link.click()
}
