import { open, rename, rm, type FileHandle } from 'node:fs/promises'
import { writeFailure } from './features-error.ts'

/** Remembers half-written files, so that a later start removes what a killed process left. */
export interface TempFiles {
  record(path: string): void
  remove(path: string): void
}

/** A file that grows at its end, beside the place where it will be. */
export interface PartialFile {
  /** Bytes appended so far. */
  readonly size: number
  /** Appends in the order of the calls; returns where it will lie. `written` rejects with `output/…`. */
  append(bytes: Uint8Array): { at: number; written: Promise<void> }
  /** What was appended and written, piece by piece; each piece is gone with the next. */
  pieces(): AsyncGenerator<Uint8Array>
  /** Closes it and gives it its final name, in place of a file that has it. */
  publish(): Promise<void>
  /** Closes and removes it. Safe to call at any time, even after `publish`. */
  discard(): Promise<void>
}

const pieceBytes = 1024 * 1024

/** `path` and `final` lie in one folder; errors are about `final`. @throws ClutchcutError `output/…`. */
export async function createPartialFile(path: string, final: string, tempFiles?: TempFiles): Promise<PartialFile> {
  tempFiles?.record(path)
  let file: FileHandle | undefined = await open(path, 'wx+').catch(writeFailure(path))
  let size = 0
  let last: Promise<void> = Promise.resolve()
  const close = async (): Promise<void> => {
    const handle = file
    file = undefined
    await last.catch(() => {})
    await handle?.close()
  }
  return {
    get size() {
      return size
    },
    append(bytes) {
      const at = size
      size += bytes.length
      const handle = file
      last = last.then(async () => {
        for (let done = 0; done < bytes.length;) {
          if (handle === undefined) throw new Error('closed')
          done += (await handle.write(bytes, done, bytes.length - done, at + done)).bytesWritten
        }
      })
      const written = last.catch(writeFailure(final))
      // Whoever does not wait for this one hears of it at the next.
      written.catch(() => {})
      return { at, written }
    },
    async *pieces() {
      await last.catch(writeFailure(final))
      const buffer = Buffer.allocUnsafe(Math.min(pieceBytes, size))
      for (let at = 0; at < size;) {
        const { bytesRead } = (await file?.read(buffer, 0, buffer.length, at)) ?? { bytesRead: 0 }
        if (bytesRead === 0) writeFailure(final)(new Error('what was written is gone'))
        yield buffer.subarray(0, bytesRead)
        at += bytesRead
      }
    },
    async publish() {
      await close()
      await rename(path, final).catch(writeFailure(final))
      tempFiles?.remove(path)
    },
    async discard() {
      await close()
      await rm(path, { force: true })
      tempFiles?.remove(path)
    },
  }
}
