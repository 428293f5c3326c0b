import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import Library from 'lucide-react/icons/gallery-vertical-end'
import type { NavigationEntry } from '../../navigation.ts'
import { rootRoute } from '../../root-route.ts'
import { parseLibrarySearch } from './search.ts'

export const libraryRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  validateSearch: parseLibrarySearch,
  component: lazyRouteComponent(() => import('./library-page.tsx'), 'LibraryPage'),
})

export const libraryEntry: NavigationEntry = { to: '/', label: 'library.title', icon: Library, order: 10 }
