import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import FileVideo from 'lucide-react/icons/file-video'
import type { NavigationEntry } from '../../navigation.ts'
import { rootRoute } from '../../root-route.ts'

export const exportsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/exports',
  component: lazyRouteComponent(() => import('./exports-page.tsx'), 'ExportsPage'),
})

export const exportsEntry: NavigationEntry = { to: '/exports', label: 'exported.title', icon: FileVideo, order: 30 }
