import { useTranslation } from 'react-i18next'
import type { RecorderFolder } from '../../../src-shared/contract/app.ts'
import { useFormat } from '../../i18n/use-format.ts'

interface Props {
  /** Absent while they are looked for. */
  readonly suggestions: readonly RecorderFolder[] | undefined
  /** Those that are not to be offered. */
  readonly untold: ReadonlySet<string>
  readonly onToggle: (folder: string) => void
}

/** Where recorders of this machine put recordings. */
export function FolderStep({ suggestions, untold, onToggle }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  if (suggestions === undefined) return <p className="text-sm text-soft">{t('firstRun.folders.looking')}</p>
  if (suggestions.length === 0) return <p className="text-sm text-soft">{t('firstRun.folders.none')}</p>
  return (
    <ul className="flex flex-col gap-1">
      {suggestions.map(({ folder, name, recordings, newestAt }) => (
        <li key={folder}>
          <label className="flex cursor-pointer items-center gap-3 rounded-md px-2 py-2 hover:bg-hover">
            <input
              type="checkbox"
              checked={!untold.has(folder)}
              onChange={() => onToggle(folder)}
              className="size-4 shrink-0 accent-(--ember)"
            />
            <span className="min-w-0 grow">
              <span className="figures block text-sm font-medium">
                {name} · {t('library.count', { count: recordings })}
              </span>
              <span className="block truncate text-xs text-faint" title={folder}>
                {folder}
                {newestAt !== null && ` · ${t('firstRun.folders.newest', { day: format.day(newestAt) })}`}
              </span>
            </span>
          </label>
        </li>
      ))}
    </ul>
  )
}
