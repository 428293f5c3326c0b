import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../components/button.tsx'
import { Dialog } from '../components/dialog.tsx'
import { PathList } from './path-list.tsx'

interface Props {
  readonly title: string
  /** A folder, or a file with captions. */
  readonly what: 'folder' | 'texts'
  readonly from: string | null
  readonly onChoose: (path: string) => void
  readonly onClose: () => void
}

/** Chooses one folder or one file on the machine that the engine runs on. */
export function ChoosePath({ title, what, from, onChoose, onClose }: Props) {
  const { t } = useTranslation()
  const [folder, setFolder] = useState(from)
  const choose = (path: string): void => {
    onChoose(path)
    onClose()
  }
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={title}
      footer={
        <>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          {what === 'folder' && (
            <Button variant="primary" disabled={folder === null} onClick={() => folder !== null && choose(folder)}>
              {t('browse.here')}
            </Button>
          )}
        </>
      }
    >
      <PathList folder={folder} files={what === 'folder' ? 'none' : 'texts'} onFolder={setFolder} onFile={choose} />
    </Dialog>
  )
}
