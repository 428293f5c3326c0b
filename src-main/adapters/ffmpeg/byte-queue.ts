/**
 * Bytes that arrived in chunks and leave in pieces of other sizes; copies only where a piece spans chunks. Owns its
 * chunks: their memory is given back as soon as they are used up.
 */
export class ByteQueue {
  private readonly chunks: Buffer[] = []
  private readonly spent: Buffer[] = []
  private scratch = Buffer.alloc(0)
  private head = 0
  size = 0

  push(chunk: Buffer): void {
    if (chunk.length === 0) return
    this.chunks.push(chunk)
    this.size += chunk.length
  }

  /** The next `count` bytes, of which there must be as many. They are gone with the next call. */
  take(count: number): Buffer {
    if (count > this.size) throw new RangeError(`only ${this.size} bytes of ${count}`)
    for (const chunk of this.spent.splice(0)) releaseChunk(chunk)
    this.size -= count
    const first = this.chunks[0]
    if (first === undefined || count <= first.length - this.head) return this.slice(count)
    if (this.scratch.length < count) this.scratch = Buffer.alloc(2 * count)
    let filled = 0
    while (filled < count) {
      const part = this.slice(Math.min(count - filled, this.chunks[0]!.length - this.head))
      filled += part.copy(this.scratch, filled)
    }
    return this.scratch.subarray(0, count)
  }

  private slice(count: number): Buffer {
    const first = this.chunks[0]
    if (first === undefined) return Buffer.alloc(0)
    const out = first.subarray(this.head, this.head + count)
    this.head += count
    if (this.head === first.length) {
      this.chunks.shift()
      this.spent.push(first)
      this.head = 0
    }
    return out
  }
}

/**
 * Gives the memory of a chunk that a pipe delivered back at once. A ten-hour recording is two gigabytes of such chunks,
 * and the collector, which sees only their small handles, lets some 25 MB of them come together.
 */
export function releaseChunk(chunk: Buffer): void {
  const { buffer, byteOffset, length } = chunk
  // Small ones share Node's pool.
  if (buffer instanceof ArrayBuffer && byteOffset === 0 && length === buffer.byteLength) buffer.transfer(0)
}
