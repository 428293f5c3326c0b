import { constants, createDeflateRaw } from 'node:zlib'

/** Deflates pieces, each by itself, one after the other and off the main thread. */
export interface Deflater {
  /** Raw deflate (RFC 1951). Must not be called again before it is settled. */
  deflate(bytes: Uint8Array): Promise<Buffer>
  close(): void
}

/**
 * One compressor for all pieces: `zlib.deflateRaw` makes one for each, whose garbage the collector lets come together
 * to 30 MB.
 */
export function createDeflater(level: number, chunkSize: number): Deflater {
  const stream = createDeflateRaw({ level, chunkSize })
  const parts: Buffer[] = []
  stream.on('data', (part: Buffer) => parts.push(part))
  return {
    deflate: (bytes) =>
      new Promise((resolve, reject) => {
        stream.once('error', reject)
        stream.write(bytes)
        stream.flush(constants.Z_FINISH, () => {
          stream.removeListener('error', reject)
          stream.reset()
          const done = parts.splice(0)
          resolve(done.length === 1 ? done[0]! : Buffer.concat(done))
        })
      }),
    close: () => stream.close(),
  }
}
