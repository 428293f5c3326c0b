import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import ListChecks from 'lucide-react/icons/list-checks'
import type { NavigationEntry } from '../../navigation.ts'
import { rootRoute } from '../../root-route.ts'
import { JobCount } from './job-count.tsx'

export const jobsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/jobs',
  component: lazyRouteComponent(() => import('./jobs-page.tsx'), 'JobsPage'),
})

export const jobsEntry: NavigationEntry = {
  to: '/jobs',
  label: 'jobs.title',
  icon: ListChecks,
  order: 40,
  Count: JobCount,
}
