import { Link } from '@tanstack/react-router'
import { useCallback, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ExportedFile } from '../../../src-shared/contract/exports.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Skeleton } from '../../components/skeleton.tsx'
import { useShortcuts } from '../../shortcuts/use-shortcuts.ts'
import { useStore } from '../../store.ts'
import { FileItem } from './file-item.tsx'
import { FileList } from './file-list.tsx'
import { useFileMenu } from './file-menu.ts'
import { PlayDialog } from './play-dialog.tsx'
import { SelectionBar } from './selection-bar.tsx'
import { exportedShortcuts } from './shortcuts.ts'
import { leaving } from './trash-later.ts'
import { useChosenFiles } from './use-chosen-files.ts'
import { useExported } from './use-exported.ts'
import { useFileActions } from './use-file-actions.ts'

const none: readonly ExportedFile[] = []

/** Every file that was made of clips. */
export function ExportsPage() {
  const { t } = useTranslation()
  const frame = useRef<HTMLDivElement>(null)
  const exported = useExported()
  const does = useFileActions()
  const menuOf = useFileMenu(does)
  const gone = useStore(leaving)
  const [playing, setPlaying] = useState<ExportedFile | null>(null)
  const files = useMemo(
    () => (gone.length === 0 ? exported.files : exported.files?.filter(({ id }) => !gone.includes(id))),
    [exported.files, gone],
  )
  const total = Math.max(0, exported.total - ((exported.files?.length ?? 0) - (files?.length ?? 0)))
  const { chosen, choose, move, selected, isSelected, toggle, selectAll, clear } = useChosenFiles(files ?? none)
  const current = files?.[chosen]
  const latest = useRef(exported.more)
  latest.current = exported.more
  const more = useCallback(() => latest.current(), [])
  /** Those that are selected, or the one that keys are for. */
  const meant = selected.length > 0 ? selected : current === undefined ? [] : [current]
  const trashAll = (): void => {
    for (const file of meant) does.trash?.(file)
    clear()
  }
  useShortcuts(exportedShortcuts, {
    next: () => move(1),
    previous: () => move(-1),
    play: () => current !== undefined && current.file !== 'missing' && setPlaying(current),
    again: () => current !== undefined && does.again(current),
    copy: () => current !== undefined && does.copy.run(current),
    select: () => current !== undefined && toggle(current.id),
    selectAll,
    clear,
    montage: () => meant.length > 0 && does.montage(meant),
    trash: trashAll,
    undo: does.undo,
  })
  return (
    <>
      <div
        ref={frame}
        className={`min-h-0 grow overflow-y-auto px-4 pt-5 sm:px-8 sm:pt-8 ${selected.length > 0 ? 'pb-24' : 'pb-12'}`}
      >
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
                  selected={isSelected(file.id)}
                  selecting={selected.length > 0}
                  menu={menuOf(file)}
                  onChoose={() => choose(index)}
                  onSelect={() => toggle(file.id)}
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
      </div>
      <SelectionBar
        files={selected}
        onClear={clear}
        onMontage={() => does.montage(selected)}
        onTrash={does.trash && trashAll}
      />
      {playing !== null && <PlayDialog file={playing} does={does} onClose={() => setPlaying(null)} />}
    </>
  )
}
