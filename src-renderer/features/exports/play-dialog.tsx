import Download from 'lucide-react/icons/download'
import { useTranslation } from 'react-i18next'
import type { ExportedFile } from '../../../src-shared/contract/exports.ts'
import { Dialog } from '../../components/dialog.tsx'
import { mediaPath } from './use-file-actions.ts'

/** Plays a finished file as it lies there. */
export function PlayDialog({ file, onClose }: { file: ExportedFile; onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <Dialog
      open
      wide
      onOpenChange={onClose}
      title={file.title}
      footer={
        <a
          href={mediaPath(file)}
          download={file.path.split(/[\\/]/).at(-1)}
          className="inline-flex h-9 items-center gap-2 rounded-md border border-line bg-raised px-3.5 text-sm font-medium hover:bg-hover"
        >
          <Download size={16} aria-hidden="true" />
          {t('exported.download')}
        </a>
      }
    >
      <video
        src={mediaPath(file)}
        controls
        autoPlay
        aria-label={file.title}
        className="mx-auto max-h-[min(34rem,70dvh)] w-full rounded-md bg-black"
      />
    </Dialog>
  )
}
