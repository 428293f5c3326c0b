import { useTranslation } from 'react-i18next'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'

interface Props {
  readonly about: 'remove' | 'trash'
  readonly count: number
  readonly onYes: () => void
  readonly onClose: () => void
}

/** Asked before several recordings go. */
export function SelectionQuestion({ about, count, onYes, onClose }: Props) {
  const { t } = useTranslation()
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t(`library.selection.${about}Title`)}
      description={t(`library.selection.${about}Text`)}
      footer={
        <>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button variant="danger" onClick={onYes}>
            {t(`library.selection.${about}`)}
          </Button>
        </>
      }
    >
      <p className="figures text-sm text-soft">{t('library.count', { count })}</p>
    </Dialog>
  )
}
