import { createContext, useContext, type ReactNode } from 'react'
import type { ApiClient, ApiQueries } from './api-client.ts'
import type { Connection } from './connection/connection.ts'

export interface Api {
  readonly client: ApiClient
  readonly queries: ApiQueries
  readonly connection: Connection
}

const Context = createContext<Api | null>(null)

export function ApiProvider({ api, children }: { api: Api; children: ReactNode }) {
  return <Context value={api}>{children}</Context>
}

/**
 * The engine: `client` for calls, `queries` for TanStack Query, `connection` for its state.
 * `const { queries } = useApi(); useQuery(queries.clips.get.queryOptions({ input: { id } }))`
 */
export function useApi(): Api {
  const api = useContext(Context)
  if (api === null) throw new Error('There is no ApiProvider above this.')
  return api
}
