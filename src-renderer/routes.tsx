import { createHashHistory, createRouter } from '@tanstack/react-router'
import { galleryRoute } from './features/gallery/route.ts'
import { libraryEntry, libraryRoute } from './features/library/route.ts'
import { recordingRoute } from './features/recording/route.ts'
import { reviewEntry, reviewRoute } from './features/review/route.ts'
import type { NavigationEntry } from './navigation.ts'
import { rootRoute } from './root-route.ts'
import { NotFound } from './shell/not-found.tsx'
import { PageFailure } from './shell/page-failure.tsx'
import { Shell } from './shell/shell.tsx'

/** One line for each page: it is loaded when it is opened. */
const pages = [
  libraryRoute, //
  recordingRoute,
  reviewRoute,
  galleryRoute,
]

/** One line for each page that stands in the navigation. */
const entries: readonly NavigationEntry[] = [
  libraryEntry, //
  reviewEntry,
]

const navigation = entries.toSorted((a, b) => a.order - b.order)

const routeTree = rootRoute
  .update({ component: () => <Shell navigation={navigation} />, notFoundComponent: NotFound })
  .addChildren(pages)

export function createAppRouter() {
  return createRouter({
    routeTree,
    // The same in a browser and in the desktop's window, which has no server that knows our paths.
    history: createHashHistory(),
    defaultPreload: 'intent',
    defaultErrorComponent: PageFailure,
    scrollRestoration: false,
  })
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>
  }
}
