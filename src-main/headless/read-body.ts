import type { IncomingMessage } from 'node:http'
import { ClutchcutError } from '../../src-shared/contract/errors.ts'

/** A small body as text. @throws ClutchcutError `usage` beyond `limit` bytes. */
export async function readBody(request: IncomingMessage, limit: number): Promise<string> {
  const chunks: Buffer[] = []
  let length = 0
  // Whoever sent too much is to be told so; a destroyed request has nobody to tell.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    length += chunk.length
    if (length > limit) throw new ClutchcutError('usage', 'The request is larger than what this call takes.')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}
