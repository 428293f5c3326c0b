/** Bytes that arrived in chunks and leave in pieces of other sizes; copies only where a piece spans chunks. */
export class ByteQueue {
  private readonly chunks: Buffer[] = []
  private head = 0
  size = 0

  push(chunk: Buffer): void {
    if (chunk.length === 0) return
    this.chunks.push(chunk)
    this.size += chunk.length
  }

  /** The next `count` bytes, of which there must be as many. */
  take(count: number): Buffer {
    if (count > this.size) throw new RangeError(`only ${this.size} bytes of ${count}`)
    this.size -= count
    const first = this.chunks[0]
    if (first === undefined || count <= first.length - this.head) return this.slice(count)
    const out = Buffer.allocUnsafe(count)
    let filled = 0
    while (filled < count) {
      const part = this.slice(Math.min(count - filled, this.chunks[0]!.length - this.head))
      filled += part.copy(out, filled)
    }
    return out
  }

  private slice(count: number): Buffer {
    const first = this.chunks[0]
    if (first === undefined) return Buffer.alloc(0)
    const out = first.subarray(this.head, this.head + count)
    this.head += count
    if (this.head === first.length) {
      this.chunks.shift()
      this.head = 0
    }
    return out
  }
}
