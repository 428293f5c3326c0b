import { RPCLink } from '@orpc/client/message-port'
import { portMessage, type DesktopBridge } from '../../src-shared/contract/desktop-bridge.ts'
import { ClutchcutError } from '../../src-shared/contract/errors.ts'
import type { OpenLine } from './line.ts'

/** How long the shell may take to start the engine and hand us its port. */
const PATIENCE_MS = 20_000

/** Through the desktop's shell. */
export function openPortLine(bridge: DesktopBridge): OpenLine {
  return async (signal) => {
    const received = receivePort(AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]))
    bridge.requestPort()
    const port = await received
    const closed = new Promise<void>((resolve) => {
      port.addEventListener('close', () => resolve(), { once: true })
    })
    port.start()
    return { link: new RPCLink({ port }), closed, close: () => port.close() }
  }
}

function receivePort(signal: AbortSignal): Promise<MessagePort> {
  return new Promise((resolve, reject) => {
    const listening = new AbortController()
    signal.addEventListener(
      'abort',
      () => {
        listening.abort()
        reject(new ClutchcutError('connection/lost', 'The engine does not answer.'))
      },
      { once: true },
    )
    window.addEventListener(
      'message',
      (event) => {
        const [port] = event.ports
        // Only the preload script of this very window may hand one over.
        if (event.source !== window || event.data !== portMessage || port === undefined) return
        listening.abort()
        resolve(port)
      },
      { signal: listening.signal },
    )
  })
}
