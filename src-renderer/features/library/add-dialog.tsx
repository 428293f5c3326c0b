import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PathList } from '../../browse/path-list.tsx'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import type { Add } from './use-add.ts'

/** Chooses recordings on the machine that the engine runs on, or sends some from this one. */
export function AddDialog({ add, onClose }: { add: Add; onClose: () => void }) {
  const { t } = useTranslation()
  const [folder, setFolder] = useState<string | null>(null)
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const picker = useRef<HTMLInputElement>(null)
  const toggle = (path: string): void => {
    const next = new Set(chosen)
    if (!next.delete(path)) next.add(path)
    setChosen(next)
  }
  const chooseAll = (paths: readonly string[], wanted: boolean): void => {
    setChosen(wanted ? new Set([...chosen, ...paths]) : new Set([...chosen].filter((path) => !paths.includes(path))))
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
      <PathList
        folder={folder}
        files="recordings"
        onFolder={setFolder}
        onFile={toggle}
        chosen={chosen}
        onAll={chooseAll}
      />
    </Dialog>
  )
}
