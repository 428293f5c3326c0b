import { open, type FileHandle } from 'node:fs/promises'

/** Reads small pieces of a large file by position. */
export interface FileWindow {
  readonly size: number
  /** Fewer bytes than asked for at the end of the file, none beyond it. */
  read(position: number, length: number): Promise<Buffer>
}

/** Opens read-only, for the time of `use`. */
export async function withFile<T>(path: string, use: (file: FileWindow) => Promise<T>): Promise<T> {
  const handle: FileHandle = await open(path, 'r')
  try {
    const { size } = await handle.stat()
    return await use({
      size,
      async read(position, length) {
        const buffer = Buffer.alloc(Math.max(0, Math.min(length, size - position)))
        if (buffer.length === 0) return buffer
        const { bytesRead } = await handle.read(buffer, 0, buffer.length, position)
        return buffer.subarray(0, bytesRead)
      },
    })
  } finally {
    await handle.close()
  }
}
