import { stat } from 'node:fs/promises'
import { ClutchcutError } from '../../../src-shared/contract/errors.ts'
import type { MediaAnswer, MediaRequest } from '../../../src-shared/contract/media-answer.ts'

export interface FileToSend {
  readonly path: string
  readonly type: string
  /** Names the content: changes with every change of it. Without quotes. */
  readonly tag: string
}

/** The part of a file that a request asks for, first and last byte; null: a range that the file does not have. */
type Part = { readonly first: number; readonly last: number } | 'whole' | null

/**
 * Answers a GET or HEAD request with a file, or the part of it that is asked for (RFC 9110, 14).
 * @throws ClutchcutError `input/not-found`, `input/not-readable`, `input/not-a-file`.
 */
export async function answerFile(request: MediaRequest, { path, type, tag }: FileToSend): Promise<MediaAnswer> {
  const info = await stat(path).catch((error: unknown) => {
    throw fromSystemError(error, path)
  })
  if (!info.isFile()) throw new ClutchcutError('input/not-a-file', 'This is no file any more.', { data: { path } })
  const { size } = info
  const etag = `"${tag}"`
  // It is asked for again each time, and only sent anew when it changed.
  const common = { 'Content-Type': type, ETag: etag, 'Accept-Ranges': 'bytes', 'Cache-Control': 'private, no-cache' }
  if (request.headers['if-none-match'] === etag) return { status: 304, headers: common, body: null }
  const part = askedPart(request, etag, size)
  if (part === null) return { status: 416, headers: { ...common, 'Content-Range': `bytes */${size}` }, body: null }
  const { first, last } = part === 'whole' ? { first: 0, last: size - 1 } : part
  return {
    status: part === 'whole' ? 200 : 206,
    headers: {
      ...common,
      'Content-Length': String(last - first + 1),
      ...(part !== 'whole' && { 'Content-Range': `bytes ${first}-${last}/${size}` }),
    },
    body: request.method === 'HEAD' || size === 0 ? null : { kind: 'file', path, first, last },
  }
}

function askedPart({ method, headers }: MediaRequest, etag: string, size: number): Part {
  const { range, 'if-range': condition } = headers
  // A part of another version would not fit to what the browser has. Ranges of anything but GET mean nothing.
  if (range === undefined || method !== 'GET' || (condition !== undefined && condition !== etag)) return 'whole'
  return parseRange(range, size)
}

/** One range of bytes; several at once, or what is none, is answered with the whole file, as the RFC allows. Pure. */
export function parseRange(header: string, size: number): Part {
  const [, from, to] = /^bytes=(\d*)-(\d*)$/.exec(header.trim()) ?? []
  if (from === undefined || to === undefined || (from === '' && to === '')) return 'whole'
  if (from === '') {
    const length = Math.min(Number(to), size)
    return length === 0 ? null : { first: size - length, last: size - 1 }
  }
  const [first, last] = [Number(from), to === '' ? size - 1 : Math.min(Number(to), size - 1)]
  if (to !== '' && Number(to) < first) return 'whole'
  return first >= size ? null : { first, last }
}

function fromSystemError(error: unknown, path: string): ClutchcutError {
  const { code } = error as NodeJS.ErrnoException
  const options = { cause: error, data: { path } }
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    const message = 'The file is not where it was. If it was moved, find it again with "library relink".'
    return new ClutchcutError('input/not-found', message, options)
  }
  const message = `The file cannot be opened (${code ?? 'unknown error'}).`
  return new ClutchcutError('input/not-readable', message, options)
}
