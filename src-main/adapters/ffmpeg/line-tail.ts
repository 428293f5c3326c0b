/** Keeps the last lines of a text that arrives in pieces, bounded in lines and in the length of each. */
export interface LineTail {
  push(text: string): void
  lines(): string[]
}

export function createLineTail(maxLines = 40, maxLength = 500): LineTail {
  const kept: string[] = []
  let rest = ''
  const keep = (line: string): void => {
    const clean = line.trimEnd().slice(0, maxLength)
    if (clean === '') return
    kept.push(clean)
    if (kept.length > maxLines) kept.shift()
  }
  return {
    push(text) {
      // FFmpeg ends its status lines with a carriage return.
      const lines = (rest + text).split(/[\r\n]+/)
      rest = (lines.pop() ?? '').slice(0, maxLength)
      for (const line of lines) keep(line)
    },
    lines: () => (rest.trim() === '' ? [...kept] : [...kept, rest.trimEnd()].slice(-maxLines)),
  }
}
