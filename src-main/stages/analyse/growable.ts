/** Two and a quarter hours of slots. */
const blockLength = 16_384

/**
 * A float curve whose length is not known beforehand; reading beyond its ends gives 0. It grows by blocks, because
 * doubling would keep up to twice the memory and copy it all each time.
 */
export class Growable {
  private readonly blocks: Float32Array[] = []
  length = 0

  get(index: number): number {
    if (index < 0 || index >= this.length) return 0
    return this.blocks[Math.floor(index / blockLength)]![index % blockLength]!
  }

  set(index: number, value: number): void {
    this.reach(index + 1)
    this.blocks[Math.floor(index / blockLength)]![index % blockLength] = value
  }

  add(index: number, value: number): void {
    this.reach(index + 1)
    this.blocks[Math.floor(index / blockLength)]![index % blockLength]! += value
  }

  push(value: number): void {
    this.set(this.length, value)
  }

  /** The first `length` values, 0 where none was written. */
  take(length: number): Float32Array {
    const out = new Float32Array(length)
    const end = Math.min(length, this.length)
    for (let from = 0; from < end; from += blockLength) {
      out.set(this.blocks[from / blockLength]!.subarray(0, Math.min(blockLength, end - from)), from)
    }
    return out
  }

  private reach(length: number): void {
    if (length <= this.length) return
    while (this.blocks.length * blockLength < length) this.blocks.push(new Float32Array(blockLength))
    this.length = length
  }
}
