import { Link } from '@tanstack/react-router'
import Command from 'lucide-react/icons/command'
import Keyboard from 'lucide-react/icons/keyboard'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../components/button.tsx'
import { Kbd } from '../components/kbd.tsx'
import { Mark } from '../components/mark.tsx'
import type { NavigationEntry } from '../navigation.ts'
import { everywhere } from '../shortcuts/table.ts'
import { useShownKeys } from '../shortcuts/use-shortcuts.ts'
import { InboxButton } from './inbox-button.tsx'

interface Props {
  readonly navigation: readonly NavigationEntry[]
  readonly palette: () => void
  readonly help: () => void
  readonly inbox: () => void
}

/** From 1024 px: the pages at the left, and what helps everywhere below them. */
export function SideBar({ navigation, palette, help, inbox }: Props) {
  const { t } = useTranslation()
  const paletteKeys = useShownKeys(everywhere, 'palette')
  const helpKeys = useShownKeys(everywhere, 'help')
  return (
    <aside className="hidden w-56 shrink-0 flex-col border-r border-line bg-surface px-3 pt-5 pb-3 lg:flex">
      <div className="mb-6 flex items-center gap-2.5 px-2">
        <Mark className="size-7" />
        <span className="text-base font-semibold tracking-tight">{t('shell.name')}</span>
      </div>
      <nav aria-label={t('shell.navigation')} className="flex flex-col gap-0.5">
        {navigation.map(({ to, label, icon: Icon, Count }) => (
          <Link
            key={to}
            to={to}
            activeOptions={{ exact: to === '/', includeSearch: false }}
            className="group flex h-9 items-center gap-3 rounded-md px-2.5 text-sm font-medium text-soft transition-colors hover:bg-hover hover:text-ink data-[status=active]:bg-hover data-[status=active]:text-ink"
          >
            <Icon
              size={18}
              strokeWidth={1.75}
              aria-hidden="true"
              className="text-faint group-data-[status=active]:text-ember-ink"
            />
            <span className="grow">{t(label)}</span>
            {Count !== undefined && <Count />}
          </Link>
        ))}
      </nav>
      <div className="grow" />
      <button
        type="button"
        onClick={palette}
        className="mb-2 flex h-9 items-center gap-3 rounded-md border border-line px-2.5 text-sm text-soft transition-colors hover:bg-hover hover:text-ink"
      >
        <Command size={16} strokeWidth={1.75} aria-hidden="true" className="text-faint" />
        <span className="grow text-left">{t('palette.open')}</span>
        {paletteKeys !== undefined && <Kbd keys={paletteKeys} />}
      </button>
      <div className="flex gap-1">
        <InboxButton onClick={inbox} />
        <IconButton
          label={t('keys.everywhere.help')}
          onClick={help}
          {...(helpKeys !== undefined && { shortcut: helpKeys })}
        >
          <Keyboard size={18} strokeWidth={1.75} />
        </IconButton>
      </div>
    </aside>
  )
}
