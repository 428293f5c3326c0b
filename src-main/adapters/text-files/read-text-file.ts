import { constants } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { ClutchcutError } from '../../../src-shared/contract/errors.ts'
import { textEncoding } from '../../../src-shared/domain/text-encoding.ts'

/** What is expected of a file, in the words of a person. */
export interface TextKind {
  /** `markers`, as in "It holds no markers". */
  readonly things: string
  /** `marker file`, as in "There is no ${file}". */
  readonly file: string
  /** What is longer than any of them: `any list of markers`. */
  readonly longest: string
  readonly maxMebibytes: number
  /** A sentence: which formats are read. */
  readonly understood: string
}

/**
 * The text of a file: UTF-8, UTF-16 (either order), or Windows' Latin where it is neither. Only reads.
 * @throws ClutchcutError `input/not-found`, `input/not-a-file`, `input/not-readable`, `input/empty`,
 *   `input/unsupported` (binary), `input/refused` (larger than `kind` allows).
 */
export async function readTextFile(
  path: string,
  kind: TextKind,
  options: { signal?: AbortSignal | undefined } = {},
): Promise<string> {
  const mostBytes = kind.maxMebibytes * 1024 ** 2
  if (path === '' || path.includes('\0')) throw missing(path, kind)
  try {
    // stat before open: opening a pipe would wait for its writer.
    const info = await stat(path)
    if (!info.isFile())
      throw failure('input/not-a-file', path, `${path} is not a file. Choose the file of ${kind.things}.`)
    if (info.size > mostBytes) throw tooLarge(path, kind)
    const handle = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
    const pieces: Buffer[] = []
    let size = 0
    try {
      const stream = handle.createReadStream({
        highWaterMark: 256 * 1024,
        ...(options.signal && { signal: options.signal }),
      })
      for await (const piece of stream) {
        pieces.push(piece as Buffer)
        size += (piece as Buffer).length
        // It may grow while it is read.
        if (size > mostBytes) throw tooLarge(path, kind)
      }
    } finally {
      await handle.close()
    }
    return textOf(Buffer.concat(pieces), path, kind)
  } catch (error) {
    options.signal?.throwIfAborted()
    throw unreadable(path, kind, error)
  }
}

function textOf(bytes: Buffer, path: string, { things, file, understood }: TextKind): string {
  if (bytes.length === 0) throw failure('input/empty', path, `The ${file} is empty: ${basename(path)}.`)
  const encoding = textEncoding(bytes)
  if (encoding === null) {
    throw failure('input/unsupported', path, `${basename(path)} holds no ${things}: it is no text. ${understood}`)
  }
  return new TextDecoder(encoding).decode(bytes)
}

function failure(
  code: 'input/not-a-file' | 'input/empty' | 'input/unsupported' | 'input/refused',
  path: string,
  message: string,
): ClutchcutError {
  return new ClutchcutError(code, message, { data: { path } })
}

function tooLarge(path: string, { longest, maxMebibytes }: TextKind): ClutchcutError {
  return failure(
    'input/refused',
    path,
    `${basename(path)} is larger than ${longest} (${maxMebibytes} MiB). It was not used.`,
  )
}

function missing(path: string, { file }: TextKind, cause?: unknown): ClutchcutError {
  return new ClutchcutError('input/not-found', `There is no ${file} ${path}.`, { data: { path }, cause })
}

function unreadable(path: string, kind: TextKind, error: unknown): ClutchcutError {
  if (error instanceof ClutchcutError) return error
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ENAMETOOLONG') return missing(path, kind, error)
  const message = `The ${kind.file} cannot be read: ${path} (${code || 'unknown error'}). Check its permissions.`
  return new ClutchcutError('input/not-readable', message, { data: { path, code }, cause: error })
}
