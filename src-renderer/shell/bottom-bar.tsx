import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { NavigationEntry } from '../navigation.ts'

/** Below 1024 px: the pages, within reach of a thumb. With one page there is nowhere to go. */
export function BottomBar({ navigation }: { navigation: readonly NavigationEntry[] }) {
  const { t } = useTranslation()
  if (navigation.length < 2) return null
  return (
    <nav
      aria-label={t('shell.navigation')}
      className="flex shrink-0 border-t border-line bg-surface pb-[env(safe-area-inset-bottom)] lg:hidden"
    >
      {navigation.map(({ to, label, icon: Icon }) => (
        <Link
          key={to}
          to={to}
          activeOptions={{ exact: to === '/', includeSearch: false }}
          className="group flex h-14 min-w-0 grow basis-0 flex-col items-center justify-center gap-0.5 text-[0.6875rem] font-medium text-soft -outline-offset-2 data-[status=active]:text-ink"
        >
          <Icon size={20} strokeWidth={1.75} aria-hidden="true" className="group-data-[status=active]:text-ember-ink" />
          <span className="max-w-full truncate px-0.5">{t(label)}</span>
        </Link>
      ))}
    </nav>
  )
}
