import type { FileHandle } from 'node:fs/promises'

/** A box of an MP4 (ISO 14496-12, 4.2) inside `bytes`: its content. */
export interface Box {
  readonly type: string
  readonly start: number
  readonly end: number
}

/** No clip of ours has an index as large. */
const MAX_INDEX_BYTES = 256 * 1024 * 1024

/** The `moov` box of a finished file, its header included, and where it stands; null without one. */
export async function readMovie(file: FileHandle): Promise<{ offset: number; bytes: Buffer } | null> {
  const { size: total } = await file.stat()
  const head = Buffer.alloc(16)
  for (let at = 0; at + 8 <= total;) {
    await file.read(head, 0, 16, at)
    const short = head.readUInt32BE(0)
    const size = short === 1 ? Number(head.readBigUInt64BE(8)) : short === 0 ? total - at : short
    if (size < 8) return null
    if (head.toString('latin1', 4, 8) === 'moov') {
      if (size > MAX_INDEX_BYTES || short === 1) return null
      const bytes = Buffer.alloc(size)
      await file.read(bytes, 0, size, at)
      return { offset: at, bytes }
    }
    at += size
  }
  return null
}

/** Of a movie's or a track's header (8.2.2, 8.4.2): behind the two times, which version 1 writes with eight bytes. */
export function timescaleOf(bytes: Buffer, header: Box): number {
  return bytes.readUInt32BE(header.start + (bytes[header.start] === 1 ? 20 : 12))
}

export interface Edit {
  readonly version: number
  /** Where its media time stands. */
  readonly at: number
  /** In the track's units; -1 for an empty edit. */
  readonly mediaTime: number
  /** In the movie's units. */
  readonly duration: number
}

export function readEdits(bytes: Buffer, elst: Box): Edit[] {
  const version = bytes[elst.start] ?? 0
  const count = bytes.readUInt32BE(elst.start + 4)
  const wide = version === 1 ? 8 : 4
  return Array.from({ length: count }, (_, i) => {
    const start = elst.start + 8 + i * (2 * wide + 4)
    const at = start + wide
    return version === 1
      ? { version, at, mediaTime: Number(bytes.readBigInt64BE(at)), duration: Number(bytes.readBigUInt64BE(start)) }
      : { version, at, mediaTime: bytes.readInt32BE(at), duration: bytes.readUInt32BE(start) }
  })
}

/** The boxes directly inside another. */
export function children(bytes: Buffer, { start, end }: Box): Box[] {
  const boxes: Box[] = []
  for (let at = start; at + 8 <= end;) {
    const size = bytes.readUInt32BE(at)
    if (size < 8 || at + size > end) break
    boxes.push({ type: bytes.toString('latin1', at + 4, at + 8), start: at + 8, end: at + size })
    at += size
  }
  return boxes
}

/** The first box on a path of types below another. */
export function descend(bytes: Buffer, box: Box, ...path: readonly string[]): Box | null {
  return path.reduce<Box | null>(
    (inside, type) => (inside === null ? null : (children(bytes, inside).find((found) => found.type === type) ?? null)),
    box,
  )
}
