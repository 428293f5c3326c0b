import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { Settings } from '../src-shared/contract/settings.ts'
import { useApi } from './api-context.tsx'
import { changeLanguage, languageOf } from './i18n/language.ts'
import { ownKeys } from './shortcuts/use-shortcuts.ts'
import { createStore } from './store.ts'

const REMEMBERED = 'clutchcut.theme'

export const theme = createStore<Settings['theme']>('system')

/** `system` leaves it to `prefers-color-scheme`. */
export function applyTheme(next: Settings['theme']): void {
  theme.set(next)
  if (next === 'system') delete document.documentElement.dataset['theme']
  else document.documentElement.dataset['theme'] = next
  localStorage.setItem(REMEMBERED, next)
}

/** `system` leaves it to `prefers-reduced-motion`. */
function applyMotion(reduced: Settings['reducedMotion']): void {
  if (reduced === 'system') delete document.documentElement.dataset['motion']
  else document.documentElement.dataset['motion'] = reduced === 'on' ? 'reduced' : 'full'
}

/** Before the engine says which it is: the last one, so that the window does not flash. */
export function applyRememberedTheme(): void {
  const remembered = localStorage.getItem(REMEMBERED)
  if (remembered === 'dark' || remembered === 'light') applyTheme(remembered)
}

/** Keeps theme, motion, language and keys as the settings have them. */
export function usePreferences(): void {
  const { queries } = useApi()
  const { data } = useQuery(queries.settings.get.queryOptions())
  useEffect(() => {
    if (data === undefined) return
    applyTheme(data.theme)
    applyMotion(data.reducedMotion)
    ownKeys.set(data.shortcuts)
    void changeLanguage(languageOf(data.language, navigator.languages))
  }, [data])
}
