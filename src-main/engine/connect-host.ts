import { RPCHandler } from '@orpc/server/ws'
import { router } from '../api/router.ts'
import type { Engine } from '../engine.ts'
import { startHost, type Host, type HostOptions } from '../headless/host.ts'

/** An engine behind a host for browsers. The host is closed first, then the engine. */
export function connectHost(
  engine: Pick<Engine, 'api' | 'media' | 'files'>,
  options: Pick<HostOptions, 'host' | 'port' | 'rendererFolder' | 'onProblem'>,
): Promise<Host> {
  const rpc = new RPCHandler(router)
  return startHost({
    ...options,
    serveRpc: (socket) => void rpc.upgrade(socket, { context: engine.api }),
    media: (request, ended) => engine.media.answer(request, ended),
    upload: (upload, ended) => engine.files.upload(upload, ended),
  })
}
