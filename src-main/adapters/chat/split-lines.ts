/** Longer lines are no chat messages: they are passed over without being kept. */
export const longestLine = 64 * 1024

/** Text in pieces to lines without their ends (LF or CR LF), in bounded memory. */
export class LineSplitter {
  private rest = ''
  private tooLong = false
  /** Lines that were too long. */
  overlong = 0

  push(text: string): string[] {
    const lines: string[] = []
    let from = 0
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
      const line = this.rest + text.slice(from, end)
      from = end + 1
      this.rest = ''
      if (this.tooLong || line.length > longestLine) this.overlong += 1
      else lines.push(line.endsWith('\r') ? line.slice(0, -1) : line)
      this.tooLong = false
    }
    if (!this.tooLong) this.rest += text.slice(from)
    if (this.rest.length > longestLine) {
      this.tooLong = true
      this.rest = ''
    }
    return lines
  }

  /** The last line, where the file does not end with a line end. */
  end(): string[] {
    const { rest } = this
    this.rest = ''
    if (this.tooLong) this.overlong += 1
    this.tooLong = false
    return rest === '' ? [] : [rest.endsWith('\r') ? rest.slice(0, -1) : rest]
  }
}
