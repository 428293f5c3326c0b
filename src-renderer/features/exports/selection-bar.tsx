import Trash from 'lucide-react/icons/trash-2'
import X from 'lucide-react/icons/x'
import { useTranslation } from 'react-i18next'
import type { ExportedFile } from '../../../src-shared/contract/exports.ts'
import { Button, IconButton } from '../../components/button.tsx'
import { Toolbar } from '../../components/toolbar.tsx'

interface Props {
  readonly files: readonly ExportedFile[]
  readonly onClear: () => void
  readonly onMontage: () => void
  /** Absent where there is no recycle bin. */
  readonly onTrash: (() => void) | undefined
}

/** What can be done with several files at once. */
export function SelectionBar({ files, onClear, onMontage, onTrash }: Props) {
  const { t } = useTranslation()
  if (files.length === 0) return null
  return (
    <div className="absolute inset-x-0 bottom-4 z-20 flex justify-center px-4">
      <Toolbar
        label={t('exported.selection')}
        className="animate-rise rounded-lg border border-line bg-raised p-2 pl-4 shadow-float"
      >
        <span className="figures text-sm font-medium whitespace-nowrap" role="status">
          {t('exported.selected', { count: files.length })}
        </span>
        <Button size="s" onClick={onMontage} aria-label={t('montage.make')}>
          <span className="sm:hidden">{t('montage.title')}</span>
          <span className="max-sm:hidden">{t('montage.make')}</span>
        </Button>
        {onTrash !== undefined && (
          <IconButton size="s" label={t('exported.trash')} onClick={onTrash}>
            <Trash size={16} />
          </IconButton>
        )}
        <IconButton size="s" label={t('exported.clear')} onClick={onClear}>
          <X size={17} />
        </IconButton>
      </Toolbar>
    </div>
  )
}
