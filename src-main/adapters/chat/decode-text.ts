import { constants } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { TextDecoder } from 'node:util'
import { ClutchcutError } from '../../../src-shared/contract/errors.ts'
import { textEncoding, type TextEncoding } from '../../../src-shared/domain/text-encoding.ts'
import { isGzip, unpack } from './unpack.ts'

/** What is looked at to tell formats apart. */
const headBytes = 64 * 1024
/** More text than any chat: a small file that unpacks to this was made to do so. */
const mostBytes = 4 * 1024 ** 3

export interface TextPieces extends AsyncIterable<string> {
  /** Known at the end: whether the compressed file is damaged or breaks off. */
  readonly damaged: boolean
}

/**
 * The text of a file, unpacked if it is gzip, in pieces. UTF-8, UTF-16 (either order), or Windows' Latin where it is
 * neither. Only reads, in bounded memory.
 * @throws ClutchcutError `input/not-found`, `input/not-a-file`, `input/not-readable`, `input/empty`,
 *   `input/unsupported` (binary), `input/truncated` (damaged so that nothing is left), `input/refused` (unpacks to more than 4 GiB).
 */
export function decodeText(path: string, options: { signal?: AbortSignal | undefined } = {}): TextPieces {
  const state = { damaged: false }
  return {
    get damaged() {
      return state.damaged
    },
    [Symbol.asyncIterator]: () => pieces(path, state, options.signal),
  }
}

async function* pieces(
  path: string,
  state: { damaged: boolean },
  signal: AbortSignal | undefined,
): AsyncGenerator<string> {
  const bytes = await openBytes(path)
  let decoder: TextDecoder | undefined
  let head: Buffer[] = []
  let [headSize, total] = [0, 0]
  const begin = (): string => {
    const start = Buffer.concat(head)
    head = []
    decoder = new TextDecoder(encodingOf(start, path))
    return decoder.decode(start, { stream: true })
  }
  try {
    for await (const chunk of bytes) {
      signal?.throwIfAborted()
      total += chunk.length
      if (total > mostBytes) throw tooMuch(path)
      if (decoder === undefined) {
        head.push(chunk)
        headSize += chunk.length
        if (headSize >= headBytes) yield begin()
      } else yield decoder.decode(chunk, { stream: true })
    }
  } catch (error) {
    signal?.throwIfAborted()
    if (error instanceof ClutchcutError) throw error
    // What was unpacked before the damage is good.
    if (!codeOf(error).startsWith('Z_')) throw unreadable(path, error)
    state.damaged = true
  } finally {
    await bytes.return(undefined)
  }
  if (decoder === undefined && total === 0) throw state.damaged ? torn(path) : empty(path)
  if (decoder === undefined) yield begin()
  const last = decoder?.decode() ?? ''
  if (last !== '') yield last
}

async function openBytes(path: string): Promise<AsyncGenerator<Buffer>> {
  if (path === '' || path.includes('\0')) throw missing(path)
  // stat before open: opening a pipe would wait for its writer.
  const info = await stat(path).catch((error: unknown) => {
    throw unreadable(path, error)
  })
  if (!info.isFile()) {
    throw new ClutchcutError('input/not-a-file', `${path} is not a file. Choose the chat's file.`, { data: { path } })
  }
  if (info.size === 0) throw empty(path)
  const handle = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)).catch((error: unknown) => {
    throw unreadable(path, error)
  })
  try {
    const magic = Buffer.alloc(2)
    await handle.read(magic, 0, 2, 0)
    const packed = isGzip(magic)
    // Text of a larger piece would leave the heap's nursery, and be thrown away late.
    const bytes = handle.createReadStream({ start: 0, highWaterMark: 65_536 })
    return packed ? unpack(bytes) : whole(bytes)
  } catch (error) {
    await handle.close()
    throw unreadable(path, error)
  }
}

async function* whole(bytes: AsyncIterable<unknown>): AsyncGenerator<Buffer> {
  for await (const chunk of bytes) yield chunk as Buffer
}

function encodingOf(head: Buffer, path: string): TextEncoding {
  const encoding = textEncoding(head)
  if (encoding !== null) return encoding
  throw new ClutchcutError('input/unsupported', `${basename(path)} is no chat: it holds no text. ${understood}`, {
    data: { path },
  })
}

export const understood =
  'Understood are TwitchDownloader JSON (also as .gz), logs of Chatty and IRC clients, and CSV with columns for time, author and message.'

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '')

function missing(path: string, cause?: unknown): ClutchcutError {
  return new ClutchcutError('input/not-found', `There is no chat file ${path}.`, { data: { path }, cause })
}

function empty(path: string): ClutchcutError {
  return new ClutchcutError('input/empty', `The chat file is empty: ${basename(path)}.`, { data: { path } })
}

function torn(path: string): ClutchcutError {
  const message = `The packed chat file is damaged from its beginning: ${basename(path)}. Get it once more.`
  return new ClutchcutError('input/truncated', message, { data: { path } })
}

function tooMuch(path: string): ClutchcutError {
  const message = `${basename(path)} unpacks to more than 4 GiB, which no chat does. It was not used.`
  return new ClutchcutError('input/refused', message, { data: { path } })
}

export function unreadable(path: string, error: unknown): ClutchcutError {
  if (error instanceof ClutchcutError) return error
  const code = codeOf(error)
  if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ENAMETOOLONG') return missing(path, error)
  const message = `The chat file cannot be read: ${path} (${code || 'unknown error'}). Check its permissions.`
  return new ClutchcutError('input/not-readable', message, { data: { path, code }, cause: error })
}
