/** H.264 and HEVC are sequences of NAL units: with start codes (Annex B: TS, encoders) or with lengths (MP4, Matroska). */
export type NalCodec = 'h264' | 'hevc'

export function nalType(nal: Uint8Array, codec: NalCodec): number {
  const first = nal[0] ?? 0
  return codec === 'h264' ? first & 0x1f : (first >> 1) & 0x3f
}

/** Bytes before a NAL unit's payload. */
export function nalHeaderBytes(codec: NalCodec): 1 | 2 {
  return codec === 'h264' ? 1 : 2
}

/** The units between start codes (ITU-T H.264 annex B), without them. Views into `bytes`. */
export function splitAnnexB(bytes: Uint8Array): Uint8Array[] {
  const units: Uint8Array[] = []
  let start = -1
  for (let at = 0; at + 2 < bytes.length; at += 1) {
    if (bytes[at + 2]! > 1) {
      at += 2
      continue
    }
    if (bytes[at] !== 0 || bytes[at + 1] !== 0 || bytes[at + 2] !== 1) continue
    if (start >= 0) pushTrimmed(units, bytes.subarray(start, at))
    start = at + 3
    at += 2
  }
  if (start >= 0) pushTrimmed(units, bytes.subarray(start))
  return units
}

/** A unit never ends with a zero byte: those belong to the next start code. */
function pushTrimmed(units: Uint8Array[], unit: Uint8Array): void {
  let end = unit.length
  while (end > 0 && unit[end - 1] === 0) end -= 1
  if (end > 0) units.push(unit.subarray(0, end))
}

/** The units of a sample as MP4 stores it; null where the lengths do not add up. Views into `bytes`. */
export function splitLengthPrefixed(bytes: Uint8Array, lengthSize: number): Uint8Array[] | null {
  const units: Uint8Array[] = []
  let at = 0
  while (at < bytes.length) {
    if (at + lengthSize > bytes.length) return null
    let length = 0
    for (let i = 0; i < lengthSize; i += 1) length = length * 256 + bytes[at + i]!
    at += lengthSize
    if (at + length > bytes.length) return null
    if (length > 0) units.push(bytes.subarray(at, at + length))
    at += length
  }
  return units
}

/** One sample with lengths of four bytes. */
export function joinLengthPrefixed(units: readonly Uint8Array[]): Buffer {
  const sample = Buffer.allocUnsafe(units.reduce((sum, unit) => sum + 4 + unit.length, 0))
  let at = 0
  for (const unit of units) {
    at = sample.writeUInt32BE(unit.length, at)
    sample.set(unit, at)
    at += unit.length
  }
  return sample
}

/** Takes out the bytes that keep a payload from looking like a start code (00 00 03 stands for 00 00). */
export function unescapeNal(nal: Uint8Array): Buffer {
  const plain = Buffer.allocUnsafe(nal.length)
  let [length, zeros] = [0, 0]
  for (const byte of nal) {
    if (zeros >= 2 && byte === 3) {
      zeros = 0
      continue
    }
    plain[length++] = byte
    zeros = byte === 0 ? zeros + 1 : 0
  }
  return plain.subarray(0, length)
}

/** The reverse of `unescapeNal`. */
export function escapeNal(plain: Uint8Array): Buffer {
  const nal = Buffer.allocUnsafe(Math.ceil(plain.length * 1.5) + 1)
  let [length, zeros] = [0, 0]
  for (const byte of plain) {
    if (zeros >= 2 && byte <= 3) {
      nal[length++] = 3
      zeros = 0
    }
    nal[length++] = byte
    zeros = byte === 0 ? zeros + 1 : 0
  }
  return nal.subarray(0, length)
}
