import type { FileWindow } from './file-window.ts'

/** What the top-level boxes of an MP4 or MOV say about its end. */
export interface Mp4End {
  /** The index without which nothing can be read. */
  readonly hasMoov: boolean
  /** Written in fragments: readable up to where it ends. */
  readonly fragmented: boolean
  /** The last box reaches beyond the end of the file, or only part of its header is there. */
  readonly cut: boolean
}

/** Two boxes a second for a day; a file with more is read as far as that. */
const maxBoxes = 200_000

/**
 * Walks the top-level boxes (ISO 14496-12, 4.2: 32-bit size and type; size 1 means a 64-bit size follows, 0 means up
 * to the end of the file) by reading 16 bytes of each.
 */
export async function inspectMp4End(file: FileWindow): Promise<Mp4End> {
  let position = 0
  let hasMoov = false
  let fragmented = false
  let cut = false
  for (let count = 0; position < file.size && count < maxBoxes; count += 1) {
    const header = await file.read(position, 16)
    if (header.length < 8) {
      cut = true
      break
    }
    const type = header.toString('latin1', 4, 8)
    // Zeros after the last box are what a preallocated or badly copied file ends with.
    if (header.readUInt32BE(0) === 0 && type === '\0\0\0\0') break
    let size = header.readUInt32BE(0)
    if (size === 1) size = header.length < 16 ? Number.POSITIVE_INFINITY : Number(header.readBigUInt64BE(8))
    else if (size === 0) size = file.size - position
    if (size < 8) break
    const complete = position + size <= file.size
    if (type === 'moov') hasMoov = complete
    if (type === 'moof') fragmented = true
    if (!complete) cut = true
    position += size
  }
  return { hasMoov, fragmented, cut }
}
