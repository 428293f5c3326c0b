/** Longer elements are passed over: a chat message with all its badges has some kilobytes. */
export const longestElement = 256 * 1024
/** Arrays at the root of a document that hold messages, by their keys. */
const messageArrays: ReadonlySet<string> = new Set(['comments', 'messages'])
const deepest = 1_000

/**
 * Takes JSON in pieces and gives back the text of each object in the array at the root, or in the root object's
 * `comments` or `messages`, to be parsed one by one. Our own, because it is small: the rest of the document (pictures
 * of emotes, hundreds of megabytes of them) need not be understood, only passed over, and a streaming library would
 * make values of all of it. Memory is bounded by `longestElement`.
 */
export class JsonElements {
  private depth = 0
  private root: 'none' | 'array' | 'object' = 'none'
  private inString = false
  private escaped = false
  /** The last string directly in the root object: before a `[` that is its key. */
  private key = ''
  private inTarget = false
  private collecting = false
  private element = ''
  private overflow = false
  /** Elements that were too long. */
  overlong = 0
  /** True once the text cannot be JSON any more: nothing further is looked at. */
  broken = false

  /** Whether the document is complete. */
  get complete(): boolean {
    return this.root !== 'none' && this.depth === 0 && !this.broken
  }

  push(text: string): string[] {
    const found: string[] = []
    // Where the part of the element that lies in this piece begins.
    let from = 0
    let at = 0
    const special = /["{}[\]]/g
    const stringEnd = /["\\]/g
    while (at < text.length && !this.broken) {
      if (this.escaped) {
        this.escaped = false
        at += 1
        continue
      }
      const search = this.inString ? stringEnd : special
      search.lastIndex = at
      const match = search.exec(text)
      const next = match === null ? text.length : match.index
      if (this.inString && this.depth === 1) this.key = (this.key + text.slice(at, next)).slice(0, 32)
      if (match === null) break
      at = next + 1
      switch (match[0]) {
        case '\\':
          this.escaped = true
          break
        case '"':
          this.inString = !this.inString
          if (this.inString && this.depth === 1) this.key = ''
          break
        case '{':
        case '[':
          if (this.open(match[0])) from = next
          break
        default:
          if (this.close()) {
            this.collect(text.slice(from, at))
            if (this.overflow) this.overlong += 1
            else found.push(this.element)
            this.collecting = false
            this.element = ''
            this.overflow = false
          }
      }
    }
    if (this.collecting) this.collect(text.slice(from))
    return found
  }

  /** True where an element begins. */
  private open(bracket: '{' | '['): boolean {
    if (this.depth === 0) {
      if (this.root !== 'none') this.broken = true
      this.root = bracket === '{' ? 'object' : 'array'
    }
    const begins = !this.collecting && bracket === '{' && this.depth === (this.inTarget ? 2 : 1) && this.mayHold()
    if (this.root === 'object' && this.depth === 1) this.inTarget = bracket === '[' && messageArrays.has(this.key)
    this.depth += 1
    if (this.depth > deepest) this.broken = true
    if (begins) this.collecting = true
    return begins
  }

  private mayHold(): boolean {
    return this.root === 'array' ? this.depth === 1 : this.inTarget
  }

  /** True where an element ends. */
  private close(): boolean {
    this.depth -= 1
    if (this.depth < 0) this.broken = true
    if (this.root === 'object' && this.depth <= 1) this.inTarget = false
    return this.collecting && this.depth === (this.root === 'array' ? 1 : 2)
  }

  private collect(part: string): void {
    if (this.overflow) return
    this.element += part
    if (this.element.length > longestElement) {
      this.overflow = true
      this.element = ''
    }
  }
}
