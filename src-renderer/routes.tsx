import { createHashHistory, createRouter } from '@tanstack/react-router'
import { ExportPlace } from './features/exports/export-place.tsx'
import { exportsEntry, exportsRoute } from './features/exports/route.ts'
import { galleryRoute } from './features/gallery/route.ts'
import { jobsEntry, jobsRoute } from './features/jobs/route.ts'
import { libraryEntry, libraryRoute } from './features/library/route.ts'
import { MontagePlace } from './features/montage/montage-place.tsx'
import { recordingRoute } from './features/recording/route.ts'
import { reviewEntry, reviewRoute } from './features/review/route.ts'
import { settingsEntry, settingsRoute } from './features/settings/route.ts'
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
  exportsRoute,
  jobsRoute,
  settingsRoute,
  galleryRoute,
]

/** One line for each page that stands in the navigation. */
const entries: readonly NavigationEntry[] = [
  libraryEntry, //
  reviewEntry,
  exportsEntry,
  jobsEntry,
  settingsEntry,
]

const navigation = entries.toSorted((a, b) => a.order - b.order)

/** What stays while pages come and go. */
function Frame() {
  return (
    <>
      <Shell navigation={navigation} />
      <ExportPlace />
      <MontagePlace />
    </>
  )
}

const routeTree = rootRoute.update({ component: Frame, notFoundComponent: NotFound }).addChildren(pages)

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
