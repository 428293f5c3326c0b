import { constants } from 'node:fs'
import { open, stat, type FileHandle } from 'node:fs/promises'
import path from 'node:path'
import { ClutchcutError } from '../../../src-shared/contract/errors.ts'
import { checkDashManifest } from './containers/dash-manifest.ts'
import { sniff, sniffBytes, type Sniffed } from './containers/sniff.ts'
import type { SourceFile } from './source-file.ts'

export interface CheckSourceOptions {
  readonly platform?: NodeJS.Platform
  readonly signal?: AbortSignal | undefined
}

/**
 * Looks at a file as hostile input, before FFmpeg may: only a regular, readable, non-empty file whose first bytes are a
 * recording's passes. Opens it read-only.
 * @throws ClutchcutError `input/not-found`, `input/not-a-file`, `input/not-readable`, `input/empty`, `input/refused`
 *   (playlists, scripts, manifests that point elsewhere), `input/unsupported`, `input/not-media`.
 */
export async function checkSource(inputPath: string, options: CheckSourceOptions = {}): Promise<SourceFile> {
  const { platform = process.platform, signal } = options
  signal?.throwIfAborted()
  if (inputPath === '' || inputPath.includes('\0')) {
    throw new ClutchcutError('input/not-found', 'The path is empty or holds a NUL character.', {
      data: { path: inputPath },
    })
  }
  if (isDevicePath(inputPath, platform)) throw notAFile(inputPath, 'a device')
  const absolute = path.resolve(inputPath)
  // stat before open: opening a fifo would wait for its writer.
  const info = await stat(absolute).catch((error: unknown) => {
    throw fromSystemError(error, absolute)
  })
  if (!info.isFile()) {
    const what = info.isDirectory() ? 'a folder' : info.isFIFO() ? 'a pipe' : info.isSocket() ? 'a socket' : 'a device'
    throw notAFile(absolute, what)
  }
  if (info.size === 0) {
    throw new ClutchcutError(
      'input/empty',
      `The file is empty: ${path.basename(absolute)}. Nothing was recorded into it.`,
      {
        data: { path: absolute },
      },
    )
  }
  const head = await readHead(absolute)
  const format = requireMedia(sniff(head), absolute)
  const segments = format === 'dash' ? await checkDashManifest(absolute, signal) : []
  return { path: absolute, size: info.size, mtimeMs: info.mtimeMs, format, segments }
}

/** Paths that name devices although they look like files: only Windows has such. Pure. */
export function isDevicePath(input: string, platform: NodeJS.Platform): boolean {
  if (platform !== 'win32') return false
  const flat = input.replaceAll('/', '\\')
  // \\?\C:\… and \\?\UNC\… are plain files; every other \\?\ and \\.\ name reaches into the device namespace.
  if (/^\\\\[.?]\\/.test(flat)) return !/^\\\\\?\\([A-Za-z]:\\|UNC\\)/i.test(flat)
  const name = flat.slice(flat.lastIndexOf('\\') + 1).replace(/[.: ].*$/s, '')
  return /^(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])$/i.test(name)
}

async function readHead(absolute: string): Promise<Uint8Array> {
  let handle: FileHandle | undefined
  try {
    // Non-blocking, in case it was swapped for a fifo meanwhile (no such flag on Windows, nor fifos).
    handle = await open(absolute, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
    const buffer = Buffer.alloc(sniffBytes)
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, 0)
    return buffer.subarray(0, bytesRead)
  } catch (error) {
    throw fromSystemError(error, absolute)
  } finally {
    await handle?.close()
  }
}

function requireMedia(sniffed: Sniffed, file: string): SourceFile['format'] {
  const name = path.basename(file)
  const data = { path: file }
  if (sniffed.kind === 'media') return sniffed.format
  if (sniffed.kind === 'unknown') {
    throw new ClutchcutError(
      'input/not-media',
      `${name} is not a recording: its content is no known video or audio format.`,
      { data },
    )
  }
  switch (sniffed.why) {
    case 'playlist':
    case 'script':
      throw new ClutchcutError(
        'input/refused',
        `${name} is ${sniffed.what}, which can point to other files. Choose the recording itself.`,
        { data },
      )
    case 'unsupported':
      throw new ClutchcutError(
        'input/unsupported',
        `${name} is ${sniffed.what}, which is not supported. Convert it to MKV or MP4 first.`,
        {
          data,
        },
      )
    default:
      throw new ClutchcutError('input/not-media', `${name} is not a recording: it is ${sniffed.what}.`, { data })
  }
}

function notAFile(file: string, what: string): ClutchcutError {
  return new ClutchcutError('input/not-a-file', `${file} is ${what}, not a recording. Choose a file.`, {
    data: { path: file },
  })
}

/** What a failed stat or open means to a person. */
export function fromSystemError(error: unknown, file: string): ClutchcutError {
  const code = (error as NodeJS.ErrnoException).code ?? 'unknown'
  const options = { data: { path: file, reason: code }, cause: error }
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
    case 'ENAMETOOLONG':
    case 'ELOOP':
      return new ClutchcutError('input/not-found', `There is no file ${file}.`, options)
    case 'EBUSY':
      return new ClutchcutError(
        'input/not-readable',
        `${file} is in use by another program. Try again when it is finished.`,
        options,
      )
    case 'EACCES':
    case 'EPERM':
      return new ClutchcutError('input/not-readable', `${file} cannot be read: permission is missing.`, options)
    default:
      return new ClutchcutError('input/not-readable', `${file} cannot be read (${code}).`, options)
  }
}
