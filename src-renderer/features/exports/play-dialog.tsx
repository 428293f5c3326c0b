import Copy from 'lucide-react/icons/copy'
import Download from 'lucide-react/icons/download'
import FolderOpen from 'lucide-react/icons/folder-open'
import { useTranslation } from 'react-i18next'
import type { ExportedFile } from '../../../src-shared/contract/exports.ts'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { inOurWords } from '../../i18n/engine-words.ts'
import { nameOf } from './name-of.ts'
import { mediaPath, type FileActions } from './use-file-actions.ts'

interface Props {
  readonly file: ExportedFile
  readonly does: FileActions
  readonly onClose: () => void
}

/** Plays a finished file as it lies there. */
export function PlayDialog({ file, does, onClose }: Props) {
  const { t } = useTranslation()
  const { reveal, copy, download } = does
  return (
    <Dialog
      open
      wide
      onOpenChange={onClose}
      title={file.title === '' ? nameOf(file.path) : inOurWords(file.title)}
      footer={
        <>
          {reveal !== undefined && (
            <Button icon={<FolderOpen size={16} />} onClick={() => reveal(file)}>
              {t('exported.reveal')}
            </Button>
          )}
          <Button icon={<Copy size={16} />} onClick={() => copy.run(file)}>
            {t(`exported.copy.${copy.what}`)}
          </Button>
          {download !== undefined && (
            <Button icon={<Download size={16} />} onClick={() => download(file)}>
              {t('exported.download')}
            </Button>
          )}
        </>
      }
    >
      <video
        src={mediaPath(file)}
        controls
        autoPlay
        aria-label={inOurWords(file.title)}
        className="mx-auto max-h-[min(34rem,70dvh)] w-full rounded-md bg-black"
      />
    </Dialog>
  )
}
