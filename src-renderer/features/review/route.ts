import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import Clapperboard from 'lucide-react/icons/clapperboard'
import type { NavigationEntry } from '../../navigation.ts'
import { rootRoute } from '../../root-route.ts'
import { CandidateCount } from './candidate-count.tsx'
import { parseReviewSearch } from './search.ts'

export const reviewRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/review',
  validateSearch: parseReviewSearch,
  component: lazyRouteComponent(() => import('./review-page.tsx'), 'ReviewPage'),
})

export const reviewEntry: NavigationEntry = {
  to: '/review',
  label: 'review.title',
  icon: Clapperboard,
  order: 20,
  Count: CandidateCount,
}
