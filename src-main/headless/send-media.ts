import { open } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import type { MediaAnswer, MediaRequest } from '../../src-shared/contract/media-answer.ts'

/** Asks for media and sends what comes. A browser that goes away ends the asking and the sending. */
export async function sendMedia(
  request: IncomingMessage,
  response: ServerResponse,
  ask: (request: MediaRequest, signal: AbortSignal) => Promise<MediaAnswer>,
): Promise<void> {
  const gone = new AbortController()
  response.once('close', () => gone.abort())
  const { range, 'if-range': ifRange, 'if-none-match': ifNoneMatch } = request.headers
  const headers = { range, 'if-range': header(ifRange), 'if-none-match': ifNoneMatch }
  const answer = await ask({ method: request.method ?? 'GET', path: request.url ?? '/', headers }, gone.signal)
  if (gone.signal.aborted) return
  const { body } = answer
  // Opened before anything is said: it may have gone meanwhile.
  const file = body?.kind === 'file' ? await open(body.path, 'r') : undefined
  response.writeHead(answer.status, answer.headers)
  if (file === undefined || body?.kind !== 'file') {
    response.end(body?.kind === 'bytes' ? body.bytes : undefined)
    return
  }
  const stream = file.createReadStream({ start: body.first, end: body.last, highWaterMark: 256 * 1024 })
  await pipeline(stream, response)
}

function header(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value
}
