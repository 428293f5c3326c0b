import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { hostname, networkInterfaces } from 'node:os'
import type { Duplex } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { WebSocket } from 'ws'
import { ClutchcutError, errorCodes, toClutchcutError } from '../../src-shared/contract/errors.ts'
import type { MediaAnswer, MediaRequest } from '../../src-shared/contract/media-answer.ts'
import { pageHeaders } from '../../src-shared/domain/page-headers.ts'
import { checkRequest, type RequestKind } from './check-request.ts'
import { hostNames, originOf } from './host-names.ts'
import { createBodyLimit } from './limit-body.ts'
import { createRateLimit } from './rate-limit.ts'
import { readBody } from './read-body.ts'
import { createRpcSockets } from './rpc-sockets.ts'
import { createUploads, type IncomingUpload } from './receive-upload.ts'
import { refuseSocket } from './refuse-socket.ts'
import { sendMedia } from './send-media.ts'
import { cookieName, createSessions, readCookie, sessionCookie } from './sessions.ts'
import { findStaticFile, openStaticFile } from './static-files.ts'

export interface HostOptions {
  readonly host: string
  /** 0: any free one. */
  readonly port: number
  /** The built interface. */
  readonly rendererFolder: string
  /** Answers the calls of one window, until its socket closes. */
  readonly serveRpc: (socket: WebSocket) => void
  /** Answers what lies below /media/. */
  readonly media: (request: MediaRequest, signal: AbortSignal) => Promise<MediaAnswer>
  /** Keeps a file that a browser sends. */
  readonly upload: (upload: IncomingUpload, signal: AbortSignal) => Promise<{ path: string }>
  /** Told of what went wrong inside. */
  readonly onProblem: (problem: unknown) => void
  /** How long a request's headers, and its body unless it is an upload that was let in, may take; milliseconds. */
  readonly patience?: { readonly headers: number; readonly body: number }
}

export interface Host {
  readonly port: number
  /** A link that signs one browser in, once. The one before no longer does. */
  newLink(): string
  /** Ends every connection and frees the port. */
  close(): Promise<void>
}

const IDLE_MS = 120_000
/** More connections at once are none of a browser's. */
const MOST_CONNECTIONS = 256

/**
 * Serves the interface and the engine to browsers of this machine.
 * @throws ClutchcutError `usage` when the port is taken or the address is none of this machine.
 */
export async function startHost(options: HostOptions): Promise<Host> {
  const sessions = createSessions()
  const exchanges = createRateLimit({ attempts: 10, perMs: 60_000 })
  const receiveUpload = createUploads(options.upload)
  const rpc = createRpcSockets({ serve: options.serveRpc })
  const patience = options.patience ?? { headers: 10_000, body: 15_000 }
  const bodies = createBodyLimit(patience.body)
  const server = createServer({
    maxHeaderSize: 16_384,
    headersTimeout: patience.headers,
    connectionsCheckingInterval: patience.headers / 4,
    // Uploads take hours; all else is limited below.
    requestTimeout: 0,
    keepAliveTimeout: 5000,
  })
  server.maxConnections = MOST_CONNECTIONS
  // Of a connection on which nothing moves; a video that is paused asks anew.
  server.setTimeout(IDLE_MS)
  await listen(server, options)
  // What goes wrong from here on (no file handle left for one more connection) ends nothing.
  server.on('error', options.onProblem)
  const { port } = server.address() as AddressInfo
  const listening = { host: options.host, port }
  const addresses = Object.values(networkInterfaces()).flatMap((list) => (list ?? []).map(({ address }) => address))
  const names = hostNames({ ...listening, addresses, machineName: hostname() })
  const isSignedIn = ({ headers }: IncomingMessage): boolean =>
    sessions.has(readCookie(headers.cookie, cookieName(port)))

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = urlOf(request)
    if (url === null) return say(response, 400, 'This is no address.')
    const { pathname } = url
    const kind = kindOf(request, pathname)
    const refusal = checkRequest(request.headers, kind, names)
    const headers = pageHeaders({ socketHost: refusal?.status === 421 ? undefined : request.headers.host })
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
    if (refusal !== null) return say(response, refusal.status, refusal.message)
    if (pathname === '/session') return await session(request, response)
    if (kind !== 'page') {
      if (!isSignedIn(request)) return say(response, 401, signIn)
      if (pathname === '/upload' && request.method === 'PUT') return await upload(request, response, url)
      if (pathname.startsWith('/media/')) return await sendMedia(request, response, options.media)
      return say(response, 404, 'There is nothing here.')
    }
    await page(request, response, pathname)
  }

  async function session(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.setHeader('Cache-Control', 'no-store')
    if (request.method === 'GET') return isSignedIn(request) ? end(response, 204) : say(response, 401, signIn)
    if (request.method !== 'POST') return say(response, 405, 'This is asked with GET or POST.')
    const who = request.socket.remoteAddress ?? ''
    if (!exchanges.allow(who)) {
      response.setHeader('Retry-After', '60')
      return say(response, 429, 'Too many attempts. Wait a minute.')
    }
    const created = sessions.exchange(tokenOf(await readBody(request, 1024)))
    if (created === null) return say(response, 401, signIn)
    exchanges.forgive(who)
    response.setHeader('Set-Cookie', sessionCookie(port, created))
    end(response, 204)
  }

  async function upload(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    bodies.lift(request)
    const answer = await receiveUpload(request, url)
    if (!('path' in answer)) {
      request.resume()
      return say(response, answer.status, answer.message)
    }
    response.setHeader('Content-Type', 'application/json; charset=utf-8')
    response.end(JSON.stringify(answer))
  }

  async function page(request: IncomingMessage, response: ServerResponse, pathname: string): Promise<void> {
    const file = await findStaticFile(options.rendererFolder, pathname)
    if (file === null) {
      const built = pathname !== '/' || 'The interface is not built. Run: npm run build'
      return say(response, 404, built === true ? 'There is nothing here.' : built)
    }
    response.setHeader('Content-Type', file.type)
    response.setHeader('Content-Length', file.size)
    response.setHeader('Cache-Control', file.immutable ? 'max-age=31536000, immutable' : 'no-cache')
    if (request.method === 'HEAD') return end(response, 200)
    await pipeline(openStaticFile(file), response)
  }

  function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => {})
    const refused =
      urlOf(request)?.pathname !== '/rpc'
        ? 404
        : (checkRequest(request.headers, 'socket', names)?.status ?? (isSignedIn(request) ? null : 401))
    if (refused === null) rpc.upgrade(request, socket, head)
    else refuseSocket(socket, refused)
  }

  server.on('request', (request, response) => {
    bodies.limit(request)
    answer(request, response).catch((thrown: unknown) => {
      // The browser went away in the middle: nobody is there to be told.
      if (response.destroyed || request.socket.destroyed) return void response.destroy()
      const error = toClutchcutError(thrown)
      if (error.code === 'internal') options.onProblem(thrown)
      // A browser reads the answer when it has sent everything.
      request.resume()
      if (response.headersSent) response.destroy()
      else say(response, errorCodes[error.code].status, error.message, error.code)
    })
  })
  server.on('upgrade', upgrade)
  server.on('clientError', (_error, socket) => void socket.destroy())

  return {
    port,
    newLink: () => `${originOf(listening)}/#token=${sessions.newToken()}`,
    async close() {
      const closed = new Promise<void>((resolve) => void server.close(() => resolve()))
      await rpc.close()
      server.closeAllConnections()
      await closed
    },
  }
}

const signIn = 'This browser is not signed in. Open the link that Clutchcut printed; Enter there prints a new one.'

/** null where it is none (`//`): whoever may knock can send one. */
function urlOf({ url }: IncomingMessage): URL | null {
  return URL.parse(url ?? '/', 'http://host')
}

function kindOf({ method }: IncomingMessage, pathname: string): RequestKind {
  if (method !== 'GET' && method !== 'HEAD') return 'change'
  return pathname === '/session' || /^\/(?:media|upload|rpc)(?:\/|$)/.test(pathname) ? 'data' : 'page'
}

function tokenOf(body: string): string {
  try {
    const { token } = JSON.parse(body) as { token?: unknown }
    return typeof token === 'string' ? token : ''
  } catch {
    return ''
  }
}

function end(response: ServerResponse, status: number): void {
  response.statusCode = status
  response.end()
}

/** Every refusal has the one shape. */
function say(response: ServerResponse, status: number, message: string, code: string | null = null): void {
  response.statusCode = status
  response.setHeader('Content-Type', 'application/json; charset=utf-8')
  response.setHeader('Cache-Control', 'no-store')
  response.end(JSON.stringify({ error: { code, message } }))
}

function listen(server: Server, { host, port }: HostOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const why =
        error.code === 'EADDRINUSE'
          ? `Port ${port} is taken by another program. Choose another with --port, or leave it out.`
          : error.code === 'EACCES'
            ? `Port ${port} may not be opened by this user. Choose one above 1024 with --port.`
            : `${host} is no address of this machine that can be listened on (${error.code ?? error.message}).`
      reject(new ClutchcutError('usage', why, { cause: error, data: { reason: error.code ?? null } }))
    })
    server.listen({ host, port }, resolve)
  })
}
