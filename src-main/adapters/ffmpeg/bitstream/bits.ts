/** Reads an unescaped payload bit by bit, most significant first. Past the end it reads zeros. */
export class BitReader {
  position: number
  readonly #bytes: Uint8Array

  constructor(bytes: Uint8Array, position = 0) {
    this.#bytes = bytes
    this.position = position
  }

  /** Up to 32 bits. */
  bits(count: number): number {
    let value = 0
    for (let i = 0; i < count; i += 1) {
      const byte = this.#bytes[this.position >> 3] ?? 0
      value = value * 2 + ((byte >> (7 - (this.position & 7))) & 1)
      this.position += 1
    }
    return value
  }

  /** An Exp-Golomb code (ITU-T H.264, 9.1). */
  ue(): number {
    let zeros = 0
    while (zeros < 32 && this.bits(1) === 0) zeros += 1
    return 2 ** zeros - 1 + this.bits(zeros)
  }
}

/** How many bits the Exp-Golomb code of a value takes. */
export function ueLength(value: number): number {
  return 2 * Math.floor(Math.log2(value + 1)) + 1
}

/** A value as an Exp-Golomb code, one character a bit. */
export function ueBits(value: number): string {
  return (value + 1).toString(2).padStart(ueLength(value), '0')
}

/** Where the payload's bits end: at the last set bit, which closes it (`rbsp_trailing_bits`). */
export function payloadBits(bytes: Uint8Array): number {
  let end = bytes.length
  while (end > 0 && bytes[end - 1] === 0) end -= 1
  const last = bytes[end - 1] ?? 0
  return end === 0 ? 0 : end * 8 - 1 - Math.log2(last & -last)
}

/**
 * Replaces `removed` bits at `position` by others. With `closed` the payload is a parameter set, whose end moves with
 * it; without, it is a slice, whose bits behind must keep their places in their bytes.
 */
export function spliceBits(
  bytes: Uint8Array,
  position: number,
  removed: number,
  inserted: string,
  closed: boolean,
): Buffer {
  const shift = inserted.length - removed
  if (!closed && shift % 8 !== 0) throw new RangeError('a slice moves by whole bytes only')
  const end = closed ? payloadBits(bytes) : bytes.length * 8
  const total = end + shift + (closed ? 1 : 0)
  const result = Buffer.alloc(Math.ceil(total / 8))
  const firstByte = position >> 3
  result.set(bytes.subarray(0, firstByte))
  const reader = new BitReader(bytes, firstByte * 8)
  let at = firstByte * 8
  const write = (bit: number): void => {
    if (bit) result[at >> 3]! |= 0x80 >> (at & 7)
    at += 1
  }
  while (at < position) write(reader.bits(1))
  for (const bit of inserted) write(bit === '1' ? 1 : 0)
  reader.position = position + removed
  // Slices go on in whole bytes as soon as one is full.
  while (reader.position < end && (closed || (reader.position & 7) !== 0)) write(reader.bits(1))
  if (closed) write(1)
  else if (reader.position < end) result.set(bytes.subarray(reader.position >> 3), at >> 3)
  return result
}
