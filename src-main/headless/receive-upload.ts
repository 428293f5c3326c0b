import type { IncomingMessage } from 'node:http'
import type { Readable } from 'node:stream'

export interface IncomingUpload {
  readonly name: string
  readonly size: number
  readonly content: Readable
}

/** Larger than any recording: ten hours at 100 Mbit/s are 450 GB. */
const MAX_UPLOAD_BYTES = 1024 ** 4
/** A browser sends one after the other; more at once only make each slower. */
const MOST_AT_ONCE = 4

/** What is to be said of an upload, and what came of it. */
export type UploadAnswer = { readonly status: number; readonly message: string } | { readonly path: string }

/** Takes `PUT /upload?name=…` apart and hands it on: so many at once, none without its length. */
export function createUploads(
  take: (upload: IncomingUpload, signal: AbortSignal) => Promise<{ path: string }>,
): (request: IncomingMessage, url: URL) => Promise<UploadAnswer> {
  let running = 0
  return async (request, { searchParams }) => {
    const name = searchParams.get('name') ?? ''
    const length = request.headers['content-length']
    if (name === '' || name.length > 1000) return { status: 400, message: 'An upload needs a name.' }
    if (length === undefined) return { status: 411, message: 'An upload needs its length.' }
    const size = Number(length)
    if (size === 0) return { status: 422, message: 'The file is empty.' }
    if (size > MAX_UPLOAD_BYTES) return { status: 413, message: 'The file is larger than can be taken here.' }
    if (running >= MOST_AT_ONCE)
      return { status: 503, message: 'Other files are on their way. Send this one when they are done.' }
    running += 1
    const gone = new AbortController()
    const leave = (): void => gone.abort()
    request.once('aborted', leave)
    try {
      return await take({ name, size, content: request }, gone.signal)
    } finally {
      running -= 1
      request.off('aborted', leave)
    }
  }
}
