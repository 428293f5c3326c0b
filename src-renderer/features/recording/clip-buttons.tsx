import Check from 'lucide-react/icons/check'
import Pencil from 'lucide-react/icons/pencil'
import Share from 'lucide-react/icons/share'
import Star from 'lucide-react/icons/star'
import Trash from 'lucide-react/icons/trash-2'
import X from 'lucide-react/icons/x'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { StoredClip } from '../../../src-shared/contract/clip.ts'
import { IconButton } from '../../components/button.tsx'
import { ShortcutButton } from '../../shortcuts/shortcut-button.tsx'
import { openExport } from '../exports/open-export.ts'
import { recordingShortcuts } from './shortcuts.ts'

interface Props {
  readonly clip: StoredClip
  readonly onDecide: (state: 'kept' | 'rejected') => void
  readonly onFavourite: () => void
  readonly onRename: () => void
  readonly onRemove: () => void
}

interface Action {
  /** Of its shortcut, and of its words. */
  readonly name: 'keep' | 'reject' | 'favourite' | 'export' | 'rename'
  readonly icon: ReactNode
  readonly pressed?: boolean
  /** Its word beside the icon: what is decided most. */
  readonly worded?: boolean
  readonly does: () => void
}

const wordedClasses =
  'w-auto gap-1.5 px-2.5 pointer-coarse:w-auto text-sm aria-pressed:border-ember-ink aria-pressed:bg-ember-wash aria-pressed:text-ember-ink'

/** What can be done with a clip. */
export function ClipButtons({ clip, onDecide, onFavourite, onRename, onRemove }: Props) {
  const { t } = useTranslation()
  const { state, favourite } = clip
  const actions: Action[] = [
    { name: 'keep', icon: <Check size={16} />, pressed: state === 'kept', worded: true, does: () => onDecide('kept') },
    {
      name: 'reject',
      icon: <X size={16} />,
      pressed: state === 'rejected',
      worded: true,
      does: () => onDecide('rejected'),
    },
    { name: 'favourite', icon: <Star size={16} />, pressed: favourite, does: onFavourite },
    { name: 'export', icon: <Share size={16} />, does: () => openExport([clip]) },
    { name: 'rename', icon: <Pencil size={15} />, does: onRename },
  ]
  return (
    <>
      {actions.map(({ name, icon, pressed, worded, does }) => (
        <ShortcutButton
          key={name}
          group={recordingShortcuts}
          name={name}
          label={t(`recording.${name}`)}
          size="s"
          aria-pressed={pressed}
          onClick={does}
          {...(worded === true && { variant: 'secondary', className: wordedClasses })}
        >
          {icon}
          {worded === true && t(`recording.${name}`)}
        </ShortcutButton>
      ))}
      <IconButton label={t('recording.forget')} size="s" onClick={onRemove}>
        <Trash size={15} />
      </IconButton>
    </>
  )
}
