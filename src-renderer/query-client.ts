import { QueryClient } from '@tanstack/react-query'
import { receivedError } from '../src-shared/contract/received-error.ts'

/** What was read stays until an event says that it changed; only a lost connection is tried again. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: Number.POSITIVE_INFINITY,
        gcTime: 5 * 60_000,
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
        networkMode: 'always',
        retry: (failures, error) => failures < 5 && receivedError(error).code === 'connection/lost',
        retryDelay: 300,
      },
      mutations: { networkMode: 'always' },
    },
  })
}
