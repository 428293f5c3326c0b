import { useQuery } from '@tanstack/react-query'
import CornerLeftUp from 'lucide-react/icons/corner-left-up'
import FileVideo from 'lucide-react/icons/file-video'
import Folder from 'lucide-react/icons/folder'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../api-context.tsx'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { Skeleton } from '../../components/skeleton.tsx'
import { useFormat } from '../../i18n/use-format.ts'
import type { Add } from './use-add.ts'

/** Chooses recordings on the machine that the engine runs on, or sends some from this one. */
export function AddDialog({ add, onClose }: { add: Add; onClose: () => void }) {
  const { t } = useTranslation()
  const { queries } = useApi()
  const format = useFormat()
  const [folder, setFolder] = useState<string | null>(null)
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const picker = useRef<HTMLInputElement>(null)
  const { data, error, refetch } = useQuery({
    ...queries.files.browse.queryOptions({ input: { folder } }),
    // Folders change without telling.
    staleTime: 0,
  })
  const toggle = (path: string): void => {
    const next = new Set(chosen)
    if (!next.delete(path)) next.add(path)
    setChosen(next)
  }
  const finish = (started: Promise<void>): void => {
    void started
    onClose()
  }
  return (
    <Dialog
      open
      wide
      onOpenChange={onClose}
      title={t('library.browse.title')}
      description={t('library.browse.text')}
      footer={
        <>
          <Button className="mr-auto" onClick={() => picker.current?.click()}>
            {t('library.browse.choose')}
          </Button>
          <Button variant="primary" disabled={chosen.size === 0} onClick={() => finish(add.paths([...chosen]))}>
            {chosen.size === 0 ? t('library.add') : t('library.browse.add', { count: chosen.size })}
          </Button>
        </>
      }
    >
      <input
        ref={picker}
        type="file"
        multiple
        accept="video/*,audio/*,.mkv,.flv,.ts"
        hidden
        onChange={({ currentTarget }) => finish(add.files([...(currentTarget.files ?? [])]))}
      />
      <p className="mb-1 truncate font-mono text-xs text-faint">{data?.folder ?? t('library.browse.places')}</p>
      {error !== null && <ErrorState compact error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <Skeleton className="h-60" />}
      <ul className="min-h-60">
        {data !== undefined && data.folder !== null && (
          <li>
            <button type="button" className={line} onClick={() => setFolder(data.parent)}>
              <CornerLeftUp size={18} className="text-faint" aria-hidden="true" />
              {t('library.browse.up')}
            </button>
          </li>
        )}
        {data?.entries.map(({ kind, name, path, size }) => (
          <li key={path}>
            {kind === 'folder' ? (
              <button type="button" className={line} onClick={() => setFolder(path)}>
                <Folder size={18} className="shrink-0 text-faint" aria-hidden="true" />
                <span className="truncate">{name}</span>
              </button>
            ) : (
              <label className={`${line} cursor-pointer has-checked:bg-ember-wash`}>
                <input
                  type="checkbox"
                  checked={chosen.has(path)}
                  onChange={() => toggle(path)}
                  className="size-4 shrink-0 accent-(--ember)"
                />
                <FileVideo size={18} className="shrink-0 text-faint" aria-hidden="true" />
                <span className="grow truncate">{name}</span>
                {size !== null && <span className="figures shrink-0 text-xs text-faint">{format.bytes(size)}</span>}
              </label>
            )}
          </li>
        ))}
      </ul>
      {data?.entries.length === 0 && <p className="py-6 text-center text-sm text-soft">{t('library.browse.empty')}</p>}
      {data?.cutShort === true && <p className="pt-2 text-xs text-soft">{t('library.browse.cutShort')}</p>}
    </Dialog>
  )
}

const line = 'flex h-10 w-full items-center gap-3 rounded-md px-2.5 text-left text-sm hover:bg-hover'
