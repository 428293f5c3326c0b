import { RPCLink } from '@orpc/client/websocket'
import { ClutchcutError } from '../../src-shared/contract/errors.ts'
import type { OpenLine } from './line.ts'

/** To the host that this page came from. */
export const openSocketLine: OpenLine = async (signal) => {
  const socket = new WebSocket(`${location.origin.replace(/^http/, 'ws')}/rpc`)
  const closed = new Promise<void>((resolve) => {
    socket.addEventListener('close', () => resolve(), { once: true })
  })
  const abort = (): void => socket.close()
  signal.addEventListener('abort', abort, { once: true })
  // `signal` outlives many lines.
  void closed.then(() => signal.removeEventListener('abort', abort))
  const opened = await Promise.race([
    new Promise<boolean>((resolve) => {
      socket.addEventListener('open', () => resolve(true), { once: true })
    }),
    closed.then(() => false),
  ])
  if (!opened) throw await whyRefused(signal)
  return { link: new RPCLink({ websocket: socket }), closed, close: abort }
}

/** A browser does not say why a socket did not open; the host does, over HTTP. */
async function whyRefused(signal: AbortSignal): Promise<ClutchcutError> {
  const answer = await fetch('/session', { signal, cache: 'no-store' }).catch(() => null)
  return answer?.status === 401
    ? new ClutchcutError('connection/signed-out', 'This browser is not signed in.')
    : new ClutchcutError('connection/lost', 'The engine does not answer.')
}

const linkToken = /^#token=(.+)$/

/** Whether this window's address is a link that signs in. */
export const isLink = (): boolean => linkToken.test(location.hash)

/**
 * Signs this browser in with the token of the link that was opened (`#token=…`), and takes the token out of the
 * address, so that it neither stays in the history nor is taken for a page. Without a token it does nothing.
 */
export async function exchangeToken(): Promise<void> {
  const token = linkToken.exec(location.hash)?.[1]
  if (token === undefined) return
  history.replaceState(null, '', `${location.pathname}${location.search}#/`)
  // Refused (used up, too old) or not answered: opening the line says so.
  await fetch('/session', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ token }),
  }).catch(() => null)
}
