import { randomBytes } from 'node:crypto'
import { open, statfs } from 'node:fs/promises'
import path from 'node:path'
import type { Readable } from 'node:stream'
import { ClutchcutError } from '../../../src-shared/contract/errors.ts'
import { fileKindOf } from '../../../src-shared/domain/file-kind.ts'
import { safeFileName, withSuffix } from '../../../src-shared/domain/file-name.ts'
import { translate } from './output-error.ts'
import { prepareFolder, publishFile, removeFile } from './publish-file.ts'

export interface Upload {
  /** As the sender calls it. */
  readonly name: string
  /** Bytes that are announced. */
  readonly size: number
  readonly content: Readable
}

export interface UploadOptions {
  readonly folder: string
  readonly platform: NodeJS.Platform
  readonly signal: AbortSignal
  /** Told of the half-written file before it is there, and after it is gone. */
  readonly tempFiles: { record(path: string): void; remove(path: string): void }
  /** Replaced in tests. Bytes that are free on the disk of a folder. */
  readonly freeSpace?: (folder: string) => Promise<number>
}

/** Left free on the disk, for the library and for everybody else. */
const RESERVE_BYTES = 1024 * 1024 * 1024

/** What may be sent, by its name; its content is looked at before it is used. Pure. */
export function uploadName(name: string): { stem: string; extension: string } {
  const base = name.split(/[/\\]/).at(-1) ?? ''
  const extension = path.posix.extname(base)
  if (fileKindOf(base) === null) {
    throw new ClutchcutError('input/unsupported', 'Only videos, sound, chats, markers and captions can be sent here.')
  }
  return { stem: safeFileName(base.slice(0, -extension.length)), extension: extension.toLowerCase() }
}

/**
 * Writes what comes to a file of that name (or with a suffix, where there is one), as a whole or not at all.
 * @throws ClutchcutError `input/unsupported`, `input/truncated`, `output/…`; the signal's reason when aborted.
 */
export async function receiveUpload(
  { name, size, content }: Upload,
  { folder, platform, signal, tempFiles, freeSpace = freeOn }: UploadOptions,
): Promise<{ path: string }> {
  const { stem, extension } = uploadName(name)
  await prepareFolder(folder)
  if ((await freeSpace(folder)) < size + RESERVE_BYTES) {
    throw new ClutchcutError('output/disk-full', 'There is not enough room on the disk for this file. Make room first.')
  }
  const temp = path.join(folder, `.clutchcut-${randomBytes(6).toString('hex')}.partial`)
  tempFiles.record(temp)
  try {
    await write(temp, content, size, signal).catch(translate(temp))
    for (let attempt = 1; ; attempt++) {
      const final = path.join(folder, `${withSuffix(stem, attempt)}${extension}`)
      if ((await publishFile(temp, final, { platform })) === 'published') return { path: final }
    }
  } finally {
    // After publishing there is none any more.
    await removeFile(temp, { platform })
    tempFiles.remove(temp)
  }
}

async function write(temp: string, content: Readable, size: number, signal: AbortSignal): Promise<void> {
  const file = await open(temp, 'wx', 0o600)
  let written = 0
  const stop = (): void => void content.destroy(signal.reason as Error)
  signal.addEventListener('abort', stop, { once: true })
  try {
    // Left open on failure: the sender is to be told why.
    for await (const chunk of content.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      signal.throwIfAborted()
      written += chunk.length
      if (written > size) throw short()
      for (let done = 0; done < chunk.length;) done += (await file.write(chunk, done)).bytesWritten
    }
    if (written !== size) throw short()
    await file.sync()
  } finally {
    signal.removeEventListener('abort', stop)
    await file.close()
  }
}

function short(): ClutchcutError {
  return new ClutchcutError('input/truncated', 'The file did not arrive as a whole. Send it again.')
}

async function freeOn(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder)
  return bavail * bsize
}
