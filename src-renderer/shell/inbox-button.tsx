import Bell from 'lucide-react/icons/bell'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../components/button.tsx'
import { useInbox } from './use-inbox.ts'

export function InboxButton({ onClick }: { onClick: () => void }) {
  const { t } = useTranslation()
  const { unread } = useInbox()
  return (
    <IconButton
      label={unread > 0 ? `${t('inbox.open')}: ${t('inbox.unread', { count: unread })}` : t('inbox.open')}
      onClick={onClick}
      className="relative"
    >
      <Bell size={18} strokeWidth={1.75} />
      {unread > 0 && <span className="absolute top-1.5 right-1.5 size-2 rounded-full bg-ember ring-2 ring-surface" />}
    </IconButton>
  )
}
