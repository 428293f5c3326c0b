import Check from 'lucide-react/icons/check'
import FolderOpen from 'lucide-react/icons/folder-open'
import Pencil from 'lucide-react/icons/pencil'
import StepForward from 'lucide-react/icons/step-forward'
import Trash from 'lucide-react/icons/trash'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { toast } from 'sonner'
import { Button, IconButton } from '../../components/button.tsx'
import { Dialog, Sheet } from '../../components/dialog.tsx'
import { Kbd } from '../../components/kbd.tsx'
import { Menu } from '../../components/menu.tsx'
import { Toolbar, ToolbarLine } from '../../components/toolbar.tsx'
import { GalleryGroup } from './gallery-group.tsx'

export function GalleryOverlays() {
  const { t } = useTranslation()
  const [open, setOpen] = useState<'dialog' | 'sheet' | null>(null)
  const close = (): void => setOpen(null)
  return (
    <>
      <GalleryGroup title={t('gallery.buttons')}>
        <Toolbar label={t('gallery.buttons')}>
          <Button variant="primary" icon={<Check size={16} />}>
            {t('gallery.sample.save')}
          </Button>
          <Button>{t('gallery.sample.preview')}</Button>
          <Button variant="quiet">{t('common.cancel')}</Button>
          <Button variant="danger">{t('gallery.sample.reject')}</Button>
          <Button disabled>{t('gallery.sample.keep')}</Button>
        </Toolbar>
        <Toolbar label={t('gallery.sample.tools')}>
          <Button size="s">{t('gallery.sample.keep')}</Button>
          <Button size="l" variant="primary">
            {t('gallery.sample.keep')}
          </Button>
          <ToolbarLine />
          <IconButton label={t('gallery.sample.forward')} shortcut="→">
            <StepForward size={18} />
          </IconButton>
          <IconButton label={t('gallery.sample.rename')} aria-pressed>
            <Pencil size={18} />
          </IconButton>
          <ToolbarLine />
          <Kbd keys="Ctrl+K" />
        </Toolbar>
      </GalleryGroup>
      <GalleryGroup title={t('gallery.overlays')}>
        <Toolbar label={t('gallery.overlays')}>
          <Button onClick={() => setOpen('dialog')}>{t('gallery.sample.dialog')}</Button>
          <Button onClick={() => setOpen('sheet')}>{t('gallery.sample.sheet')}</Button>
          <Menu
            align="start"
            items={[
              { label: t('gallery.sample.rename'), icon: <Pencil size={16} />, shortcut: 'R', onSelect: close },
              { label: t('gallery.sample.reveal'), icon: <FolderOpen size={16} />, onSelect: close },
              null,
              { label: t('gallery.sample.trash'), icon: <Trash size={16} />, danger: true, onSelect: close },
            ]}
          >
            <Button>{t('gallery.sample.menu')}</Button>
          </Menu>
          <Button onClick={() => toast(t('gallery.sample.toastText'))}>{t('gallery.sample.toast')}</Button>
        </Toolbar>
      </GalleryGroup>
      <Dialog
        open={open === 'dialog'}
        onOpenChange={close}
        title={t('gallery.sample.dialogTitle')}
        description={t('gallery.sample.dialogText')}
        footer={
          <>
            <Button onClick={close}>{t('common.cancel')}</Button>
            <Button variant="danger" onClick={close}>
              {t('gallery.sample.trash')}
            </Button>
          </>
        }
      >
        <p className="text-sm text-soft">{t('gallery.sample.learnHint')}</p>
      </Dialog>
      <Sheet open={open === 'sheet'} onOpenChange={close} title={t('gallery.sample.sheet')}>
        <p className="text-sm text-soft">{t('gallery.sample.learnHint')}</p>
      </Sheet>
    </>
  )
}
