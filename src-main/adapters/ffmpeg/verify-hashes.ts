import { hash } from 'node:crypto'
import { open } from 'node:fs/promises'
import type { StoredPacket } from './read-mp4.ts'

/** SHA-256 of a packet as MP4 stores it. */
export function packetHash(packet: Uint8Array): string {
  return hash('sha256', packet)
}

/** Packets lie in their order, between those of other tracks: they are read many at a time. */
const WINDOW_BYTES = 4 * 1024 * 1024

/** Hashes of packets of a finished file, in their order. @throws when it cannot be read; the signal's reason. */
export async function hashPackets(
  path: string,
  packets: readonly StoredPacket[],
  { signal }: { signal?: AbortSignal | undefined },
): Promise<string[]> {
  const file = await open(path, 'r')
  try {
    let [window, at] = [Buffer.alloc(0), 0]
    const hashes: string[] = []
    for (const { offset, size } of packets) {
      if (offset < at || offset + size > at + window.length) {
        signal?.throwIfAborted()
        const buffer = Buffer.allocUnsafe(Math.max(size, WINDOW_BYTES))
        const { bytesRead } = await file.read(buffer, 0, buffer.length, offset)
        ;[window, at] = [buffer.subarray(0, bytesRead), offset]
      }
      hashes.push(packetHash(window.subarray(offset - at, offset - at + size)))
    }
    return hashes
  } finally {
    await file.close()
  }
}
