import { request as httpRequest, type IncomingHttpHeaders } from 'node:http'
import { Readable } from 'node:stream'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import type { ContractRouterClient } from '@orpc/contract'
import { WebSocket } from 'ws'
import type { Contract } from '../../src-shared/contract/router.ts'

export interface Answer {
  status: number
  headers: IncomingHttpHeaders
  body: Buffer
}

export interface Ask {
  method?: string
  headers?: Record<string, string>
  body?: string | Buffer | Readable
}

/** One request with exactly these headers, `Host` among them: `fetch` would not let us lie. */
export function ask(port: number, path: string, { method = 'GET', headers = {}, body }: Ask = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = httpRequest({ host: '127.0.0.1', port, path, method, headers, agent: false }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }),
      )
    })
    request.on('error', reject)
    if (body instanceof Readable) body.pipe(request)
    else request.end(body)
  })
}

/** What a browser sends along with what its own page asks. */
export function own(port: number, cookie?: string): Record<string, string> {
  return {
    Origin: `http://127.0.0.1:${port}`,
    'Sec-Fetch-Site': 'same-origin',
    ...(cookie !== undefined && { Cookie: cookie }),
  }
}

export function tokenOf(link: string): string {
  return new URL(link).hash.replace('#token=', '')
}

/** Exchanges a link's token as the page does; the cookie. */
export async function signIn(port: number, link: string): Promise<string> {
  const answer = await ask(port, '/session', {
    method: 'POST',
    headers: own(port),
    body: JSON.stringify({ token: tokenOf(link) }),
  })
  if (answer.status !== 204) throw new Error(`not signed in: ${answer.status} ${answer.body.toString()}`)
  return answer.headers['set-cookie']![0]!.split(';')[0]!
}

/** Opens a socket with these headers; `open`, or the status that it was refused with. */
export function openSocket(
  port: number,
  headers: Record<string, string>,
  path = '/rpc',
): Promise<{ status: number; socket: WebSocket | null }> {
  return new Promise((resolve, reject) => {
    const { Origin: origin, ...rest } = headers
    const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, {
      headers: rest,
      ...(origin !== undefined && { origin }),
    })
    socket.on('open', () => resolve({ status: 101, socket }))
    socket.on('unexpected-response', (request, response) => {
      resolve({ status: response.statusCode ?? 0, socket: null })
      request.destroy()
    })
    socket.on('error', (error) => {
      if (socket.readyState !== WebSocket.CLOSED) reject(error)
    })
  })
}

/** A window: the contract over a signed-in socket. */
export async function openWindow(
  port: number,
  cookie: string,
): Promise<{ client: ContractRouterClient<Contract>; socket: WebSocket }> {
  const { socket } = await openSocket(port, own(port, cookie))
  if (socket === null) throw new Error('the socket was refused')
  return { client: createORPCClient(new RPCLink({ websocket: socket as never })), socket }
}
