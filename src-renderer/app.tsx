import { QueryClientProvider, type QueryClient } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { ApiProvider, type Api } from './api-context.tsx'
import { TooltipProvider } from './components/tooltip.tsx'
import type { createAppRouter } from './routes.tsx'

interface Props {
  readonly api: Api
  readonly queryClient: QueryClient
  readonly router: ReturnType<typeof createAppRouter>
}

export function App({ api, queryClient, router }: Props) {
  return (
    <ApiProvider api={api}>
      <QueryClientProvider client={queryClient}>
        <TooltipProvider delayDuration={400} skipDelayDuration={200}>
          <RouterProvider router={router} />
        </TooltipProvider>
      </QueryClientProvider>
    </ApiProvider>
  )
}
