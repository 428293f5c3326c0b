import { useQuery } from '@tanstack/react-query'
import CornerLeftUp from 'lucide-react/icons/corner-left-up'
import File from 'lucide-react/icons/file'
import Folder from 'lucide-react/icons/folder'
import { useTranslation } from 'react-i18next'
import type { BrowseEntry, FileKind } from '../../src-shared/contract/files.ts'
import { useApi } from '../api-context.tsx'
import { Button } from '../components/button.tsx'
import { ErrorState } from '../components/error-state.tsx'
import { Skeleton } from '../components/skeleton.tsx'
import { useFormat } from '../i18n/use-format.ts'

interface Props {
  /** null: where one may begin. */
  readonly folder: string | null
  readonly files: FileKind
  readonly onFolder: (folder: string | null) => void
  readonly onFile: (path: string) => void
  /** Where several files may be chosen: those that are. */
  readonly chosen?: ReadonlySet<string>
  /** Takes all files of the folder, or none of them. */
  readonly onAll?: (paths: readonly string[], wanted: boolean) => void
}

/** Folders and files of the machine that the engine runs on, as far as they may be looked at. */
export function PathList({ folder, files, onFolder, onFile, chosen, onAll }: Props) {
  const { t } = useTranslation()
  const { queries } = useApi()
  const { data, error, refetch } = useQuery({
    ...queries.files.browse.queryOptions({ input: { folder, files } }),
    // Folders change without telling.
    staleTime: 0,
  })
  const paths = data?.entries.flatMap((entry) => (entry.kind === 'file' ? [entry.path] : [])) ?? []
  const all = paths.every((path) => chosen?.has(path))
  return (
    <>
      <div className="mb-1 flex min-h-8 items-center gap-3">
        <p className="min-w-0 grow truncate font-mono text-xs text-faint" title={data?.folder ?? undefined}>
          {data?.folder ?? t('browse.places')}
        </p>
        {onAll !== undefined && paths.length > 1 && (
          <Button size="s" variant="quiet" onClick={() => onAll(paths, !all)}>
            {all ? t('browse.none') : t('browse.all', { count: paths.length })}
          </Button>
        )}
      </div>
      {error !== null && <ErrorState compact error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <Skeleton className="h-60" />}
      <ul className="min-h-60">
        {data !== undefined && data.folder !== null && (
          <li>
            <button type="button" className={line} onClick={() => onFolder(data.parent)}>
              <CornerLeftUp size={18} className="text-faint" aria-hidden="true" />
              {t('browse.up')}
            </button>
          </li>
        )}
        {data?.entries.map((entry) => (
          <li key={entry.path}>
            {entry.kind === 'file' && chosen !== undefined ? (
              <label className={`${line} cursor-pointer has-checked:bg-ember-wash`}>
                <input
                  type="checkbox"
                  checked={chosen.has(entry.path)}
                  onChange={() => onFile(entry.path)}
                  className="size-4 shrink-0 accent-(--ember)"
                />
                <EntryWords entry={entry} />
              </label>
            ) : (
              <button
                type="button"
                className={line}
                onClick={() => (entry.kind === 'folder' ? onFolder : onFile)(entry.path)}
              >
                <EntryWords entry={entry} />
              </button>
            )}
          </li>
        ))}
      </ul>
      {data?.entries.length === 0 && <p className="py-6 text-center text-sm text-soft">{t('browse.empty')}</p>}
      {data?.cutShort === true && <p className="pt-2 text-xs text-soft">{t('browse.cutShort')}</p>}
    </>
  )
}

function EntryWords({ entry: { kind, name, size } }: { entry: BrowseEntry }) {
  const format = useFormat()
  const Icon = kind === 'folder' ? Folder : File
  return (
    <>
      <Icon size={18} className="shrink-0 text-faint" aria-hidden="true" />
      <span className="grow truncate">{name}</span>
      {size !== null && <span className="figures shrink-0 text-xs text-faint">{format.bytes(size)}</span>}
    </>
  )
}

const line = 'flex h-10 w-full items-center gap-3 rounded-md px-2.5 text-left text-sm hover:bg-hover'
