import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer, type WebSocket } from 'ws'
import { refuseSocket } from './refuse-socket.ts'

export interface RpcSocketsOptions {
  /** Answers the calls that come in, until the socket closes. */
  readonly serve: (socket: WebSocket) => void
  readonly maxSockets?: number
  readonly pingMs?: number
}

export interface RpcSockets {
  /** For a request that has been checked. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void
  close(): Promise<void>
}

/** What a call may weigh. The largest is the log of a clip's edits. */
const MAX_MESSAGE_BYTES = 4 * 1024 * 1024
/** A window that does not read what it asked for is let go before it fills the memory. */
const MAX_UNREAD_BYTES = 64 * 1024 * 1024

/** The open connections to the engine: so many, each answering pings, none with an endless backlog. */
export function createRpcSockets({ serve, maxSockets = 32, pingMs = 20_000 }: RpcSocketsOptions): RpcSockets {
  const server = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES, perMessageDeflate: false })
  const answered = new WeakSet<WebSocket>()
  const heartbeat = setInterval(() => {
    for (const socket of server.clients) {
      if (!answered.delete(socket) || socket.bufferedAmount > MAX_UNREAD_BYTES) socket.terminate()
      else socket.ping()
    }
  }, pingMs)
  heartbeat.unref()

  return {
    upgrade(request, socket, head) {
      if (server.clients.size >= maxSockets) {
        refuseSocket(socket, 503)
        return
      }
      server.handleUpgrade(request, socket, head, (opened) => {
        answered.add(opened)
        opened.on('pong', () => answered.add(opened))
        // Too large a message, or a broken frame: ws closes the socket itself.
        opened.on('error', () => {})
        serve(opened)
      })
    },
    async close() {
      clearInterval(heartbeat)
      const closed = [...server.clients].map(
        (socket) => new Promise<void>((resolve) => void socket.once('close', () => resolve())),
      )
      for (const socket of server.clients) socket.close(1001, 'Clutchcut ends.')
      const impatient = setTimeout(() => {
        for (const socket of server.clients) socket.terminate()
      }, 1000)
      await Promise.all(closed)
      clearTimeout(impatient)
      server.close()
    },
  }
}
