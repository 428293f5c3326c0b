import { TICKS_PER_SECOND } from '../../../src-shared/domain/time.ts'

/** One line of FFmpeg's framecrc muxer. */
export interface FrameLine {
  stream: number
  /** In ticks; null where the packet has none. */
  dts: number | null
  pts: number | null
  duration: number
  /** Bytes of the packet. */
  size: number
  isKey: boolean
}

export interface FramecrcParser {
  /** Takes the next bytes, cut anywhere. */
  push(chunk: Uint8Array): void
  /** Takes a last line without a newline. */
  finish(): void
}

/** A line of ours is some 60 characters; side data makes it longer, but never this long. */
const longestLine = 64 * 1024
const [newline, hash, comma, space, minus, zero, nine] = [10, 35, 44, 32, 45, 48, 57]
const capitalF = 70

/**
 * Reads `stream, dts, pts, duration, size, crc[, F=flags][, S=…]` (libavformat/framecrcenc.c) as bytes, because a
 * ten-hour recording has two million of these lines. `#tb n: num/den` says the unit of a stream's times; a packet whose
 * flags are those of a keyframe has no `F=`. The line passed on is reused.
 */
export function createFramecrcParser(onLine: (line: FrameLine) => void): FramecrcParser {
  const factors: number[] = []
  // Reused: what a line would allocate is garbage a hundred thousand times a second.
  const fields = new Float64Array(5)
  const line: FrameLine = { stream: 0, dts: null, pts: null, duration: 0, size: 0, isKey: false }
  let rest = Buffer.alloc(0)

  function comment(text: string): void {
    const match = /^#tb (\d+): (\d+)\/(\d+)/.exec(text)
    if (match) factors[Number(match[1])] = (TICKS_PER_SECOND * Number(match[2])) / Number(match[3])
  }

  function parse(bytes: Uint8Array, start: number, end: number): void {
    if (end <= start) return
    if (bytes[start] === hash) {
      comment(Buffer.from(bytes.subarray(start, Math.min(end, start + 200))).toString())
      return
    }
    let at = start
    for (let field = 0; field < 5; field++) {
      while (at < end && bytes[at] === space) at += 1
      const negative = bytes[at] === minus
      if (negative) at += 1
      let value = 0
      let digits = 0
      while (at < end && bytes[at]! >= zero && bytes[at]! <= nine) {
        value = value * 10 + (bytes[at]! - zero)
        digits += 1
        at += 1
      }
      // Torn by a kill: what is left of a line is no line.
      if (digits === 0 || bytes[at] !== comma) return
      fields[field] = negative ? -value : value
      at += 1
    }
    const stream = fields[0]!
    const factor = factors[stream]
    if (factor === undefined) return
    line.stream = stream
    line.dts = ticks(fields[1]!, factor)
    line.pts = ticks(fields[2]!, factor)
    line.duration = Math.round(fields[3]! * factor)
    line.size = fields[4]!
    line.isKey = true
    for (let i = at; i + 2 < end; i++) {
      if (bytes[i] !== comma) continue
      line.isKey = bytes[i + 2] !== capitalF
      break
    }
    onLine(line)
  }

  return {
    push(chunk) {
      let start = 0
      if (rest.length > 0) {
        const first = chunk.indexOf(newline)
        if (rest.length + (first < 0 ? chunk.length : first) > longestLine) throw new RangeError('not framecrc')
        if (first < 0) {
          rest = Buffer.concat([rest, chunk])
          return
        }
        const whole = Buffer.concat([rest, chunk.subarray(0, first)])
        parse(whole, 0, whole.length)
        start = first + 1
      }
      for (;;) {
        const end = chunk.indexOf(newline, start)
        if (end < 0) break
        parse(chunk, start, end)
        start = end + 1
      }
      rest = Buffer.from(chunk.subarray(start))
    },
    finish() {
      parse(rest, 0, rest.length)
      rest = Buffer.alloc(0)
    },
  }
}

/** AV_NOPTS_VALUE is the smallest 64-bit integer. */
function ticks(value: number, factor: number): number | null {
  return value < -9e18 ? null : Math.round(value * factor)
}
