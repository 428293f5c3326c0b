import { QueryClientProvider, type QueryClient } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { ApiProvider, type Api } from './api-context.tsx'
import { Tooltips } from './components/tooltip.tsx'
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
        <RouterProvider router={router} />
        <Tooltips />
      </QueryClientProvider>
    </ApiProvider>
  )
}
