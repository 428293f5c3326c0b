import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import Settings from 'lucide-react/icons/settings'
import type { NavigationEntry } from '../../navigation.ts'
import { rootRoute } from '../../root-route.ts'

export interface SettingsSearch {
  /** The section that a link leads to. */
  readonly section?: string
}

export const settingsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/settings',
  validateSearch: ({ section }: Record<string, unknown>): SettingsSearch =>
    typeof section === 'string' ? { section } : {},
  component: lazyRouteComponent(() => import('./settings-page.tsx'), 'SettingsPage'),
})

export const settingsEntry: NavigationEntry = { to: '/settings', label: 'settings.title', icon: Settings, order: 90 }
