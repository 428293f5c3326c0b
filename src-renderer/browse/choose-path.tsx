import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DesktopBridge } from '../../src-shared/contract/desktop-bridge.ts'
import { Button } from '../components/button.tsx'
import { Dialog } from '../components/dialog.tsx'
import { PathList } from './path-list.tsx'

interface Props {
  readonly title: string
  /** A folder, a file with captions, or a recording. */
  readonly what: 'folder' | 'texts' | 'recordings'
  readonly from: string | null
  readonly onChoose: (path: string) => void
  readonly onClose: () => void
}

/** Chooses one folder or one file on the machine that the engine runs on; in the desktop, by the system's own dialog. */
export function ChoosePath(props: Props) {
  return window.clutchcut === undefined ? (
    <BrowsePath {...props} />
  ) : (
    <PickPath {...props} pick={window.clutchcut.pick} />
  )
}

function PickPath({ what, from, onChoose, onClose, pick }: Props & { readonly pick: DesktopBridge['pick'] }) {
  // Asked once for each time that it is shown, whatever its owner makes anew meanwhile.
  const latest = useRef({ onChoose, onClose })
  latest.current = { onChoose, onClose }
  useEffect(() => {
    let shown = true
    void pick({ kind: what, from }).then(([path]) => {
      if (!shown) return
      if (path !== undefined) latest.current.onChoose(path)
      latest.current.onClose()
    })
    return () => {
      shown = false
    }
  }, [pick, what, from])
  return null
}

function BrowsePath({ title, what, from, onChoose, onClose }: Props) {
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
      <PathList folder={folder} files={what === 'folder' ? 'none' : what} onFolder={setFolder} onFile={choose} />
    </Dialog>
  )
}
