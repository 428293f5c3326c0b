export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252'

/** How the text is written that begins so; null where it is no text. It may end within a character. */
export function textEncoding(head: Uint8Array): TextEncoding | null {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le'
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be'
  const sample = head.subarray(0, 4096)
  const zeros = [0, 0]
  for (const [i, byte] of sample.entries()) if (byte === 0) zeros[i % 2]! += 1
  const [even = 0, odd = 0] = zeros
  // Mostly Latin letters in UTF-16 have every other byte zero.
  if (odd > sample.length / 4 && even < sample.length / 32) return 'utf-16le'
  if (even > sample.length / 4 && odd < sample.length / 32) return 'utf-16be'
  // A few may stand in a damaged text.
  if (even + odd > sample.length / 50) return null
  try {
    // The head may end within a character: the last bytes do not count.
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true })
    return 'utf-8'
  } catch {
    return 'windows-1252'
  }
}
