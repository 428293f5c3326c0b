import ArrowLeftToLine from 'lucide-react/icons/arrow-left-to-line'
import ArrowRightToLine from 'lucide-react/icons/arrow-right-to-line'
import Redo from 'lucide-react/icons/redo-2'
import Undo from 'lucide-react/icons/undo-2'
import { useTranslation } from 'react-i18next'
import { ToolbarLine } from '../components/toolbar.tsx'
import { ShortcutButton } from '../shortcuts/shortcut-button.tsx'
import type { ShortcutGroup } from '../shortcuts/table.ts'
import type { Trim } from './use-trim.ts'

interface Props {
  readonly trim: Trim
  /** Whose keys `in`, `out`, `undo` and `redo` do the same. */
  readonly group: ShortcutGroup
  /** Moves an end to where playing is. */
  readonly onEnd: (end: 'start' | 'end') => void
}

/** Buttons of what the keys I and O do; nothing where no clip is chosen. */
export function TrimControls({ trim, group, onEnd }: Props) {
  const { t } = useTranslation()
  if (trim.span === null) return null
  return (
    <>
      <ToolbarLine />
      <ShortcutButton group={group} name="in" label={t('trim.in')} onClick={() => onEnd('start')}>
        <ArrowLeftToLine size={17} />
      </ShortcutButton>
      <ShortcutButton group={group} name="out" label={t('trim.out')} onClick={() => onEnd('end')}>
        <ArrowRightToLine size={17} />
      </ShortcutButton>
      <ShortcutButton group={group} name="undo" label={t('trim.undo')} disabled={!trim.canUndo} onClick={trim.undo}>
        <Undo size={17} />
      </ShortcutButton>
      <ShortcutButton group={group} name="redo" label={t('trim.redo')} disabled={!trim.canRedo} onClick={trim.redo}>
        <Redo size={17} />
      </ShortcutButton>
    </>
  )
}
