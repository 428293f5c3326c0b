import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { rootRoute } from '../../root-route.ts'
import { parseRecordingSearch } from './search.ts'

export const recordingRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/recordings/$id',
  validateSearch: parseRecordingSearch,
  component: lazyRouteComponent(() => import('./recording-page.tsx'), 'RecordingPage'),
})
