import FolderOpen from 'lucide-react/icons/folder-open'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../api-context.tsx'
import { ChoosePath } from '../../browse/choose-path.tsx'
import { Button } from '../../components/button.tsx'
import { Menu } from '../../components/menu.tsx'

interface Props {
  readonly label: string
  /** null: what `usual` says. */
  readonly value: string | null
  readonly usual: string
  readonly onChange: (folder: string | null) => void
  readonly hint?: string
}

/** A folder on the engine's machine: one of the last ones, or one that is looked for. */
export function FolderField({ label, value, usual, onChange, hint }: Props) {
  const { t } = useTranslation()
  const { client, queries } = useApi()
  const { data: settings } = useQuery(queries.settings.get.queryOptions())
  const [choosing, setChoosing] = useState(false)
  const recent = settings?.recentFolders ?? []
  const choose = (folder: string): void => {
    onChange(folder)
    const recentFolders = [folder, ...recent.filter((each) => each !== folder)].slice(0, 8)
    // Only a convenience: without it, the folder is chosen all the same.
    void client.settings.change({ recentFolders }).catch(() => null)
  }
  return (
    <div>
      <p className="mb-1.5 text-sm font-medium">{label}</p>
      <div className="flex items-center gap-2">
        <p
          className="flex h-9 min-w-0 grow items-center rounded-md border border-line bg-surface pointer-coarse:h-11 px-3 text-sm text-soft"
          title={value ?? usual}
        >
          <span className="truncate">{value ?? usual}</span>
        </p>
        <Menu
          items={[
            { label: t('exporting.browse'), onSelect: () => setChoosing(true) },
            ...(value === null ? [] : [{ label: usual, onSelect: () => onChange(null) }]),
            ...(recent.length === 0 ? [] : [null]),
            ...recent
              .filter((folder) => folder !== value)
              .map((folder) => ({ label: folder, onSelect: () => choose(folder) })),
          ]}
        >
          <Button icon={<FolderOpen size={16} />} aria-label={t('exporting.changeFolder', { label })}>
            {t('exporting.change')}
          </Button>
        </Menu>
      </div>
      {hint !== undefined && <p className="mt-1.5 text-xs text-faint">{hint}</p>}
      {choosing && (
        <ChoosePath title={label} what="folder" from={value} onChoose={choose} onClose={() => setChoosing(false)} />
      )}
    </div>
  )
}
