import { open, type FileHandle } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { protocol } from 'electron'
import { appOrigin, mediaOrigin } from '../../src-shared/contract/desktop-bridge.ts'
import type { MediaAnswer, MediaRequest } from '../../src-shared/contract/media-answer.ts'
import { pageHeaders } from '../../src-shared/domain/page-headers.ts'

/** A file of the interface. */
export interface PageFile {
  readonly path: string
  readonly type: string
}

export interface ProtocolDeps {
  /** The built interface's file behind a URL path; null where there is none that may be shown. */
  findPage(urlPath: string): Promise<PageFile | null>
  /** Asks the engine. Aborting says that nobody waits any more. */
  media(request: MediaRequest, signal: AbortSignal): Promise<MediaAnswer>
}

const strict = pageHeaders({ media: mediaOrigin })

const scheme = (origin: string): string => origin.slice(0, origin.indexOf(':'))

/** Before the application is ready: what Chromium is to think of our addresses. */
export function registerSchemes(): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true, bypassCSP: false }
  protocol.registerSchemesAsPrivileged([
    { scheme: scheme(appOrigin), privileges: { ...privileges, codeCache: true } },
    // Its pieces are fetched from pages of `app:`, which is another origin.
    { scheme: scheme(mediaOrigin), privileges: { ...privileges, stream: true, corsEnabled: true } },
  ])
}

/** Once it is ready: answers them. */
export function answerSchemes(deps: ProtocolDeps): void {
  protocol.handle(scheme(appOrigin), (request) => answerPage(request, deps))
  protocol.handle(scheme(mediaOrigin), (request) => answerMedia(request, deps))
}

async function answerPage({ url, method }: Request, { findPage }: ProtocolDeps): Promise<Response> {
  const { host, pathname } = new URL(url)
  const isAsked = host === new URL(appOrigin).host && (method === 'GET' || method === 'HEAD')
  const file = isAsked ? await findPage(pathname) : null
  if (file === null) return new Response('There is nothing here.', { status: 404, headers: strict })
  const headers = { ...strict, 'Content-Type': file.type, 'Cache-Control': 'no-cache' }
  return new Response(method === 'HEAD' ? null : await bytesOf(file.path), { headers })
}

async function answerMedia(request: Request, { media }: ProtocolDeps): Promise<Response> {
  const { host, pathname, search } = new URL(request.url)
  const common = { 'Access-Control-Allow-Origin': appOrigin, 'X-Content-Type-Options': 'nosniff' }
  if (host !== new URL(mediaOrigin).host) return new Response(null, { status: 404, headers: common })
  const read = (name: string): string | undefined => request.headers.get(name) ?? undefined
  const { status, headers, body } = await media(
    {
      method: request.method,
      path: pathname + search,
      headers: { range: read('range'), 'if-range': read('if-range'), 'if-none-match': read('if-none-match') },
    },
    request.signal,
  )
  try {
    return new Response(await bodyOf(body, request.signal), { status, headers: { ...headers, ...common } })
  } catch {
    // It went, or was locked, after the engine had looked.
    return new Response(null, { status: 404, headers: common })
  }
}

function bodyOf(body: MediaAnswer['body'], signal: AbortSignal): BodyInit | null | Promise<BodyInit> {
  if (body === null) return null
  if (body.kind === 'bytes') return body.bytes as Uint8Array<ArrayBuffer>
  const { path, first: start, last: end } = body
  return bytesOf(path, { start, end, highWaterMark: 256 * 1024, signal })
}

/** Opened before anything is said of it; then read as fast as it is taken, no faster. */
async function bytesOf(
  path: string,
  options: Parameters<FileHandle['createReadStream']>[0] = {},
): Promise<ReadableStream<Uint8Array<ArrayBuffer>>> {
  const file = await open(path, 'r')
  return Readable.toWeb(file.createReadStream(options)) as ReadableStream<Uint8Array<ArrayBuffer>>
}
