import { useNavigate } from '@tanstack/react-router'
import Bell from 'lucide-react/icons/bell'
import Keyboard from 'lucide-react/icons/keyboard'
import SunMoon from 'lucide-react/icons/sun-moon'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Settings } from '../../src-shared/contract/settings.ts'
import { useApi } from '../api-context.tsx'
import { useCommands, type Command } from '../commands.ts'
import type { NavigationEntry } from '../navigation.ts'
import { applyTheme } from '../preferences.ts'
import { everywhere } from '../shortcuts/table.ts'
import { useShownKeys } from '../shortcuts/use-shortcuts.ts'

// Not the contract's list: with it comes zod, which the first page does not need.
const themes = ['system', 'dark', 'light'] as const satisfies readonly Settings['theme'][]

/** What the palette offers on every page. */
export function useShellCommands(
  navigation: readonly NavigationEntry[],
  { help, inbox }: { help: () => void; inbox: () => void },
): void {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { client } = useApi()
  const helpKeys = useShownKeys(everywhere, 'help')
  const inboxKeys = useShownKeys(everywhere, 'inbox')
  const commands = useMemo((): readonly Command[] => {
    const pages = navigation.map(({ to, label, icon: Icon }) => ({
      id: `go${to}`,
      label: t(label),
      group: t('palette.go'),
      icon: <Icon size={16} />,
      run: () => void navigate({ to }),
    }))
    const looks = themes.map((theme) => ({
      id: `theme-${theme}`,
      label: t(`palette.theme.${theme}`),
      group: t('palette.do'),
      icon: <SunMoon size={16} />,
      run: () => {
        applyTheme(theme)
        void client.settings.change({ theme })
      },
    }))
    const helpers: Command[] = [
      {
        id: 'inbox',
        label: t('inbox.open'),
        group: t('palette.do'),
        icon: <Bell size={16} />,
        keys: inboxKeys,
        run: inbox,
      },
      {
        id: 'help',
        label: t('keys.everywhere.help'),
        group: t('palette.do'),
        icon: <Keyboard size={16} />,
        keys: helpKeys,
        run: help,
      },
    ]
    return [...pages, ...helpers, ...looks]
  }, [navigation, t, navigate, client, help, inbox, helpKeys, inboxKeys])
  useCommands(commands)
}
