import { Outlet, useRouter } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { announcement } from '../announce.ts'
import { Toaster } from '../components/toaster.tsx'
import { theme, usePreferences } from '../preferences.ts'
import type { NavigationEntry } from '../navigation.ts'
import { everywhere } from '../shortcuts/table.ts'
import { useShortcuts } from '../shortcuts/use-shortcuts.ts'
import { useStore } from '../store.ts'
import { BottomBar } from './bottom-bar.tsx'
import { ConnectionNotice } from './connection-notice.tsx'
import { SideBar } from './side-bar.tsx'
import { TopBar } from './top-bar.tsx'
import { useNotices } from './use-notices.ts'
import { useShellCommands } from './use-shell-commands.tsx'

const CommandPalette = lazy(async () => ({ default: (await import('./command-palette.tsx')).CommandPalette }))
const Inbox = lazy(async () => ({ default: (await import('./inbox.tsx')).Inbox }))
const KeyboardHelp = lazy(async () => ({ default: (await import('./keyboard-help.tsx')).KeyboardHelp }))

type Open = 'palette' | 'help' | 'inbox' | null

/** What stays while pages come and go. */
export function Shell({ navigation }: { navigation: readonly NavigationEntry[] }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState<Open>(null)
  const openers = useMemo(
    () => ({
      palette: () => setOpen('palette'),
      help: () => setOpen('help'),
      inbox: () => setOpen('inbox'),
    }),
    [],
  )
  const onOpenChange = (is: boolean): void => {
    if (!is) setOpen(null)
  }
  usePreferences()
  useNotices()
  useShortcuts(everywhere, openers)
  useShellCommands(navigation, openers)
  const main = useFocusOnPageChange()
  return (
    <div className="flex h-dvh flex-col lg:flex-row">
      <a
        href="#content"
        onClick={(event) => {
          event.preventDefault()
          main.current?.focus()
        }}
        className="fixed top-2 left-2 z-50 -translate-y-16 rounded-md bg-ember px-4 py-2 text-sm font-semibold text-on-ember focus:translate-y-0"
      >
        {t('shell.skip')}
      </a>
      <SideBar navigation={navigation} {...openers} />
      <TopBar {...openers} />
      <main ref={main} id="content" tabIndex={-1} className="relative flex min-h-0 min-w-0 grow flex-col outline-none">
        <ConnectionNotice />
        <Outlet />
      </main>
      <BottomBar navigation={navigation} />
      <Suspense>
        {open === 'palette' && <CommandPalette onOpenChange={onOpenChange} />}
        {open === 'help' && <KeyboardHelp onOpenChange={onOpenChange} />}
        {open === 'inbox' && <Inbox onOpenChange={onOpenChange} />}
      </Suspense>
      <Toaster theme={useStore(theme)} label={t('inbox.toasts')} />
      <div role="status" aria-live="polite" className="sr-only">
        {useStore(announcement)}
      </div>
    </div>
  )
}

/** A page that opens gets the focus on its heading, so that keys and screen readers begin there. */
function useFocusOnPageChange() {
  const main = useRef<HTMLElement>(null)
  const router = useRouter()
  useEffect(
    () =>
      router.subscribe('onRendered', ({ fromLocation, toLocation, pathChanged }) => {
        if (fromLocation === undefined || !pathChanged || fromLocation.pathname === toLocation.pathname) return
        const heading = main.current?.querySelector<HTMLElement>('h1[tabindex]')
        ;(heading ?? main.current)?.focus({ preventScroll: true })
      }),
    [router],
  )
  return main
}
