import Command from 'lucide-react/icons/command'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../components/button.tsx'
import { Mark } from '../components/mark.tsx'
import { InboxButton } from './inbox-button.tsx'

/** Below 1024 px: what the side bar has besides pages. */
export function TopBar({ palette, inbox }: { palette: () => void; inbox: () => void }) {
  const { t } = useTranslation()
  return (
    <header className="flex h-13 shrink-0 items-center gap-1 border-b border-line bg-surface px-4 lg:hidden">
      <Mark className="mr-2 size-6" />
      <span className="grow text-base font-semibold tracking-tight">{t('shell.name')}</span>
      <IconButton label={t('palette.open')} onClick={palette}>
        <Command size={18} strokeWidth={1.75} />
      </IconButton>
      <InboxButton onClick={inbox} />
    </header>
  )
}
