import { createORPCClient } from '@orpc/client'
import type { ClientContext, ClientLink } from '@orpc/client'
import type { ContractRouterClient } from '@orpc/contract'
import { createTanstackQueryUtils } from '@orpc/tanstack-query'
import type { DesktopBridge } from '../src-shared/contract/desktop-bridge.ts'
import type { Contract } from '../src-shared/contract/router.ts'
import { createConnection, type Connection } from './connection/connection.ts'
import { openPortLine } from './connection/port-line.ts'
import { openSocketLine } from './connection/socket-line.ts'

/** Everything that the engine can be asked: `client.recordings.list({ … })`. */
export type ApiClient = ContractRouterClient<Contract>

/** The same as options for TanStack Query: `useQuery(api.recordings.list.queryOptions({ input }))`. */
export type ApiQueries = ReturnType<typeof createApi>['queries']

declare global {
  interface Window {
    readonly clutchcut?: DesktopBridge
  }
}

/** Client and query options over any link: the engine's, or a test's. */
export function createApi(link: ClientLink<ClientContext>) {
  const client: ApiClient = createORPCClient(link)
  return { client, queries: createTanstackQueryUtils(client) }
}

/** The engine behind the desktop's shell, or behind the host that this page came from. */
export function connectToEngine(bridge: DesktopBridge | undefined = window.clutchcut): Connection {
  return createConnection(bridge === undefined ? openSocketLine : openPortLine(bridge))
}
