import { createHash } from 'node:crypto'
import { open, stat } from 'node:fs/promises'
import { dirname, relative } from 'node:path'
import { ClutchcutError } from '../../../src-shared/contract/errors.ts'
import type { Recording } from '../../../src-shared/contract/recording.ts'
import { fingerprintWindows, locateRanges, sizeHeader } from '../../../src-shared/domain/identity.ts'

export interface FingerprintOptions {
  signal?: AbortSignal | undefined
  /** For DASH: the absolute paths of the segments that the manifest (`path`) names. */
  segments?: readonly string[]
}

/** What `stat` says of a recording: of a DASH one, its files together and the newest time. */
export interface RecordingStat {
  readonly size: number
  readonly mtimeMs: number
}

/**
 * Reads a recording's identity; see `src-shared/domain/identity.ts`. Only reads.
 *
 * Throws `input/not-found`, `input/not-a-file`, `input/not-readable`, and `input/changed` when its size or time are
 * others after the reading than before.
 */
export async function fingerprint(path: string, options: FingerprintOptions = {}): Promise<Recording> {
  const { signal } = options
  const files = filesOf(path, options.segments)
  const before = await Promise.all(files.map((file) => statFile(file, path)))
  const sizes = before.map(({ size }) => size)
  const total = sum(sizes)
  const hash = createHash('sha256').update(sizeHeader(total))
  const pieces = Map.groupBy(locateRanges(sizes, fingerprintWindows(total)), ({ file }) => file)
  const buffer = Buffer.allocUnsafe(256 * 1024)
  for (const [index, ranges] of pieces) {
    signal?.throwIfAborted()
    const file = files[index] ?? path
    const handle = await open(file, 'r').catch((error: unknown) => refuse(path, error))
    try {
      for (const { start, end } of ranges) {
        let at = start
        while (at < end) {
          signal?.throwIfAborted()
          const { bytesRead } = await handle
            .read(buffer, 0, Math.min(buffer.length, end - at), at)
            .catch((error: unknown) => refuse(path, error))
          if (bytesRead === 0) throw changed(path)
          hash.update(buffer.subarray(0, bytesRead))
          at += bytesRead
        }
      }
    } finally {
      await handle.close()
    }
  }
  signal?.throwIfAborted()
  const after = await Promise.all(files.map((file) => statFile(file, path)))
  for (const [index, now] of after.entries()) {
    const then = before[index]
    if (then?.size !== now.size || then.mtimeMs !== now.mtimeMs || then.ino !== now.ino) throw changed(path)
  }
  return { fingerprint: hash.digest('hex'), path, ...together(after) }
}

/** Size and time as a `Recording` has them: to notice that it changed under us. Throws as `fingerprint` does. */
export async function statRecording(path: string, options: FingerprintOptions = {}): Promise<RecordingStat> {
  const files = filesOf(path, options.segments)
  return together(await Promise.all(files.map((file) => statFile(file, path))))
}

/** In the order of their names below the manifest, which stays the same when the folder moves. */
function filesOf(path: string, segments: readonly string[] = []): string[] {
  const folder = dirname(path)
  return [...new Set([path, ...segments])].toSorted((a, b) => compare(relative(folder, a), relative(folder, b)))
}

async function statFile(file: string, path: string): Promise<{ size: number; mtimeMs: number; ino: number }> {
  const found = await stat(file).catch((error: unknown) => refuse(path, error))
  // Anything else is never opened: a pipe would wait for ever.
  if (!found.isFile()) {
    throw new ClutchcutError('input/not-a-file', `This is not a file: ${path}. Choose a recording.`, { data: { path } })
  }
  return { size: found.size, mtimeMs: found.mtimeMs, ino: found.ino }
}

function together(stats: readonly RecordingStat[]): RecordingStat {
  return { size: sum(stats.map(({ size }) => size)), mtimeMs: Math.max(...stats.map(({ mtimeMs }) => mtimeMs)) }
}

function refuse(path: string, error: unknown): never {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const options = { data: { path, code }, cause: error }
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    throw new ClutchcutError('input/not-found', `There is no such file: ${path}. It may have been moved.`, options)
  }
  if (code === 'EISDIR') {
    throw new ClutchcutError('input/not-a-file', `This is a folder, not a file: ${path}. Choose a recording.`, options)
  }
  throw new ClutchcutError(
    'input/not-readable',
    `The file cannot be read: ${path} (${code || 'unknown error'}). Check its permissions and the disk it lies on.`,
    options,
  )
}

function changed(path: string): ClutchcutError {
  return new ClutchcutError(
    'input/changed',
    `The file changed while it was read: ${path}. If it is still being recorded, wait until that is finished.`,
    { data: { path } },
  )
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
