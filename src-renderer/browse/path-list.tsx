import { useQuery } from '@tanstack/react-query'
import CornerLeftUp from 'lucide-react/icons/corner-left-up'
import File from 'lucide-react/icons/file'
import Folder from 'lucide-react/icons/folder'
import { useTranslation } from 'react-i18next'
import type { FileKind } from '../../src-shared/contract/files.ts'
import { useApi } from '../api-context.tsx'
import { ErrorState } from '../components/error-state.tsx'
import { Skeleton } from '../components/skeleton.tsx'

interface Props {
  /** null: where one may begin. */
  readonly folder: string | null
  readonly files: FileKind
  readonly onFolder: (folder: string | null) => void
  readonly onFile: (path: string) => void
}

/** Folders and files of the machine that the engine runs on, as far as they may be looked at. */
export function PathList({ folder, files, onFolder, onFile }: Props) {
  const { t } = useTranslation()
  const { queries } = useApi()
  const { data, error, refetch } = useQuery({
    ...queries.files.browse.queryOptions({ input: { folder, files } }),
    // Folders change without telling.
    staleTime: 0,
  })
  return (
    <>
      <p className="mb-1 truncate font-mono text-xs text-faint">{data?.folder ?? t('browse.places')}</p>
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
        {data?.entries.map(({ kind, name, path }) => {
          const Icon = kind === 'folder' ? Folder : File
          return (
            <li key={path}>
              <button type="button" className={line} onClick={() => (kind === 'folder' ? onFolder : onFile)(path)}>
                <Icon size={18} className="shrink-0 text-faint" aria-hidden="true" />
                <span className="truncate">{name}</span>
              </button>
            </li>
          )
        })}
      </ul>
      {data?.entries.length === 0 && <p className="py-6 text-center text-sm text-soft">{t('browse.empty')}</p>}
      {data?.cutShort === true && <p className="pt-2 text-xs text-soft">{t('browse.cutShort')}</p>}
    </>
  )
}

const line = 'flex h-10 w-full items-center gap-3 rounded-md px-2.5 text-left text-sm hover:bg-hover'
