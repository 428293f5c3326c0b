import type { FileWindow } from './file-window.ts'

/**
 * Whether an AVI's RIFF chunks (several, in OpenDML) claim more than the file holds, or were never given their size,
 * as when the recorder crashed.
 */
export async function inspectAviEnd(file: FileWindow): Promise<{ cut: boolean }> {
  let position = 0
  for (let count = 0; position < file.size && count < 4096; count += 1) {
    const header = await file.read(position, 12)
    if (header.length < 12 || header.toString('latin1', 0, 4) !== 'RIFF') return { cut: position === 0 }
    const size = header.readUInt32LE(4)
    if (size < 4 || position + 8 + size > file.size) return { cut: true }
    position += 8 + size + (size & 1)
  }
  return { cut: false }
}
