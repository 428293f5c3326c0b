import type { FileWindow } from './file-window.ts'

/** Room for junk at the end before the last whole tag is given up on. */
const tagHeaderBytes = 11

/**
 * FLV ends every tag with that tag's size (Adobe's FLV 10.1, E.3), so the last four bytes lead to the last tag: where
 * they do not, the end is missing. `lastTimestampMs` is when the last tag is due, null when cut.
 */
export async function inspectFlvEnd(file: FileWindow): Promise<{ cut: boolean; lastTimestampMs: number | null }> {
  const cut = { cut: true, lastTimestampMs: null }
  const tail = await file.read(file.size - 4, 4)
  if (tail.length < 4) return cut
  const tagSize = tail.readUInt32BE(0)
  const start = file.size - 4 - tagSize
  if (tagSize < tagHeaderBytes || start < 9) return cut
  const tag = await file.read(start, tagHeaderBytes)
  const type = (tag[0] ?? 0) & 0x1f
  if (tag.length < tagHeaderBytes || ![8, 9, 18].includes(type) || tag.readUIntBE(1, 3) + tagHeaderBytes !== tagSize)
    return cut
  // 24 bits, then the top 8.
  return { cut: false, lastTimestampMs: (tag[7] ?? 0) * 2 ** 24 + tag.readUIntBE(4, 3) }
}
