import { createGunzip } from 'node:zlib'

const pieceBytes = 4096

export const isGzip = (start: Uint8Array): boolean => start[0] === 0x1f && start[1] === 0x8b

/**
 * Unpacks gzip. Where it is damaged or breaks off, everything before that place is given first, and only then the
 * error (`Z_…`) thrown: a stream that fails would take with it what it holds, now more and now less. Fed little at a
 * time, so that little is lost, and bounded: a piece makes 4 MiB at most.
 */
export async function* unpack(bytes: AsyncIterable<unknown>): AsyncGenerator<Buffer> {
  const gunzip = createGunzip({ chunkSize: 64 * 1024 })
  let unpacked: Buffer[] = []
  let failure: Error | undefined
  // A write that fails is not called back: the stream closes.
  let wake = (): void => {}
  gunzip.on('close', () => wake())
  gunzip.on('data', (chunk: Buffer) => unpacked.push(chunk))
  gunzip.on('error', (error) => (failure = error))
  const take = (): Buffer[] => {
    const taken = unpacked
    unpacked = []
    return taken
  }
  try {
    for await (const chunk of bytes) {
      for (let at = 0; at < (chunk as Buffer).length; at += pieceBytes) {
        const piece = (chunk as Buffer).subarray(at, at + pieceBytes)
        await new Promise<void>((resolve) => {
          wake = resolve
          gunzip.write(piece, () => resolve())
        })
        yield* take()
        if (failure !== undefined) throw failure
      }
    }
    await new Promise<void>((resolve) => {
      wake = resolve
      gunzip.end()
    })
    yield* take()
    if (failure !== undefined) throw failure
  } finally {
    gunzip.destroy()
  }
}
