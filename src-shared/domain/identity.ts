/**
 * What makes a recording itself: SHA-256 over its length as 8 bytes, big-endian, followed by 16 evenly spaced
 * windows of one MiB, the first bytes and the last among them. A file of up to 16 MiB is taken whole. So a file of
 * any size is known again after 16 MiB of reading, wherever it lies and whatever it is called. A recording of several
 * files (DASH) is their bytes one after another, in the order of their names (code units), as if it were one file.
 */
export const windowBytes = 1024 * 1024
export const windowCount = 16

export interface ByteRange {
  readonly start: number
  /** After the last byte. */
  readonly end: number
}

/** The ranges that are hashed of a file of `size` bytes: ascending, none overlapping. */
export function fingerprintWindows(size: number): ByteRange[] {
  if (!Number.isSafeInteger(size) || size < 0) throw new RangeError(`not a size in bytes: ${size}`)
  if (size === 0) return []
  if (size <= windowCount * windowBytes) return [{ start: 0, end: size }]
  const last = BigInt(size - windowBytes)
  return Array.from({ length: windowCount }, (_, index) => {
    const start = Number((last * BigInt(index)) / BigInt(windowCount - 1))
    return { start, end: start + windowBytes }
  })
}

/** The size as it goes into the hash, before the windows. */
export function sizeHeader(size: number): Uint8Array {
  const header = new Uint8Array(8)
  new DataView(header.buffer).setBigUint64(0, BigInt(size))
  return header
}

/** A stretch of one of several files that are read as one. */
export interface FilePiece {
  readonly file: number
  readonly start: number
  readonly end: number
}

/** Where `ranges` of the whole lie in files of these sizes. */
export function locateRanges(sizes: readonly number[], ranges: readonly ByteRange[]): FilePiece[] {
  const pieces: FilePiece[] = []
  let offset = 0
  for (const [file, size] of sizes.entries()) {
    for (const range of ranges) {
      const start = Math.max(range.start - offset, 0)
      const end = Math.min(range.end - offset, size)
      if (start < end) pieces.push({ file, start, end })
    }
    offset += size
  }
  return pieces
}
