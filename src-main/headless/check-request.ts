import type { IncomingHttpHeaders } from 'node:http'

/**
 * What a request is after: `page` is the program itself (no secrets in it, and a link may lead here), `data` is the
 * library's, `change` changes something, `socket` opens the connection to the engine.
 */
export type RequestKind = 'page' | 'data' | 'change' | 'socket'

export interface Refusal {
  readonly status: 403 | 421
  readonly message: string
}

/**
 * Why a request is not answered, whoever is signed in; null: it may be. `names` is of `hostNames`. Pure.
 *
 * A browser sends `Origin` with everything that changes something and with every WebSocket, and `Sec-Fetch-Site` with
 * all it does: other sites can forge neither. `same-site` is refused too, because to a browser every port of 127.0.0.1
 * is one site.
 */
export function checkRequest(
  headers: IncomingHttpHeaders,
  kind: RequestKind,
  names: ReadonlySet<string>,
): Refusal | null {
  const host = headers.host?.toLowerCase()
  if (host === undefined || !names.has(host)) {
    return { status: 421, message: 'This address is not one that Clutchcut answers to. Open the link that it printed.' }
  }
  const { origin } = headers
  const needsOrigin = kind === 'change' || kind === 'socket'
  if (origin === undefined ? needsOrigin : origin.toLowerCase() !== `http://${host}`) return foreign
  const site = headers['sec-fetch-site']
  if (site === undefined || site === 'same-origin' || site === 'none') return null
  // Somebody follows a link to us: the page comes, and it is not the other site that can read it.
  const followed =
    kind === 'page' && headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document'
  return followed ? null : foreign
}

const foreign: Refusal = { status: 403, message: 'Clutchcut answers its own page only.' }
