import type { FileWindow } from './file-window.ts'

/**
 * Whether a Matroska file says that it is longer than it is. `unfinished`: its size was never filled in, as when the
 * recorder crashed (or wrote to a pipe). RFC 9559: the EBML header, then one Segment whose size says where it ends.
 */
export async function inspectMatroskaEnd(file: FileWindow): Promise<{ cut: boolean; unfinished: boolean }> {
  const head = await file.read(0, 4096)
  const ebml = readElement(head, 0)
  if (ebml === null || ebml.size === null) return { cut: true, unfinished: false }
  let position = ebml.dataStart + ebml.size
  // A Void or CRC element may stand before the Segment.
  for (let count = 0; count < 16; count += 1) {
    const element = readElement(await file.read(position, 16), 0)
    if (element === null) return { cut: true, unfinished: false }
    if (element.id === 0x18538067) {
      if (element.size === null) return { cut: false, unfinished: true }
      return { cut: position + element.dataStart + element.size > file.size, unfinished: false }
    }
    if (element.size === null) break
    position += element.dataStart + element.size
  }
  return { cut: false, unfinished: false }
}

/** An element's id and size (null: unknown) at `offset`; null when the bytes are not enough. RFC 8794, 4 to 6. */
export function readElement(
  bytes: Uint8Array,
  offset: number,
): { id: number; size: number | null; dataStart: number } | null {
  const idLength = vintLength(bytes[offset])
  if (idLength === null || idLength > 4 || offset + idLength >= bytes.length) return null
  let id = 0
  for (let i = 0; i < idLength; i += 1) id = id * 256 + (bytes[offset + i] ?? 0)
  const sizeAt = offset + idLength
  const sizeLength = vintLength(bytes[sizeAt])
  if (sizeLength === null || sizeAt + sizeLength > bytes.length) return null
  const first = (bytes[sizeAt] ?? 0) & (0xff >> sizeLength)
  let size = first
  let allOnes = first === 0xff >> sizeLength
  for (let i = 1; i < sizeLength; i += 1) {
    const byte = bytes[sizeAt + i] ?? 0
    allOnes &&= byte === 0xff
    size = size * 256 + byte
  }
  return { id, size: allOnes ? null : size, dataStart: sizeAt + sizeLength }
}

function vintLength(first: number | undefined): number | null {
  if (first === undefined || first === 0) return null
  return Math.clz32(first) - 23
}
