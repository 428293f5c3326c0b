import { constants } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { ClutchcutError } from '../../../src-shared/contract/errors.ts'
import { textEncoding } from '../../../src-shared/domain/text-encoding.ts'

/** Whisper's JSON of a day's speech. */
const mostBytes = 64 * 1024 ** 2

export const understood =
  'Understood are SubRip (SRT), WebVTT, ASS, and JSON of Whisper, faster-whisper, WhisperX and whisper.cpp.'

/**
 * The text of a file: UTF-8, UTF-16 (either order), or Windows' Latin where it is neither. Only reads.
 * @throws ClutchcutError `input/not-found`, `input/not-a-file`, `input/not-readable`, `input/empty`,
 *   `input/unsupported` (binary), `input/refused` (over 64 MiB).
 */
export async function readTextFile(path: string, options: { signal?: AbortSignal | undefined } = {}): Promise<string> {
  if (path === '' || path.includes('\0')) throw missing(path)
  try {
    // stat before open: opening a pipe would wait for its writer.
    const info = await stat(path)
    if (!info.isFile()) throw failure('input/not-a-file', path, `${path} is not a file. Choose the file of captions.`)
    if (info.size > mostBytes) throw tooLarge(path)
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
        if (size > mostBytes) throw tooLarge(path)
      }
    } finally {
      await handle.close()
    }
    return textOf(Buffer.concat(pieces), path)
  } catch (error) {
    options.signal?.throwIfAborted()
    throw unreadable(path, error)
  }
}

function textOf(bytes: Buffer, path: string): string {
  if (bytes.length === 0) throw failure('input/empty', path, `The caption file is empty: ${basename(path)}.`)
  const encoding = textEncoding(bytes)
  if (encoding === null) {
    throw failure('input/unsupported', path, `${basename(path)} holds no captions: it is no text. ${understood}`)
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

function tooLarge(path: string): ClutchcutError {
  return failure('input/refused', path, `${basename(path)} is larger than any transcript (64 MiB). It was not used.`)
}

function missing(path: string, cause?: unknown): ClutchcutError {
  return new ClutchcutError('input/not-found', `There is no caption file ${path}.`, { data: { path }, cause })
}

function unreadable(path: string, error: unknown): ClutchcutError {
  if (error instanceof ClutchcutError) return error
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ENAMETOOLONG') return missing(path, error)
  const message = `The caption file cannot be read: ${path} (${code || 'unknown error'}). Check its permissions.`
  return new ClutchcutError('input/not-readable', message, { data: { path, code }, cause: error })
}
