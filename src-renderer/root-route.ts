import { createRootRoute } from '@tanstack/react-router'

/** What every page hangs below; `routes.tsx` gives it the shell. */
export const rootRoute = createRootRoute()
