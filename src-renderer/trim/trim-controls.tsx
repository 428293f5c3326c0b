import ArrowLeftToLine from 'lucide-react/icons/arrow-left-to-line'
import ArrowRightToLine from 'lucide-react/icons/arrow-right-to-line'
import Redo from 'lucide-react/icons/redo-2'
import Undo from 'lucide-react/icons/undo-2'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../components/button.tsx'
import { ToolbarLine } from '../components/toolbar.tsx'
import type { Trim } from './use-trim.ts'

interface Props {
  readonly trim: Trim
  /** Moves an end to where playing is. */
  readonly onEnd: (end: 'start' | 'end') => void
}

/** Buttons of what the keys I and O do; nothing where no clip is chosen. */
export function TrimControls({ trim, onEnd }: Props) {
  const { t } = useTranslation()
  if (trim.span === null) return null
  return (
    <>
      <ToolbarLine />
      <IconButton label={t('trim.in')} shortcut="I" onClick={() => onEnd('start')}>
        <ArrowLeftToLine size={17} />
      </IconButton>
      <IconButton label={t('trim.out')} shortcut="O" onClick={() => onEnd('end')}>
        <ArrowRightToLine size={17} />
      </IconButton>
      <IconButton label={t('trim.undo')} shortcut="Ctrl+Z" disabled={!trim.canUndo} onClick={trim.undo}>
        <Undo size={17} />
      </IconButton>
      <IconButton label={t('trim.redo')} shortcut="Ctrl+Shift+Z" disabled={!trim.canRedo} onClick={trim.redo}>
        <Redo size={17} />
      </IconButton>
    </>
  )
}
