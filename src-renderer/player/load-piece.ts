import { ClutchcutError, isErrorCode } from '../../src-shared/contract/errors.ts'
import { mediaUrl } from './media-url.ts'

/** Times that a piece is asked for before giving in, and milliseconds before the second, third, … time. */
const DELAYS = [400, 800, 1500, 3000, 5000]

/**
 * Bytes of one piece. The host makes few at a time and says so, and may be starting anew: then it is asked again.
 * @throws ClutchcutError what the host answered, such as `input/not-found` where the recording is gone.
 */
export async function loadPiece(path: string, signal: AbortSignal): Promise<ArrayBuffer> {
  for (let attempt = 0; ; attempt += 1) {
    const answer = await fetch(mediaUrl(path), { signal }).catch((error: unknown) => {
      if (signal.aborted || attempt >= DELAYS.length) throw gone(error)
      return null
    })
    if (answer?.ok === true) {
      const bytes = await answer.arrayBuffer().catch((error: unknown) => {
        // A host that ends in the middle of a piece says nothing of what the browser can play.
        if (signal.aborted || attempt >= DELAYS.length) throw gone(error)
        return null
      })
      if (bytes !== null) return bytes
    }
    const delay = DELAYS[attempt]
    const again = answer === null || answer.ok || answer.status === 503 || answer.status === 429
    if (!again || delay === undefined) throw answer === null ? gone(null) : await errorOf(answer)
    await pause(delay, signal)
  }
}

/** The host says why in its answer's body. */
async function errorOf(answer: Response): Promise<ClutchcutError> {
  const body = (await answer.json().catch(() => null)) as { error?: { code?: unknown; message?: unknown } } | null
  const { code, message } = body?.error ?? {}
  if (isErrorCode(code) && typeof message === 'string') return new ClutchcutError(code, message)
  if (answer.status === 401) return new ClutchcutError('connection/signed-out', 'This browser is not signed in.')
  return new ClutchcutError('internal', `A piece of the recording was answered with ${answer.status}.`)
}

function gone(cause: unknown): Error {
  if (cause instanceof Error && cause.name === 'AbortError') return cause
  return noMore(cause)
}

/** What was being played is cut off. */
export function noMore(cause: unknown): ClutchcutError {
  return new ClutchcutError('connection/lost', 'The recording does not come any more. Try again.', { cause })
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted()
  return new Promise((resolve, reject) => {
    const abort = (): void => {
      clearTimeout(timer)
      reject(signal.reason as Error)
    }
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', abort)
      resolve()
    }, ms)
    signal.addEventListener('abort', abort, { once: true })
  })
}
