import ArrowLeftToLine from 'lucide-react/icons/arrow-left-to-line'
import ArrowRightToLine from 'lucide-react/icons/arrow-right-to-line'
import Plus from 'lucide-react/icons/plus'
import X from 'lucide-react/icons/x'
import { useTranslation } from 'react-i18next'
import { ToolbarLine } from '../../components/toolbar.tsx'
import { ShortcutButton } from '../../shortcuts/shortcut-button.tsx'
import { recordingShortcuts as group } from './shortcuts.ts'
import type { Mark } from './use-mark.ts'

interface Props {
  readonly mark: Mark
  /** Marks an end where playing is. */
  readonly onEnd: (end: 'start' | 'end') => void
}

/** Buttons of what I, O and Enter do while no clip is chosen. */
export function MarkControls({ mark, onEnd }: Props) {
  const { t } = useTranslation()
  return (
    <>
      <ToolbarLine />
      <ShortcutButton group={group} name="in" label={t('recording.mark.in')} onClick={() => onEnd('start')}>
        <ArrowLeftToLine size={17} />
      </ShortcutButton>
      <ShortcutButton group={group} name="out" label={t('recording.mark.out')} onClick={() => onEnd('end')}>
        <ArrowRightToLine size={17} />
      </ShortcutButton>
      {mark.complete && (
        <ShortcutButton group={group} name="keep" label={t('recording.mark.make')} onClick={() => mark.make()}>
          <Plus size={17} />
        </ShortcutButton>
      )}
      {mark.span !== null && (
        <ShortcutButton group={group} name="clear" label={t('recording.mark.drop')} onClick={() => mark.drop()}>
          <X size={17} />
        </ShortcutButton>
      )}
    </>
  )
}
