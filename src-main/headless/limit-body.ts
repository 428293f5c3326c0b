import type { IncomingMessage } from 'node:http'

export interface BodyLimit {
  /** Ends the connection unless the whole of the request has come in time: a byte a minute holds it no longer. */
  limit(request: IncomingMessage): void
  /** This one may take as long as it takes. */
  lift(request: IncomingMessage): void
}

/** Of requests that have a body, whether anybody reads it or not. */
export function createBodyLimit(ms: number): BodyLimit {
  const timers = new WeakMap<IncomingMessage, NodeJS.Timeout>()
  return {
    limit(request) {
      const { 'content-length': length, 'transfer-encoding': encoding } = request.headers
      if (encoding === undefined && (length === undefined || length === '0')) return
      const timer = setTimeout(() => {
        if (!request.complete) request.socket.destroy()
      }, ms)
      timer.unref()
      timers.set(request, timer)
    },
    lift(request) {
      clearTimeout(timers.get(request))
    },
  }
}
